"""Rows of one page of a list: those that the whole list has there, wherever they are found."""

import datetime as dt
from collections.abc import Callable

import pytest

from news import listings
from news.list_rows import rows_between
from news.listings import Listing
from news.narrowing import Narrowing
from postportal.publishing.models import State
from tests.factories import news

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)
LISTINGS: dict[str, Callable[[], Listing]] = {
    "all": lambda: listings.news_listing(NOW),
    "year": lambda: listings.year_listing(NOW, year=2019),
    "section": lambda: listings.section_listing(NOW, slug="fleet"),
    "tag": lambda: listings.tag_listing(NOW, slug="mail"),
    "person": lambda: listings.person_listing(NOW, slug="zhou-mei"),
}


@pytest.fixture(autouse=True)
def archive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make articles of five years, one of which has none, and look for those of tags and people by date."""
    monkeypatch.setattr(listings, "MAX_SORTED", 2)
    person = news.person("Zhou", "Mei")
    sections = [news.section("Fleet"), news.section("Desk")]
    for number in range(24):
        day = dt.date((2024, 2023, 2021, 2019)[number % 4], 1 + number % 12, 1 + number)
        state = {"publish_at": LATER} if number in {0, 7} else {}
        article = news.article(section=sections[number % 2], dateline_on=day, tags=["mail"], **state)
        if number % 3:
            news.mention(person, article=article)
    news.article(state=State.DRAFT, publish_at=None, tags=["mail"], dateline_on=dt.date(2025, 1, 1))
    news.article(language="zh-hans", tags=["mail"], dateline_on=dt.date(2025, 1, 1))


@pytest.mark.parametrize("at", [NOW, LATER])
@pytest.mark.parametrize("name", LISTINGS)
def test_pages_have_the_rows_of_the_whole_list(name: str, at: dt.datetime) -> None:
    listing = LISTINGS[name]()
    whole = list(listing.select(at, language="en"))
    assert len(whole) > 4

    pages = {
        (start, stop): list(rows_between(listing, start, stop, at=at))
        for start in range(0, len(whole) + 3, 2)
        for stop in (start + 1, start + 7)
    }

    assert {place: rows for place, rows in pages.items() if rows != whole[slice(*place)]} == {}


@pytest.mark.parametrize("chosen", [{"section": "fleet"}, {"year": "2019"}, {"section": "desk", "year": "2023"}])
def test_pages_of_a_chosen_part_have_its_rows(chosen: dict[str, str]) -> None:
    listing = LISTINGS["person"]()
    narrowing = Narrowing(listing, listing.count_archive(NOW), chosen)
    whole = list(narrowing.apply(listing.select(NOW)))
    assert narrowing.values == chosen
    assert whole

    pages = [list(rows_between(listing, n, n + 2, at=NOW, narrowing=narrowing)) for n in range(0, len(whole), 2)]

    assert [row for page in pages for row in page] == whole
