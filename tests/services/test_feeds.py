import datetime as dt
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from postportal.publishing.models import SiteIdentity, State
from tests.factories import services

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 20, 4, tzinfo=dt.UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/feeds/stamps.atom", "/feeds/stamps.rss", "/feeds/stamps/2026.atom", "/feeds/stamps/2026.rss"]


@pytest.fixture(autouse=True)
def _fixed_time() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def read(client: Client, url: str) -> ET.Element:
    return ET.fromstring(client.get(url).content)


def titles(client: Client, url: str) -> list[str | None]:
    feed = read(client, url)
    return [entry.findtext(f"{ATOM}title") or entry.findtext("title") for entry in feed.iter() if is_entry(entry)]


def is_entry(element: ET.Element) -> bool:
    return element.tag in (f"{ATOM}entry", "item")


@pytest.mark.parametrize("url", FEEDS)
def test_feed_lists_latest_announcements_first(client: Client, url: str) -> None:
    services.stamp_issue("Older", publish_at=NOW - dt.timedelta(days=2), issued_on=dt.date(2026, 9, 1))
    services.stamp_issue("Newer", publish_at=NOW - dt.timedelta(days=1), year=2026, number=7)

    assert titles(client, url) == ["2026-7 Newer", "Older"]


@pytest.mark.parametrize("url", FEEDS)
@pytest.mark.parametrize(
    "hidden",
    [
        {"state": State.DRAFT},
        {"state": State.UNPUBLISHED, "withdrawal_reason": "Recalled"},
        {"publish_at": NOW + dt.timedelta(seconds=1)},
        {"expire_at": NOW},
    ],
)
def test_feed_contains_only_public_issues(client: Client, url: str, hidden: dict[str, Any]) -> None:
    services.stamp_issue("Known")
    services.stamp_issue("Secret", **hidden)

    assert titles(client, url) == ["Known"]


def test_year_feed_contains_the_issues_of_the_year(client: Client) -> None:
    services.stamp_issue("This year")
    services.stamp_issue("Last year", issued_on=dt.date(2025, 3, 20))

    assert titles(client, "/feeds/stamps/2025.atom") == ["Last year"]
    assert read(client, "/feeds/stamps/2025.atom").findtext(f"{ATOM}title") == "Stamp issues of 2025 - PostPortal"


@pytest.mark.parametrize(
    "url", ["/feeds/stamps/2024.atom", "/feeds/stamps/0001.atom", "/feeds/stamps.json", "/feeds/stamps.atom/"]
)
def test_unknown_feed_is_not_found(client: Client, url: str) -> None:
    services.stamp_issue(issued_on=dt.date(2024, 1, 5), state=State.DRAFT)

    assert client.get(url).status_code == 404


def test_feed_without_issues_is_valid(client: Client) -> None:
    assert [titles(client, url) for url in FEEDS[:2]] == [[], []]


def test_atom_feed_has_the_required_elements(client: Client) -> None:
    issue = services.stamp_issue(
        "Mail Roads", year=2026, number=7, publish_at=NOW - dt.timedelta(days=1), changed_at=NOW
    )

    answer = client.get("/feeds/stamps.atom")
    feed = ET.fromstring(answer.content)
    entry = feed.find(f"{ATOM}entry")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "PostPortal"
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")} == {
        "alternate": "http://testserver/stamps/",
        "self": "http://testserver/feeds/stamps.atom",
    }
    assert entry is not None
    assert entry.findtext(f"{ATOM}id") == SiteIdentity.load().uri("services.stampissue", issue.pk)
    assert entry.findtext(f"{ATOM}published") == "2026-03-19T04:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == "2026-03-20T04:00:00+00:00"


def test_entry_lists_facts_and_themes(client: Client) -> None:
    services.stamp_issue(
        "Mail Roads", kind="special", standfirst="Four ways.", stamp_count=4, face_value="8.40", tags=["roads"]
    )

    item = read(client, "/feeds/stamps.rss").find("channel/item")
    assert item is not None
    assert item.findtext("description") == (
        "<p>Four ways.</p><p>First day of issue: 20 March 2026</p><p>four stamps</p><p>8.40 yuan</p>"
    )
    assert [category.text for category in item.findall("category")] == ["Special issue", "roads"]


@pytest.mark.parametrize("url", FEEDS)
def test_text_is_inert_and_never_breaks_the_feed(client: Client, url: str) -> None:
    services.stamp_issue(
        "<script>alert(1)</script>\x0b]]>&amp;", standfirst="<img src=x onerror=alert(1)>\x01\ufffe", tags=["<b>\x1f"]
    )

    (entry,) = [element for element in read(client, url).iter() if is_entry(element)]
    title = entry.findtext(f"{ATOM}title") or entry.findtext("title") or ""
    text = entry.findtext(f"{ATOM}summary") or entry.findtext("description") or ""
    assert "<img" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
    # The title of an Atom entry is plain text; that of an RSS item is read as HTML.
    assert title.startswith("<script>" if "atom" in url else "&lt;script&gt;")


def test_chinese_feed_has_chinese_titles(client: Client) -> None:
    services.stamp_issue("Mail Roads", title_zh="高原邮路")

    feed = read(client, "/zh-hans/feeds/stamps.atom")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"
    assert titles(client, "/zh-hans/feeds/stamps.atom") == ["高原邮路"]


@pytest.mark.parametrize("issues", [1, 50])
def test_feed_query_count_is_the_same_for_one_issue_and_fifty(
    client: Client, issues: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(issues):
        services.stamp_issue(tags=[f"Theme {n}"])
    client.get("/feeds/stamps.atom")

    with django_assert_num_queries(5):
        client.get("/feeds/stamps.atom")
    with django_assert_num_queries(6):
        client.get("/feeds/stamps/2026.rss")
