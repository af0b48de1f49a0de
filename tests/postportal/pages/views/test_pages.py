import datetime as dt
import json
import re

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from postportal.publishing.models import State
from tests.caches import SHARED
from tests.factories import news, pages, services

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
PARAGRAPH = "<p>Letters and parcels travel by rail.</p>"


def get(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def table_of_contents(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<li><a href="#([^"]*)">([^<]*)</a></li>', page)


def test_page_shows_title_standfirst_text_and_update(client: Client) -> None:
    pages.page(
        "About us",
        path="about",
        standfirst="Who we are",
        body=PARAGRAPH,
        changed_at=dt.datetime(2024, 5, 6, tzinfo=dt.UTC),
        change_note="New address",
    )

    page = get(client, "/about/")

    assert re.findall(r"<title>(.*?)</title>|<h1[^>]*>(.*?)</h1>", page) == [
        ("About us - PostPortal", ""),
        ("", "About us"),
    ]
    assert '<p class="standfirst">Who we are</p>' in page
    assert '<dt>Updated</dt><dd><time datetime="2024-05-06T08:00:00+08:00">6 May 2024</time>' in page
    assert "<span>New address</span>" in page
    assert f'<div class="prose">{PARAGRAPH}</div>' in page
    assert '<meta name="description" content="Who we are Letters and parcels travel by rail.">' in page


def test_page_with_three_headings_has_a_table_of_contents(client: Client) -> None:
    pages.page(path="short", body="<h2>One</h2><h2>Two</h2>")
    pages.page(path="long", body="<h2>One</h2><h3>Part</h3><h2>Two &amp; a half</h2><h2>Three</h2>")

    headings = table_of_contents(get(client, "/long/"))

    assert table_of_contents(get(client, "/short/")) == []
    assert [label for _anchor, label in headings] == ["One", "Two &amp; a half", "Three"]
    assert [f'<h2 id="{anchor}">' in get(client, "/long/") for anchor, _label in headings] == [True, True, True]


def test_breadcrumbs_are_the_public_pages_above(client: Client) -> None:
    pages.page("About", path="about")
    pages.page("Draft", path="about/history", state=State.DRAFT)
    pages.page("In 1949", path="about/history/1949")

    page = get(client, "/about/history/1949/")

    (trail,) = re.findall(r'<nav class="breadcrumb.*?</nav>', page)
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert re.findall(r'<a href="([^"]*)">([^<]*)</a>', trail) == [("/", "Home"), ("/about/", "About")]
    _web_page, breadcrumbs = json.loads(script)
    assert [(step["name"], step["item"]) for step in breadcrumbs["itemListElement"]] == [
        ("Home", "http://testserver/"),
        ("About", "http://testserver/about/"),
        ("In 1949", "http://testserver/about/history/1949/"),
    ]


def test_json_ld_describes_the_page(client: Client) -> None:
    pages.page("About </script>", path="about", standfirst="Who & what", changed_at=NOW)

    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', get(client, "/about/"))

    assert json.loads(script)[0] == {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": "About </script>",
        "description": "Who & what",
        "url": "http://testserver/about/",
        "inLanguage": "en",
        "datePublished": "2020-01-01T08:00:00+08:00",
        "dateModified": "2026-11-23T17:30:00+08:00",
    }


def test_public_translations_are_linked(client: Client) -> None:
    about = pages.page("About", path="about")
    pages.page("关于", path="guanyu", language="zh-hans", translation_of=about)
    terms = pages.page("Terms", path="terms")
    pages.page("条款", path="terms", language="zh-hans", translation_of=terms, state=State.DRAFT)

    def alternates(url: str) -> list[tuple[str, str]]:
        return re.findall(r'hreflang="([^"]*)" href="http://testserver([^"]*)"', get(client, url))

    assert alternates("/about/") == [("zh-Hans", "/zh-hans/guanyu/"), ("en", "/about/")]
    assert alternates("/zh-hans/guanyu/") == [("en", "/about/"), ("zh-Hans", "/zh-hans/guanyu/")]
    assert alternates("/terms/") == []


def test_page_that_is_not_translated_redirects_to_the_original(client: Client) -> None:
    about = pages.page("About", path="about")
    pages.page("Terms", path="terms")
    pages.page("关于", path="guanyu", language="zh-hans", translation_of=about)
    pages.page("Draft", path="draft", state=State.DRAFT)

    answers = [client.get(f"/zh-hans/{path}/") for path in ("about", "terms", "draft", "nothing")]

    assert [(answer.status_code, answer.headers.get("Location")) for answer in answers] == [
        (302, "/zh-hans/guanyu/"),
        (302, "/terms/"),
        (404, None),
        (404, None),
    ]


def test_page_is_published_and_expires_to_the_second(client: Client) -> None:
    pages.page("Tariff", path="tariff", publish_at=NOW, expire_at=NOW + dt.timedelta(days=1))

    def status(at: dt.datetime) -> int:
        with time_machine.travel(at, tick=False):
            return client.get("/tariff/").status_code

    instant = dt.timedelta(milliseconds=1)
    assert [status(NOW - instant), status(NOW), status(NOW + dt.timedelta(days=1) - instant)] == [404, 200, 200]
    assert status(NOW + dt.timedelta(days=1)) == 410


def test_draft_is_not_found_and_unpublished_page_is_gone(client: Client) -> None:
    pages.page("Draft", path="draft", state=State.DRAFT)
    pages.unpublished_page("Never public", path="never", publish_at=None)
    pages.unpublished_page("Tariff of 2019", path="tariff", withdrawal_reason="Replaced in 2024.")

    draft, never, gone = (client.get(f"/{path}/") for path in ("draft", "never", "tariff"))

    assert (draft.status_code, never.status_code, gone.status_code) == (404, 404, 410)
    assert ("Draft" in draft.content.decode(), "Never public" in never.content.decode()) == (False, False)
    assert "<p><strong>Tariff of 2019</strong></p><p>Replaced in 2024.</p>" in gone.content.decode()


def test_query_count_does_not_depend_on_the_content(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pages.page("Terms", path="terms")
    about = pages.page("About", path="about", body="<h2>A</h2><h2>B</h2><h2>C</h2>" + PARAGRAPH * 50)
    pages.page("关于", path="about", language="zh-hans", translation_of=about)
    pages.page("In 1949", path="about/1949")

    for url, queries in (("/terms/", 6), ("/about/", 6), ("/about/1949/", 7)):
        with django_assert_num_queries(queries):
            client.get(url)


def test_stored_markup_is_escaped(client: Client) -> None:
    evil = '"><script>alert(1)</script>'
    pages.page(evil, path="evil", standfirst=evil, change_note=evil, changed_at=NOW, body=f"<h2>{evil}</h2>" * 3 + evil)
    pages.unpublished_page(evil, path="gone", withdrawal_reason=evil)

    public, gone = client.get("/evil/").content.decode(), client.get("/gone/").content.decode()

    assert [re.findall(r"<script(?! type=.(?:application/ld|module))", page) for page in (public, gone)] == [[], []]


def test_page_is_the_same_for_every_anonymous_reader(client: Client) -> None:
    pages.page(path="about")

    get, head = client.get("/about/"), client.head("/about/")

    assert (get.cookies, get.headers.get("Vary"), head.content) == ({}, None, b"")
    assert (head.status_code, head.headers["Content-Length"]) == (200, get.headers["Content-Length"])
    assert get.headers["Cache-Control"] == SHARED


def test_sitemap_links_public_pages(client: Client) -> None:
    news.article(section=news.section("Messages"), dateline_on=dt.date(2016, 4, 5))
    news.article(section=news.section("Secret"), dateline_on=dt.date(1999, 4, 5), state=State.DRAFT)
    services.service("Letters")
    services.stamp_issue(year=2016, number=4)
    services.stamp_issue(year=1999, number=4, state=State.DRAFT)
    pages.page("About", path="about")
    pages.page("Draft", path="draft", state=State.DRAFT)
    pages.page("关于", path="about", language="zh-hans")

    page = get(client, "/sitemap/")
    groups = re.findall(r'<h2 id="part-\d">([^<]*)</h2><ul class="link-list">(.*?)</ul>', page)

    assert {label: re.findall(r'href="([^"]*)"', links) for label, links in groups} == {
        "News": ["/news/", "/news/section/messages/", "/news/2016/"],
        "People and organizations": ["/people/", "/organizations/"],
        "Services": ["/services/", "/services/hotlines/", "/services/notices/", "/services/#letters"],
        "Stamps": ["/stamps/", "/stamps/makers/", "/stamps/themes/", "/stamps/techniques/", "/stamps/2016/"],
        "About this site": ["/about/"],
    }
    assert "关于" in get(client, "/zh-hans/sitemap/")


def test_query_count_of_the_sitemap_is_constant(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def add(year: int) -> None:
        news.article(dateline_on=dt.date(year, 1, 1), section=news.section(f"Section {year}"))
        services.service()
        services.stamp_issue(year=year)
        pages.page()

    add(2016)
    with django_assert_num_queries(8):
        client.get("/sitemap/")
    for year in (2017, 2018, 2019):
        add(year)
    with django_assert_num_queries(8):
        client.get("/sitemap/")
