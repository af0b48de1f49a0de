"""Properties of every search, whatever is typed."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postportal.search.analysis import to_terms, tokenize
from postportal.search.kinds import kinds
from postportal.search.query import parse
from postportal.search.results import Order, Results, search
from tests.factories import news, pages, services

AT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
WORDS = ["night", "mail", "trains", "copper", "邮政", "快递", "EMS", "2016-4", "the", "U.S."]
SIGNS = ['"', "-", "section:news", "year:2021", "tag:rail", 'person:"', "before:2022", "(", "\0", "\ud800", "🚂", "*"]

pytestmark = pytest.mark.django_db

typed = st.one_of(
    st.lists(st.sampled_from(WORDS + SIGNS), max_size=12).map(" ".join),
    st.text(st.characters(), max_size=80),
)
slow_settings = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)


@pytest.fixture(autouse=True)
def _archive() -> None:
    for number, words in enumerate(["night mail", "mail trains", "copper night", "邮政快递", "EMS 快递 copper"]):
        news.article(
            f"{words} {number}",
            body=f"<p>{words} by night</p>",
            tags=["rail"] if number % 2 else [],
            dateline_on=dt.date(2019 + number, 3, 1),
        )
    news.person("Copper", "Mei")
    services.stamp_issue("Night trains", year=2016, number=4)
    pages.page("Copper tariff")


def find(text: str, **options: object) -> Results:
    return search(parse(text), at=AT, **options)  # type: ignore[arg-type]


def keys(results: Results) -> list[tuple[str, int]]:
    return [(hit.kind.name, hit.pk) for hit in results[0:100]]


@slow_settings
@given(typed, st.sampled_from(Order.values))
def test_every_hit_has_a_term_of_the_query(text: str, order: str) -> None:
    results = find(text, order=order)

    for hit in results[0:100]:
        (document,) = kinds()[hit.kind.name].documents([hit.pk])
        terms = {token.term for text in (*document.titles, *document.texts) for token in tokenize(text)}
        query = results.query
        assert terms & set(query.terms) or not query.terms


@slow_settings
@given(typed, st.sampled_from([{"type": ["article"]}, {"year": ["2021"]}, {"tag": ["rail"]}, {"tag": ["no"]}]))
def test_filter_never_adds_results(text: str, chosen: dict[str, list[str]]) -> None:
    assert set(keys(find(text, chosen=chosen))) <= set(keys(find(text)))


@slow_settings
@given(typed, st.integers(1, 5), st.sampled_from(Order.values))
def test_pages_together_have_every_result_once(text: str, size: int, order: str) -> None:
    results = find(text, order=order)

    hits_of_pages = [
        hit for start in range(0, results.count() + size, size) for hit in find(text, order=order)[start : start + size]
    ]

    assert [(hit.kind.name, hit.pk) for hit in hits_of_pages] == keys(results)
    assert len(keys(results)) == results.count() == len(set(keys(results)))


@slow_settings
@given(typed, st.sampled_from(WORDS))
def test_no_hit_has_an_excluded_word(text: str, word: str) -> None:
    for kind, pk in set(keys(find(f"copper -{word}"))):
        (document,) = kinds()[kind].documents([pk])
        assert not set(to_terms(word)) & set(to_terms(" ".join(document.titles)))


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Łukasz Łukasiewicz", "lukasz"),
        ("Seán O’Brien", "O‘Brien"),
        ("Seán O’Brien", "OʼBrien"),
        ("Đặng Thị Mỹ Dũng", "dang"),
        ("مُحَمَّد", "محمد"),
        ("Kırıkkale", "kirikkale"),
        ("हिन्दी डाक", "हिन्दी"),
    ],
)
def test_name_is_found_as_it_is_typed_elsewhere(stored: str, typed: str) -> None:
    news.article(stored)

    assert [hit.title for hit in find(typed)[0:5]] == [stored]


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u2060", "\u200d", "\ufeff"])
def test_invisible_characters_hide_no_word(unseen: str) -> None:
    news.article("Club", body=f"<p>Post{unseen}mark{unseen}sammel{unseen}verein, 瓷{unseen}器</p>")

    typed = ("Postmarksammelverein", f"postmark{unseen}sammelverein", "瓷器", f"瓷{unseen}器")

    assert [[hit.title for hit in find(text)[0:5]] for text in typed] == [["Club"]] * 4
