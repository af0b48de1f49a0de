import datetime as dt

import pytest

from tests.factories import news, services
from tests.postportal.search.test_results import find

pytestmark = pytest.mark.django_db


def titles(typed: str) -> list[str]:
    """Return the titles of the results, without pages of the site itself."""
    return [hit.title for hit in find(typed, types=["article", "stamp-issue", "person"])[0:50]]


def test_word_for_a_kind_finds_rows_of_the_kind_first() -> None:
    news.article("A stamp for pandas")
    services.stamp_issue("Pandas", issued_on=dt.date(2027, 1, 5))
    services.stamp_issue("Geese", issued_on=dt.date(2026, 1, 5))

    assert titles("panda stamps") == ["Pandas", "A stamp for pandas"]
    assert titles("stamps 2027") == ["Pandas", "A stamp for pandas"]
    assert titles("stamps")[:2] == ["Pandas", "Geese"]


def test_kind_alone_is_no_match_for_a_query_with_other_words() -> None:
    services.stamp_issue("Geese")

    assert titles("panda stamps") == []


def test_year_finds_what_is_of_that_year() -> None:
    news.article("Summit", dateline_on=dt.date(2021, 12, 8))
    news.article("Summit again", dateline_on=dt.date(2020, 12, 8))

    assert titles("summit 2021") == ["Summit", "Summit again"]
    assert titles("2021") == ["Summit"]


def test_article_with_the_word_in_its_title_comes_before_a_short_biography_with_it() -> None:
    news.article("Summit", body="<p>" + "A long report of many words. " * 60 + "</p>")
    news.person("Zhou", "Mei", biography="<p>Summit.</p>")
    news.person("Li", "Na", biography="<p>" + "Spoke about mail, for many years. " * 30 + "</p>")

    assert titles("summit") == ["Summit", "Zhou Mei"]
