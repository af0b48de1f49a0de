"""Synonyms and pinned results in searches."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from postportal.publishing.models import State
from postportal.search.did_you_mean import correct
from postportal.search.query import parse
from postportal.search.results import search
from tests.factories import news, pages, services
from tests.factories import search as make
from tests.postportal.search.test_results import AT, find, titles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "typed", "found"),
    [
        ("parcel, package", "package", ["The parcel"]),
        ("parcel, package", "PACKAGES", ["The parcel"]),
        ("package, parcel", "package", ["The parcel"]),
        ("parcel，包裹", "包裹", ["The parcel"]),
        ("EMS, express mail service", "ems", ["The express mail service"]),
        ("EMS, express mail service", "express mail service", ["EMS by air", "The express mail service"]),
        ("post of the coast, mail", "post coast", ["The express mail service"]),
        ("parcel, package", '"package"', []),
        ("parcel, package", "box", []),
        ("parcel, package", "-package", []),
        ("快递, 速递", "邮政速递", ["邮政快递"]),
    ],
)
def test_synonym_finds_the_other_words(words: str, typed: str, found: list[str]) -> None:
    for title in ("The parcel", "EMS by air", "The express mail service", "Mail for the express train", "邮政快递"):
        news.article(title)
    make.synonym(words)

    results = titles(typed)

    assert sorted(results[: len(found)]) == sorted(found)
    assert bool(results) == bool(found)


def test_one_way_synonym_does_not_work_in_reverse() -> None:
    news.article("Parcel")
    news.article("Courier")
    make.synonym("courier, parcel", is_one_way=True)

    assert (titles("courier"), titles("parcel")) == (["Courier", "Parcel"], ["Parcel"])


def test_synonym_counts_like_the_typed_word() -> None:
    """An article with synonyms of both words ranks above one that has a single word."""
    news.article("Package rates", dateline_on=dt.date(2020, 1, 1))
    news.article("Parcel and parcel and parcel again")
    make.synonym("parcel, package")
    make.synonym("tariff, rates")

    assert titles("parcel tariff")[0] == "Package rates"


def test_synonym_is_highlighted() -> None:
    news.article("Rates", standfirst="What a package costs")
    make.synonym("parcel, package")

    [hit] = find("parcel")[0:5]

    assert hit.snippet == "What a <mark>package</mark> costs"


def test_word_whose_synonym_is_found_is_not_corrected() -> None:
    news.article("A package of parcels")
    make.synonym("pacel, package")

    assert correct(search(parse("pacel"), at=AT)) is None


def test_any_number_of_synonyms_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    news.article("Parcel")
    find("parcel").count()
    for number in range(30):
        make.synonym(f"parcel, package {number}, box {number}")

    with django_assert_num_queries(5):
        assert find("parcel").count() == 1


def test_pinned_results_come_first_in_their_order() -> None:
    news.article("Track a parcel")
    page, hotline = pages.page("Where is it?"), services.hotline("Everything")
    make.pinned_result("track parcel, where is my parcel", page, order=20)
    make.pinned_result("Track Parcels", hotline, order=10)

    assert titles("track parcel") == ["Everything", "Where is it?", "Track a parcel"]
    assert titles("the parcel tracking")[:2] == ["Everything", "Where is it?"]
    assert titles("where is my parcel?") == ["Where is it?", "Track a parcel"]
    assert [hit.is_pinned for hit in find("track parcel")[0:5]] == [True, True, False]
    assert find("track parcel").count() == 3
    for typed in ("parcel", "track parcel box", 'track "parcel"', "track parcel -box"):
        assert "Everything" not in titles(typed)


def test_pinned_result_that_also_matches_is_listed_once() -> None:
    late, early = news.article("Copper", dateline_on=dt.date(2021, 1, 1)), news.article("Copper")
    make.pinned_result("copper", late)

    assert [hit.pk for hit in find("copper")[0:5]] == [late.pk, early.pk]


def test_pinned_result_obeys_filters_and_order() -> None:
    pinned = news.article("Line", dateline_on=dt.date(2020, 1, 1))
    news.article("Copper", dateline_on=dt.date(2021, 1, 1))
    make.pinned_result("copper", pinned)

    assert titles("copper year:2021") == ["Copper"]
    assert titles("copper", language="zh-hans") == []
    assert titles("copper", order="newest") == ["Copper", "Line"]
    assert find("copper").backend_results.counts["year"] == {2020: 1, 2021: 1}


@pytest.mark.parametrize(
    "fields",
    [{"state": State.DRAFT}, {"publish_at": AT + dt.timedelta(seconds=1)}, {"expire_at": AT}],
)
def test_pinned_result_that_is_not_public_is_not_shown(fields: dict[str, object]) -> None:
    hidden = news.article("Hush", **fields)
    make.pinned_result("copper", hidden)

    assert titles("copper") == []


def test_deleted_pinned_result_is_left_out() -> None:
    article = news.article("Hush")
    make.pinned_result("copper", article)
    article.delete()

    assert titles("copper") == []
