import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from postportal.publishing.sitemaps import PublicSitemap
from tests.factories import news, pages, services

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def locations(client: Client, url: str) -> list[str]:
    response = client.get(url)
    assert response.headers["Content-Type"] == "application/xml"
    return [url.removeprefix("http://testserver") for url in re.findall("<loc>(.*?)</loc>", text(client, url))]


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_index_lists_sections_that_have_urls(client: Client) -> None:
    pages.page("About", path="about")

    assert locations(client, "/sitemap.xml") == ["/sitemap-start.xml", "/sitemap-pages.xml"]


def test_index_query_count_is_the_same_for_few_and_many_rows(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def add() -> None:
        news.article()
        news.person()
        news.organization()
        issue = services.stamp_issue(year=2026)
        services.stamp(issue)
        pages.page()

    add()
    with django_assert_num_queries(15):
        client.get("/sitemap.xml")
    for _ in range(4):
        add()
    with django_assert_num_queries(15):
        client.get("/sitemap.xml")


def test_index_lists_every_file_of_a_long_section(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PublicSitemap, "limit", 2)
    for number in range(5):
        pages.page(path=f"page-{number}")

    files = [url for url in locations(client, "/sitemap.xml") if "pages" in url]

    assert files == ["/sitemap-pages.xml", "/sitemap-pages.xml?p=2", "/sitemap-pages.xml?p=3"]
    assert [len(locations(client, file)) for file in files] == [2, 2, 1]


def test_section_lists_starting_points_in_every_language(client: Client) -> None:
    start = locations(client, "/sitemap-start.xml")

    assert [url for url in start if "news" in url] == ["/news/", "/zh-hans/news/"]
    for url in start:
        assert client.get(url, follow=True).status_code == 200


def test_section_names_the_public_translations_of_a_page(client: Client) -> None:
    about = pages.page("About", path="about")
    pages.page("关于", path="about", language="zh-hans", translation_of=about)
    terms = pages.page("Terms", path="terms")
    pages.page("条款", path="terms", language="zh-hans", translation_of=terms, publish_at=NOW + dt.timedelta(days=1))

    with time_machine.travel(NOW, tick=False):
        found = re.findall(
            "<url><loc>http://testserver(.*?)</loc>.*?</lastmod>(.*?)</url>", text(client, "/sitemap-pages.xml")
        )

    link = '<xhtml:link rel="alternate" hreflang="{}" href="http://testserver{}"/>'
    family = link.format("en", "/about/") + link.format("zh-Hans", "/zh-hans/about/")
    assert found == [("/about/", family), ("/zh-hans/about/", family), ("/terms/", "")]


def test_section_shows_a_page_in_its_second(client: Client) -> None:
    pages.page(path="about", publish_at=NOW)
    pages.unpublished_page(path="tariff")

    with time_machine.travel(NOW - dt.timedelta(milliseconds=1), tick=False):
        before = locations(client, "/sitemap-pages.xml")
    with time_machine.travel(NOW, tick=False):
        after = locations(client, "/sitemap-pages.xml")

    assert (before, after) == ([], ["/about/"])


def test_section_has_the_last_public_change_as_lastmod(client: Client) -> None:
    pages.page(path="about", changed_at=dt.datetime(2024, 5, 6, tzinfo=dt.UTC))

    assert re.findall("<lastmod>(.*?)</lastmod>", text(client, "/sitemap-pages.xml")) == ["2024-05-06"]


@pytest.mark.parametrize("url", ["/sitemap-nothing.xml", "/sitemap-pages.xml?p=2", "/sitemap-pages.xml?p=x"])
def test_unknown_section_or_page_is_not_found(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404
