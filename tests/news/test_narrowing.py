import datetime as dt

import pytest
from django.http import QueryDict

from news.listings import listing_of_person, news_listing, section_listing, year_listing
from news.models import Article
from news.narrowing import Narrowing, NarrowingLink
from tests.factories import news

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def person_news() -> object:
    """Three articles about a person in two sections and years, and one about nobody."""
    person = news.person("Zhou", "Mei")
    for section, year in (("News", 2021), ("Messages", 2021), ("News", 2019)):
        article = news.article(section=news.section(section), dateline_on=dt.date(year, 5, 1))
        news.mention(person, article=article)
    news.article(section=news.section("Fleet"), dateline_on=dt.date(2021, 5, 1))
    return listing_of_person(person)


def narrowing(listing: object, query: str = "") -> Narrowing:
    archive = listing.count_archive(AT)  # type: ignore[attr-defined]
    return Narrowing(listing, archive, QueryDict(query))  # type: ignore[arg-type]


def links(rows: list[NarrowingLink]) -> set[tuple[object, ...]]:
    return {(row.label, row.count, row.url) for row in rows}


def test_links_beside_a_list_of_a_person_stay_within_it(person_news: object) -> None:
    found = narrowing(person_news)

    assert links(found.section_links) == {("News", 2, "?section=news"), ("Messages", 1, "?section=messages")}
    assert links(found.year_links) == {(2021, 2, "?year=2021"), (2019, 1, "?year=2019")}
    assert found.active_links == []


def test_counts_are_those_of_the_list_that_a_link_opens(person_news: object) -> None:
    found = narrowing(person_news, "year=2021")

    assert links(found.section_links) == {
        ("News", 1, "?year=2021&section=news"),
        ("Messages", 1, "?year=2021&section=messages"),
    }
    assert found.apply(Article.objects.filter(person_news.condition)).count() == 2  # type: ignore[attr-defined]
    assert found.count == 2
    [active] = found.active_links
    assert (active.label, active.remove_url) == (2021, "/people/zhou-mei/news/")

    found = narrowing(person_news, "year=2019&section=news")
    assert [row.remove_url for row in found.active_links] == ["?year=2019", "?section=news"]


@pytest.mark.parametrize("query", ["year=1999", "year=x", "section=nowhere", "section=%00", "section=fleet"])
def test_values_that_the_list_does_not_have_are_ignored(person_news: object, query: str) -> None:
    found = narrowing(person_news, query)

    assert (found.values, found.active_links) == ({}, [])


@pytest.mark.usefixtures("person_news")
def test_links_of_all_news_and_of_a_year_lead_to_other_lists() -> None:
    everything, year = narrowing(news_listing(AT), "year=2021"), narrowing(year_listing(AT, year=2021))

    assert ("News", 2, "/news/section/news/") in links(everything.section_links)
    assert (2021, 3, "/news/2021/") in links(everything.year_links)
    assert ("News", 1, "/news/section/news/?year=2021") in links(year.section_links)


@pytest.mark.usefixtures("person_news")
def test_list_of_a_section_has_its_own_years() -> None:
    found = narrowing(section_listing(AT, slug="news"))

    assert found.section_links == []
    assert links(found.year_links) == {(2021, 1, "?year=2021"), (2019, 1, "?year=2019")}
