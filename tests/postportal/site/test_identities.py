"""IDs of feeds, entries, search results and calendar events: they depend on kind and key, and on nothing that moves."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from pytest_django import Settings

from news.models import Article
from postportal.publishing.models import CalendarKey, SiteIdentity, State
from postportal.search.kinds import kinds
from services.models import StampIssue
from tests.factories import news, pages, services, staff
from tests.postportal.publishing.models.test_site_identity import TAG_URI

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTS = ["testserver", "portal.example", "127.0.0.1:8000", "xn--80a1acny.example"]
ARTICLE_FEEDS = [
    *("news", "news/2021", "news/2021/12", "news/2021/12/08", "news/section/fleet", "news/source/rail-mail"),
    *("news/tag/night-mail", "people/zhou-mei", "organizations/highland-railway"),
]
STAMP_FEEDS = ["stamps", "stamps/2026"]


@pytest.fixture(autouse=True)
def _any_host(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]


def article(title: str = "Night mail", **fields: Any) -> Article:
    row = news.article(
        title,
        section=news.Section.objects.filter(slug="fleet").first() or news.section("Fleet"),
        source=news.Source.objects.first() or news.source("Rail Mail"),
        dateline_on=dt.date(2021, 12, 8),
        tags=["Night mail"],
        **fields,
    )
    news.mention(news.Person.objects.first() or news.person("Zhou", "Mei"), article=row)
    news.mention(news.Organization.objects.first() or news.organization("Highland Railway"), article=row)
    return row


def entry_ids(url: str, *, host: str = "testserver") -> list[str]:
    answer = Client().get(url, headers={"host": host})
    assert answer.status_code == 200
    root = ET.fromstring(answer.content)
    return [element.text or "" for element in (*root.iterfind(f"{ATOM}entry/{ATOM}id"), *root.iter("guid"))]


def feed_id(url: str, *, host: str = "testserver") -> str:
    return ET.fromstring(Client().get(url, headers={"host": host}).content).findtext(f"{ATOM}id") or ""


def search_uris(words: str, *, host: str = "testserver") -> list[str]:
    answer = Client().get("/api/search", {"q": words}, headers={"host": host})
    return [result["uri"] for result in answer.json()["results"]]


def uids(*, host: str = "testserver") -> list[str]:
    token = CalendarKey.objects.renew(
        staff.User.objects.filter(is_superuser=True).first() or staff.account(is_superuser=True), at=timezone.now()
    )
    answer = Client().get(f"/admin/calendar/{token}.ics", headers={"host": host})
    return [str(event["uid"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def all_ids(host: str = "testserver") -> set[str]:
    """Return every ID under which the article and the issue of the test appear anywhere."""
    found: set[str] = set()
    for feed in (*ARTICLE_FEEDS, *STAMP_FEEDS):
        for feed_format in ("atom", "rss"):
            found.update(entry_ids(f"/feeds/{feed}.{feed_format}", host=host))
    found.update(entry_ids("/search/atom/?q=night", host=host))
    return found | set(search_uris("night", host=host))


def test_one_item_has_one_id_in_every_feed_and_under_every_host() -> None:
    row, issue = article(), services.stamp_issue("Night roads", year=2026, number=7)
    identity = SiteIdentity.load()
    expected = {identity.uri("news.article", row.pk), identity.uri("services.stampissue", issue.pk)}

    assert [all_ids(host) for host in HOSTS] == [expected] * len(HOSTS)
    assert all(TAG_URI.fullmatch(uri) for uri in expected)


def test_same_item_has_the_same_id_in_feeds_of_both_languages() -> None:
    services.stamp_issue("Night roads", title_zh="夜路", year=2026, number=7)

    assert entry_ids("/zh-hans/feeds/stamps.atom") == entry_ids("/feeds/stamps.atom")


def rename(row: Any) -> None:
    row.title, row.slug = "Night train", "another"


def renumber(row: Any) -> None:
    if isinstance(row, StampIssue):
        row.number, row.slug = 12, "2026-12"


def publish_again(row: Any) -> None:
    row.state, row.withdrawal_reason = State.UNPUBLISHED, "Sent too early."
    row.save()
    row.withdrawal_reason = ""
    row.state, row.publish_at = State.PUBLISHED, timezone.now() - dt.timedelta(minutes=1)


def look_older(row: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(created_at=dt.datetime(2001, 1, 1, tzinfo=dt.UTC))


@pytest.mark.parametrize("change", [rename, renumber, publish_again, look_older])
def test_id_survives_every_change_of_the_item(change: Callable[[Any], None]) -> None:
    rows: list[Any] = [article(), services.stamp_issue("Night roads", year=2026, number=7)]
    before = all_ids()

    for row in rows:
        change(row)
        row.save()

    assert all_ids() == before


def test_id_survives_a_move_to_another_domain(settings: Settings) -> None:
    article()
    services.stamp_issue("Night roads", year=2026, number=7)
    before = all_ids()
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://new.example", ["new.example"]

    assert all_ids("new.example") == before


def feeds_of_both_languages() -> Iterator[str]:
    for prefix in ("", "/zh-hans"):
        yield from (f"{prefix}/feeds/{feed}.atom" for feed in (*ARTICLE_FEEDS, *STAMP_FEEDS))
        yield f"{prefix}/search/atom/?q=night"
        yield f"{prefix}/search/atom/?q=night+mail&type=article"
        yield f"{prefix}/search/atom/?q=%E5%A4%9C"


def test_every_feed_has_an_id_of_its_own_that_depends_on_no_host() -> None:
    article()
    article("夜", language="zh-hans")
    services.stamp_issue("Night roads", year=2026, number=7)
    ids = {url: feed_id(url) for url in feeds_of_both_languages()}

    assert len(set(ids.values())) == len(ids)
    assert [uri for uri in ids.values() if not TAG_URI.fullmatch(uri)] == []
    for host in HOSTS:
        assert {url: feed_id(url, host=host) for url in ids} == ids


def test_id_of_a_feed_survives_a_new_slug() -> None:
    row = article()
    old = {"news/section/fleet", "news/source/rail-mail", "people/zhou-mei", "organizations/highland-railway"}
    before = sorted(feed_id(f"/feeds/{feed}.atom") for feed in old)

    for each in (row.section, row.source, news.Person.objects.get(), news.Organization.objects.get()):
        type(each).objects.filter(pk=each.pk).update(slug="new")
    new = [f"/feeds/{feed.rpartition('/')[0]}/new.atom" for feed in old]

    assert sorted(map(feed_id, new)) == before


def test_rows_with_the_same_key_have_different_ids() -> None:
    rows = [
        news.article("Copper", pk=7001),
        news.person("Copper", pk=7001),
        news.organization("Copper", pk=7001),
        pages.page("Copper", pk=7001),
        services.hotline("Copper", pk=7001),
        services.stamp_issue("Copper", pk=7001),
    ]

    found = search_uris("copper")

    assert len(set(found)) == len(found) == len(rows)
    assert {uri.rpartition(":")[2] for uri in found} == {f"{row._meta.label_lower}/7001" for row in rows}


def test_kinds_keep_the_names_that_readers_have_stored() -> None:
    assert {kind.model._meta.label_lower for kind in kinds().values()} >= {
        *("news.article", "news.person", "news.organization", "pages.page", "services.hotline"),
        "services.stampissue",
    }


def test_calendar_event_has_the_same_id_under_every_host_and_after_every_change() -> None:
    soon = timezone.now() + dt.timedelta(days=3)
    row = article(state=State.SCHEDULED, publish_at=soon, expire_at=soon + dt.timedelta(days=2))
    domain = SiteIdentity.load().domain
    expected = [f"news.article-{row.pk}-publication@{domain}", f"news.article-{row.pk}-expiry@{domain}"]

    assert [uids(host=host) for host in HOSTS] == [expected] * len(HOSTS)
    row.title, row.slug, row.state, row.publish_at = "Other", "other", State.PUBLISHED, soon + dt.timedelta(hours=1)
    row.save()
    assert uids() == expected
