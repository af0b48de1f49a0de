"""Feeds: required elements, visibility, escaping, query count."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from postportal.publishing.models import SiteIdentity, State
from tests.factories import news

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
DAY = dt.date(2021, 12, 8)
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = [
    "news",
    "news/2021",
    "news/2021/12",
    "news/2021/12/08",
    "news/section/fleet",
    "news/source/rail-mail",
    "news/tag/night-mail",
    "people/zhou-mei",
    "organizations/highland-railway",
]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def article(title: str = "Night mail", **fields: Any) -> Any:
    fields = {"section": news.section("Fleet"), "dateline_on": DAY, **fields}
    fields.setdefault("source", news.Source.objects.first() or news.source("Rail Mail"))
    row = news.article(title, tags=["Night mail"], **fields)
    person = news.Person.objects.first() or news.person("Zhou", "Mei")
    organization = news.Organization.objects.first() or news.organization("Highland Railway")
    news.mention(person, article=row)
    news.mention(organization, article=row)
    return row


def read(client: Client, url: str) -> ET.Element:
    return ET.fromstring(client.get(url).content)


def text(element: ET.Element, path: str) -> str:
    return element.findtext(path) or ""


@pytest.mark.parametrize("feed", FEEDS)
def test_atom_has_the_required_elements(client: Client, feed: str) -> None:
    row = article(publish_at=NOW - dt.timedelta(days=2), changed_at=NOW - dt.timedelta(days=1), standfirst="By rail.")
    root = read(client, f"/feeds/{feed}.atom")
    entry = root.find(f"{ATOM}entry")

    assert root.tag == f"{ATOM}feed"
    assert all(text(root, f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert text(root, f"{ATOM}author/{ATOM}name") == "PostPortal"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver/feeds/{feed}.atom"
    assert entry is not None
    assert text(entry, f"{ATOM}id") == SiteIdentity.load().uri("news.article", row.pk)
    assert text(entry, f"{ATOM}updated") == "2026-03-19T09:00:00+00:00"
    assert text(entry, f"{ATOM}published") == "2026-03-18T09:00:00+00:00"
    assert text(entry, f"{ATOM}summary") == "By rail."
    assert text(entry, f"{ATOM}author/{ATOM}name") == "Rail Mail"
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "http://testserver/news/2021/12/08/night-mail/"


@pytest.mark.parametrize("feed", FEEDS)
def test_rss_has_the_required_elements(client: Client, feed: str) -> None:
    row = article()
    channel = read(client, f"/feeds/{feed}.rss").find("channel")

    assert channel is not None
    assert all(text(channel, name) for name in ("title", "link", "description", "lastBuildDate"))
    assert text(channel, "language") == "en"
    item = channel.find("item")
    assert item is not None
    guid = item.find("guid")
    assert guid is not None
    assert (guid.text, guid.get("isPermaLink")) == (SiteIdentity.load().uri("news.article", row.pk), "false")
    assert [category.text for category in item.findall("category")] == ["Fleet", "Night mail"]


def test_id_stays_the_same_when_title_date_and_url_change(client: Client) -> None:
    row = article()
    before = text(read(client, "/feeds/news.atom"), f"{ATOM}entry/{ATOM}id")
    row.title, row.slug, row.dateline_on = "Other", "other", dt.date(2020, 1, 1)
    row.save()

    assert text(read(client, "/feeds/news.atom"), f"{ATOM}entry/{ATOM}id") == before


def test_feed_of_all_news_has_another_title_than_that_of_a_section_called_news(client: Client) -> None:
    article(section=news.section("News"))

    titles = [text(read(client, f"/feeds/{name}.atom"), f"{ATOM}title") for name in ("news", "news/section/news")]

    assert titles == ["All news - PostPortal", "News - PostPortal"]


@pytest.mark.parametrize("feed", FEEDS)
def test_hidden_articles_are_left_out_and_an_embargo_ends_to_the_second(
    client: Client, clock: time_machine.Traveller, feed: str
) -> None:
    soon = NOW + dt.timedelta(hours=1)
    article("Public", publish_at=NOW - dt.timedelta(days=9))
    article("Draft", state=State.DRAFT)
    article("Expired", expire_at=NOW)
    article("Embargoed", publish_at=soon)
    titles = []
    for moment in (soon - dt.timedelta(seconds=1), soon):
        clock.move_to(moment)
        root = read(client, f"/feeds/{feed}.atom")
        titles.append([text(entry, f"{ATOM}title") for entry in root.findall(f"{ATOM}entry")])

    assert titles == [["Public"], ["Embargoed", "Public"]]


def test_feed_has_at_most_fifty_articles_and_a_constant_query_count(client: Client) -> None:
    counts = []
    for number in (1, 51):
        for each in range(number):
            article(f"Story {number} {each}")
        with CaptureQueriesContext(connection) as captured:
            root = read(client, "/feeds/news.atom")
        counts.append(len(captured))

    assert (len(root.findall(f"{ATOM}entry")), counts) == (50, [5, 5])


def test_chinese_feed_is_chinese(client: Client) -> None:
    article("夜行邮车", language="zh-hans")
    article("Night mail")
    root = read(client, "/zh-hans/feeds/news.atom")

    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"
    assert [text(entry, f"{ATOM}title") for entry in root.findall(f"{ATOM}entry")] == ["夜行邮车"]


@pytest.mark.parametrize("feed_format", ["atom", "rss"])
def test_markup_is_escaped_and_invalid_xml_characters_are_removed(client: Client, feed_format: str) -> None:
    odd = "<script>alert(1)</script> & \x0b\x1f\ufffe ]]>"
    news.source(odd, slug="rail-mail")
    article(odd, standfirst=odd, slug="odd")
    root = ET.fromstring(client.get(f"/feeds/news/source/rail-mail.{feed_format}").content)
    item = root.find(f"{ATOM}entry" if feed_format == "atom" else "channel/item")

    assert item is not None
    description = item.findtext(f"{ATOM}summary" if feed_format == "atom" else "description") or ""
    assert description.split() == ["&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;", "]]&gt;"]
    title = item.findtext(f"{ATOM}title" if feed_format == "atom" else "title") or ""
    # In Atom a title is plain text. RSS readers take it for HTML.
    assert title.startswith("<script>" if feed_format == "atom" else "&lt;script&gt;")


def test_excerpt_of_the_text_replaces_a_missing_standfirst(client: Client) -> None:
    article(body=f"<p>{'word ' * 60}</p>")

    assert text(read(client, "/feeds/news.atom"), f"{ATOM}entry/{ATOM}summary") == "word " * 49 + "word…"


@pytest.mark.parametrize("path", ["news/2019.atom", "news/tag/x.rss", "people/x.atom", "news.json", "news/20211.atom"])
def test_feed_of_an_unknown_list_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/feeds/{path}").status_code == 404


def test_feed_is_the_same_for_everyone_and_sets_no_cookies(client: Client) -> None:
    article()
    get, head = client.get("/feeds/news.rss"), client.head("/feeds/news.rss")

    assert (get.cookies, get.headers.get("Vary"), client.post("/feeds/news.rss").status_code) == ({}, None, 405)
    assert (head.content, {**head.headers}) == (b"", {**get.headers})
    assert re.match(r"application/rss\+xml; charset=utf-8", get.headers["Content-Type"])
