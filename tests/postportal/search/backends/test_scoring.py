import datetime as dt

import pytest

from postportal.search.analysis import to_terms
from postportal.search.backends.interface import Alternative, BackendQuery
from postportal.search.backends.scoring import Matches, match
from postportal.search.documents import DocumentKey
from postportal.search.kinds import kinds
from tests.factories import news

pytestmark = pytest.mark.django_db(transaction=True)


def find(text: str = "", *, hidden: dict[str, list[int]] | None = None, **fields: object) -> Matches:
    terms = tuple(to_terms(text))
    query = BackendQuery(terms=terms, title_terms=terms, kinds=frozenset(kinds()), **fields)  # type: ignore[arg-type]
    return match(query, hidden=hidden or {})


def pks(matches: Matches) -> list[int]:
    return [key.pk for key in matches.keys(0, 100)]


def test_exact_title_comes_before_title_before_text() -> None:
    in_text = news.article("Night train", standfirst="With mail")
    in_title = news.article("Mail by night train")
    exact = news.article("Mail")

    assert pks(find("mail")) == [exact.pk, in_title.pk, in_text.pk]


def test_all_words_come_before_rare_before_common_words() -> None:
    both = news.article("Night", standfirst="In a long text there is also copper, and much more")
    rare = news.article("Copper")
    common = [news.article(f"Night {number}").pk for number in range(5)]

    found = pks(find("night copper"))

    assert found[:2] == [both.pk, rare.pk]
    assert sorted(found[2:]) == common


def test_phrases_are_required_or_excluded() -> None:
    phrase, words = news.article("Night mail train"), news.article("Mail at night")

    assert pks(find("night mail", phrases=(("night", "mail"),))) == [phrase.pk]
    assert pks(find("night mail", excluded_phrases=(("night", "mail"),))) == [words.pk]
    assert pks(find(phrases=(("no", "such"),))) == []


def test_hidden_rows_never_match_and_their_words_are_missing() -> None:
    hidden, public = news.article("Copper mail"), news.article("Night mail")
    pinned = (DocumentKey("article", hidden.pk), DocumentKey("article", public.pk))

    matches = find("copper mail", hidden={"article": [hidden.pk]}, pinned=pinned)

    assert pks(matches) == [public.pk]
    assert matches.missing == frozenset({"copper"})


def test_pinned_rows_come_first_in_their_order() -> None:
    first, second, exact = (news.article(title) for title in ("Tin", "Lead", "Copper"))
    pinned = tuple(DocumentKey("article", row.pk) for row in (second, first))

    assert pks(find("copper", pinned=pinned)) == [second.pk, first.pk, exact.pk]


def test_synonym_counts_as_the_term() -> None:
    row = news.article("The parcel service")

    assert pks(find("package", alternatives=(Alternative(("packag",), ("parcel", "servic")),))) == [row.pk]


def test_filters_narrow_and_counts_ignore_the_filter_on_their_own_facet() -> None:
    old = news.article("Copper one", dateline_on=dt.date(2020, 5, 1))
    news.article("Copper two", dateline_on=dt.date(2021, 5, 1))

    matches = find("copper", filters={"year": frozenset({2020})})

    assert (pks(matches), matches.count) == ([old.pk], 1)
    assert matches.counts["year"] == {2020: 1, 2021: 1}
    assert matches.counts["type"] == {"article": 1}
    assert pks(find("copper", since=dt.date(2020, 5, 1), until=dt.date(2020, 5, 1))) == [old.pk]


def test_newest_and_oldest_first_sort_by_day() -> None:
    rows = [news.article("Copper", dateline_on=dt.date(year, 1, 1)).pk for year in (2021, 2019, 2020)]

    assert pks(find("copper", order="newest")) == [rows[0], rows[2], rows[1]]
    assert pks(find("copper", order="oldest")) == [rows[1], rows[2], rows[0]]
