import datetime as dt

import pytest
from django.http import Http404

from news import listings
from tests.factories import news

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)


def titles(listing: listings.Listing) -> list[str]:
    return [article.title for article in listing.select(NOW)]


def test_year_and_month_include_their_first_and_last_day() -> None:
    for day in ("2019-12-31", "2020-01-01", "2020-02-01", "2020-02-29", "2020-03-01", "2020-12-31", "2021-01-01"):
        news.article(day, dateline_on=dt.date.fromisoformat(day))

    assert titles(listings.year_listing(NOW, year=2020)) == [
        *("2020-12-31", "2020-03-01", "2020-02-29", "2020-02-01", "2020-01-01")
    ]
    assert titles(listings.month_listing(NOW, year=2020, month=2)) == ["2020-02-29", "2020-02-01"]
    assert titles(listings.day_listing(NOW, day=dt.date(2020, 2, 29))) == ["2020-02-29"]


def test_lists_of_the_current_year_and_month_are_permanent() -> None:
    # In Beijing it is already April.
    end_of_march = dt.datetime(2026, 3, 31, 16, tzinfo=dt.UTC)

    years = [listings.year_listing(end_of_march, year=year).is_permanent for year in (2025, 2026)]
    months = [listings.month_listing(end_of_march, year=2026, month=month).is_permanent for month in (3, 4)]
    assert (years, months) == ([False, True], [False, True])


@pytest.mark.parametrize(
    "get_listing",
    [
        listings.section_listing,
        listings.source_listing,
        listings.tag_listing,
        listings.person_listing,
        listings.organization_listing,
    ],
)
def test_listing_of_an_unknown_slug_is_not_found(get_listing: object) -> None:
    with pytest.raises(Http404):
        get_listing(NOW, slug="unknown")  # type: ignore[operator]


def test_listings_of_a_person_and_an_organization_have_the_articles_that_mention_them() -> None:
    article, person, organization = news.article("Night mail"), news.person(), news.organization()
    news.article("Day mail")
    for subject in (person, organization):
        news.mention(subject, article=article)

    assert titles(listings.listing_of_person(person)) == ["Night mail"]
    assert titles(listings.listing_of_organization(organization)) == ["Night mail"]


def test_feeds_have_the_arguments_of_the_listing() -> None:
    news.section("Fleet")

    assert listings.section_listing(NOW, slug="fleet").feeds == [
        ("Atom", "application/atom+xml", "/feeds/news/section/fleet.atom"),
        ("RSS", "application/rss+xml", "/feeds/news/section/fleet.rss"),
    ]


def test_alternates_are_the_languages_that_have_the_list() -> None:
    chinese = [("zh-Hans", "中文", "/zh-hans/news/2019/")]
    listing = listings.year_listing(NOW, year=2019)
    assert listing.alternates(NOW, archive=listing.count_archive(NOW)) == []

    news.article(language="zh-hans", dateline_on=dt.date(2019, 1, 1))
    assert listing.alternates(NOW, archive=listing.count_archive(NOW)) == chinese
