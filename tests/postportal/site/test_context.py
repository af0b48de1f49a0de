import datetime as dt
import re

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import translation

from postportal.site.context import PageContext
from tests.factories import news, pages, services

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 20, 4, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def test_year_in_the_menu_is_the_current_one(rf: RequestFactory) -> None:
    pages.menu_item("{year} Stamps", "/stamps/{year}/")

    with time_machine.travel(NOW):
        links = PageContext(rf.get("/")).menus["header"]

    assert links == [{"label": "2026 Stamps", "url": "/stamps/2026/", "is_current": False}]


def test_year_changes_in_the_time_zone_of_the_site(rf: RequestFactory) -> None:
    with time_machine.travel(dt.datetime(2026, 12, 31, 16, tzinfo=dt.UTC)):
        assert PageContext(rf.get("/")).year == 2027


@pytest.mark.parametrize(
    ("path", "here"),
    [("/news/", ["News"]), ("/news/2021/", ["News"]), ("/", ["Home"]), ("/newsletter/", []), ("/people/", [])],
)
def test_menu_marks_the_current_page(rf: RequestFactory, path: str, here: list[str]) -> None:
    pages.menu_item("Home", "/")
    pages.menu_item("News", "/news/")

    links = PageContext(rf.get(path)).menus["header"]

    assert [link["label"] for link in links if link["is_current"]] == here


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("/stamps/2027/", ["2026 Stamps"]),
        ("/stamps/wild-geese/", ["2026 Stamps"]),
        ("/news/section/fleet/", ["News"]),
        ("/people/", []),
        ("/", []),
    ],
)
def test_menu_marks_the_part_of_the_site(rf: RequestFactory, path: str, here: list[str]) -> None:
    pages.menu_item("News", "/news/")
    pages.menu_item("2026 Stamps", "/stamps/2026/")
    pages.menu_item("Elsewhere", "https://example.org/stamps/")

    links = PageContext(rf.get(path)).menus["header"]

    assert [link["label"] for link in links if link["is_current"]] == here


def test_section_is_in_the_menu_of_the_languages_that_have_articles(rf: RequestFactory) -> None:
    section = news.section("Fleet")
    pages.menu_item("Fleet", "/news/section/fleet/")
    news.article(section=section, publish_at=dt.datetime(2999, 1, 1, tzinfo=dt.UTC))

    assert PageContext(rf.get("/")).menus["header"] == []

    news.article(section=section)
    assert [link["label"] for link in PageContext(rf.get("/")).menus["header"]] == ["Fleet"]
    with translation.override("zh-hans"):
        assert PageContext(rf.get("/zh-hans/")).menus["header"] == []


def test_chinese_pages_link_to_chinese_pages(client: Client) -> None:
    pages.menu_item("News", "/news/", label_zh="新闻")
    pages.menu_item("Elsewhere", "https://example.org/news/")

    html = client.get("/zh-hans/").content.decode()

    assert '<a href="/zh-hans/news/">新闻</a>' in html
    assert '<a href="https://example.org/news/">Elsewhere</a>' in html


def test_notice_appears_and_disappears_in_its_second(client: Client) -> None:
    pages.notice("Roads are closed.", publish_at=NOW, expire_at=NOW + SECOND)
    seen = []

    for moment in (NOW - SECOND, NOW, NOW + SECOND):
        with time_machine.travel(moment, tick=False):
            seen.append("Roads are closed." in client.get("/").content.decode())

    assert seen == [False, True, False]


def test_only_active_public_hotlines_for_every_page_are_on_every_page(client: Client) -> None:
    shown = services.hotline("Letters", is_on_every_page=True)
    services.short_code_number(shown, short_code="11185")
    for fields in ({}, {"is_on_every_page": True, "publish_at": NOW.replace(year=2999)}):
        services.short_code_number(services.hotline(**fields), short_code="99999")
    services.planned_hotline(is_on_every_page=True, short_code="99999")
    services.retired_hotline(is_on_every_page=True, short_code="99999")

    for path in ("/", "/news/", "/no-such-page/"):
        html = client.get(path).content.decode()
        assert ('href="tel:11185"' in html, "99999" in html) == (True, False)


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", "http://testserver/news/"),
        ("?utm_source=x&page=3", "http://testserver/news/?page=3"),
        ("?page=1", "http://testserver/news/"),
        ("?page=0", "http://testserver/news/"),
        ("?page=-2", "http://testserver/news/"),
        ("?page=٣", "http://testserver/news/"),
        ("?page=" + "9" * 5000, "http://testserver/news/"),
    ],
)
def test_canonical_url_has_no_parameter_except_the_page(rf: RequestFactory, query: str, canonical: str) -> None:
    assert PageContext(rf.get(f"/news/{query}")).canonical == canonical


def test_page_links_its_translations(client: Client) -> None:
    html = client.get("/people/").content.decode()

    assert '<link rel="alternate" hreflang="zh-Hans" href="http://testserver/zh-hans/people/">' in html
    assert '<link rel="alternate" hreflang="en" href="http://testserver/people/">' in html
    assert switch(client, "/people/") == [("/zh-hans/people/", "中文")]


def switch(client: Client, url: str) -> list[tuple[str, str]]:
    page = client.get(url).content.decode()
    return re.findall(r'class="language-link"\s+href="([^"]*)".*?>([^<]+)</a>', page, re.DOTALL)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("/people/?letter=L", "/zh-hans/people/?letter=L"),
        ("/zh-hans/stamps/?type=special&amp;theme=a", "/stamps/?type=special&amp;theme=a"),
        ("/search/?q=-&amp;tag=rail", "/zh-hans/search/?q=-&amp;tag=rail"),
    ],
)
def test_language_switch_keeps_the_filters(client: Client, url: str, target: str) -> None:
    assert [link for link, _name in switch(client, url.replace("&amp;", "&"))] == [target]


def test_language_switch_leaves_the_page_number_out(client: Client) -> None:
    """The list may be shorter in the other language."""
    for _ in range(21):
        news.article()

    assert switch(client, "/news/?page=2&x=1") == [("/zh-hans/news/?x=1", "中文")]


def test_page_without_a_translation_leads_to_the_other_home_page(client: Client) -> None:
    article = news.article("Night mail")

    page = client.get(article.get_absolute_url()).content.decode()

    assert switch(client, article.get_absolute_url()) == [("/zh-hans/", "中文")]
    assert 'title="首页"' in page
    # For search engines it is no translation.
    assert 'rel="alternate" hreflang' not in page
