"""Scheduled items become public to the second, on every page and in every kind of request."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from postportal.publishing.models import Edition, State
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import steps
from postportal.publishing.workflow.publish_times import suggest_publish_time
from tests.factories import forms, images, news, pages, services, staff

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]

DUE = dt.datetime(2030, 3, 1, 1, 30, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
ARTICLE_OUTLETS = (
    *("/news/2021/12/08/hush-fares/", "/", "/news/", "/news/2021/", "/news/2021/12/", "/news/2021/12/08/"),
    *(
        "/news/section/news/",
        "/news/source/china-post/",
        "/news/tag/rates/",
        "/people/zhou-mei/",
        "/people/zhou-mei/news/",
    ),
    *("/organizations/bureau/news/", "/news/2021/12/07/day-before/", "/news/2021/12/09/day-after/"),
    *("/search/?q=hush", "/api/search?q=hush", "/feeds/news.atom", "/feeds/news.rss", "/feeds/news/2021.atom"),
    *("/feeds/news/section/news.rss", "/feeds/news/tag/rates.atom", "/feeds/people/zhou-mei.atom"),
    "/sitemap-articles.xml",
)
ISSUE_OUTLETS = (
    *("/stamps/hush-roads/", "/stamps/hush-roads/1/", "/zh-hans/stamps/hush-roads/", "/", "/stamps/2030/"),
    *("/search/?q=hush", "/api/search?q=hush", "/feeds/stamps.atom", "/feeds/stamps/2030.rss", "/stamps/neighbour/"),
    *("/sitemap-stamp-issues.xml", "/sitemap-stamps.xml"),
)
PAGE_OUTLETS = ("/hush/", "/search/?q=hush", "/api/search?q=hush", "/sitemap-pages.xml")
REQUEST_HEADERS = (
    {},
    {"if-none-match": '"x"', "if-modified-since": "Fri, 01 Mar 2030 01:29:59 GMT"},
    {"if-none-match": "*", "range": "bytes=0-"},
)


@pytest.fixture(autouse=True)
def _before() -> Any:
    with time_machine.travel(DUE - dt.timedelta(days=2), tick=False):
        yield


def article(**fields: Any) -> Any:
    """Create an article, and public ones that are in the same lists."""
    for name, day in (("Day before", 7), ("Day after", 9)):
        other = news.article(name, dateline_on=dt.date(2021, 12, day), source=news.source(), tags=["Rates"])
        news.mention(news.person("Zhou", "Mei") if day == 7 else news.organization("Bureau"), article=other)
    row = news.article(
        "Hush fares", standfirst="Hush.", source=news.source(), tags=["Rates"], is_featured=True, **fields
    )
    for mention in other.mentions.model.objects.exclude(article=row):
        news.mention(mention.person or mention.organization, article=row)
    return row


def issue(**fields: Any) -> Any:
    services.stamp_issue("Neighbour", slug="neighbour", issued_on=dt.date(2030, 5, 1))
    row = services.stamp_issue("Hush roads", slug="hush-roads", issued_on=dt.date(2030, 6, 1), **fields)
    services.stamp(row, position=1, name="Hush")
    return row


def page(**fields: Any) -> Any:
    return pages.page("Hush", path="hush", **fields)


every_kind = pytest.mark.parametrize(
    ("make", "outlets"), [(article, ARTICLE_OUTLETS), (issue, ISSUE_OUTLETS), (page, PAGE_OUTLETS)]
)


def reveals(outlet: str, at: dt.datetime) -> set[bool]:
    """Return whether the page shows the item at `at`, for each kind of request. HEAD is asked once for each outlet, of
    another kind for the next: it takes the way of GET."""
    reader, results = Client(), set()
    with time_machine.travel(at, tick=False):
        for number, headers in enumerate(REQUEST_HEADERS):
            answer = reader.get(outlet, headers=headers)
            # A client with any version is told nothing but that the page is there.
            expected = (304, 404, 410) if headers.get("if-none-match") == "*" else (200, 404, 410)
            assert answer.status_code in expected, (outlet, answer.status_code, headers)
            if number == len(outlet) % len(REQUEST_HEADERS):
                head = reader.head(outlet, headers=headers)
                assert (head.status_code, head.content) == (answer.status_code, b""), (outlet, headers)
            if answer.status_code == 304:
                assert answer.content == b""
                continue
            # The search shows the query in lower case; titles have a capital, URLs a slash.
            results.add(answer.status_code == 200 and ("Hush" in answer.text or "/hush" in answer.text))
    return results


def changes_at(outlets: tuple[str, ...]) -> dict[str, tuple[set[bool], set[bool]]]:
    """Return what each outlet reveals one second before and when the item is due. Each is the first that is asked."""
    # What was saved so far is searched by all of them.
    Client().get("/search/?q=hush")
    found = {}
    for outlet in outlets:
        cache.clear()
        with transaction.atomic():
            found[outlet] = reveals(outlet, DUE - SECOND), reveals(outlet, DUE)
            transaction.set_rollback(True)
    return found


@every_kind
def test_first_publication_is_on_time(make: Callable[..., Any], outlets: tuple[str, ...]) -> None:
    item = make(state=State.DRAFT, publish_at=None)
    steps.perform("schedule", item, by=staff.account(is_superuser=True), due_at=DUE)

    assert changes_at(outlets) == dict.fromkeys(outlets, ({False}, {True}))


@every_kind
def test_expiry_is_on_time(make: Callable[..., Any], outlets: tuple[str, ...]) -> None:
    make(expire_at=DUE)

    assert changes_at(outlets) == dict.fromkeys(outlets, ({True}, {False}))


def test_publication_of_changes_is_on_time() -> None:
    """The changes include title, URL, tags, mentions and picture."""
    row = article()
    secret = snapshots.serialize(row)
    mentions = list(row.mentions.all())
    open_picture, hidden_picture = images.image("Open"), images.image("Hush picture")
    row.title, row.slug, row.standfirst, row.lead_image = "Open fares", "open-fares", "Open.", open_picture
    row.save()
    row.tags.set(["Post"])
    for mention in mentions:
        mention.delete()
    secret["fields"]["lead_image"] = hidden_picture.pk
    for number, values in enumerate(secret["parts"]["mentions"], start=1):
        values["pk"] = -number
    revisions.record_revision(row, secret, by=staff.account("Editor"))
    steps.perform("schedule", row, by=staff.account(is_superuser=True), due_at=DUE)

    assert changes_at(ARTICLE_OUTLETS) == dict.fromkeys(ARTICLE_OUTLETS, ({False}, {True}))


def test_publication_of_changes_updates_metadata_and_pictures_on_time() -> None:
    row = news.article("Open fares", slug="fares", standfirst="By rail.", lead_image=images.image("Open"))
    hidden = images.image("Hush picture")
    secret = snapshots.serialize(row)
    secret["fields"] |= {"title": "Hush fares", "lead_image": hidden.pk}
    revisions.record_revision(row, secret, by=staff.account("Editor"))
    steps.perform("schedule", row, by=staff.account(is_superuser=True), due_at=DUE, note="New fares.")
    address = row.get_absolute_url()

    with time_machine.travel(DUE - SECOND, tick=False):
        before = Client().get(address).text
    with time_machine.travel(DUE, tick=False):
        after = Client().get(address).text

    modified = timezone.localtime(DUE).isoformat(timespec="seconds")
    for part in ("Hush", hidden.open_graph_source.url, f'"dateModified":"{modified}"', "New fares."):
        assert (part in before, part in after) == (False, True), part


def test_clock_set_back_hides_the_item_again_and_publishes_it_only_once() -> None:
    item = page(state=State.DRAFT, publish_at=None)
    steps.perform("schedule", item, by=staff.account(is_superuser=True), due_at=DUE)

    assert [reveals("/hush/", DUE + SECOND * n) for n in (0, -5, 1, 2)] == [{True}, {False}, {True}, {True}]
    assert Edition.objects.published().count() == 1


@pytest.mark.parametrize(
    ("zone", "local", "fold"),
    [
        ("Asia/Shanghai", "2031-01-01T00:00:00", 0),
        ("Europe/Berlin", "2031-01-01T00:00:00", 0),
        ("America/Sao_Paulo", "2030-12-31T23:59:59", 0),
        # The repeated hour, first and second time, and the start of daylight saving time.
        ("Europe/Berlin", "2030-10-27T02:30:00", 0),
        ("Europe/Berlin", "2030-10-27T02:30:00", 1),
        ("Europe/Berlin", "2030-03-31T03:00:00", 0),
        ("Pacific/Kiritimati", "2030-07-01T00:00:00", 0),
    ],
)
def test_publication_is_on_time_at_midnight_and_when_clocks_change(
    settings: Settings, zone: str, local: str, fold: int
) -> None:
    settings.TIME_ZONE = zone
    due = dt.datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone), fold=fold)
    item = news.article("Hush fares", standfirst="Hush.", state=State.DRAFT, publish_at=None, dateline_on=due.date())
    steps.perform("schedule", item, by=staff.account(is_superuser=True), due_at=due)
    utc = due.astimezone(dt.UTC)

    for outlet in (item.get_absolute_url(), f"/news/{due:%Y/%m/%d}/", "/"):
        assert (reveals(outlet, utc - SECOND), reveals(outlet, utc)) == ({False}, {True})


@pytest.mark.parametrize("local", ["2030-03-31T02:30", "2030-10-27T02:30"])
def test_schedule_for_a_missing_or_repeated_hour_is_refused_with_a_reason(settings: Settings, local: str) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    item = pages.page("Hush", path="hush", body="<p>Hush.</p>", state=State.DRAFT, publish_at=None)
    browser, address = staff.sign_in(), f"/admin/pages/page/{item.pk}/change/"
    answer = browser.post(address, forms.fill_form(browser, address, _step="schedule", due_at=local), follow=True)

    text = " ".join(answer.context["form_step_form"].errors["due_at"])
    item.refresh_from_db()
    assert ("Europe/Berlin" in text, item.state) == (True, State.DRAFT)


def test_suggested_time_is_half_past_nine_when_clocks_change(settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    friday = dt.datetime(2030, 3, 29, 12, tzinfo=dt.UTC)

    assert suggest_publish_time(friday) == dt.datetime(2030, 4, 1, 7, 30, tzinfo=dt.UTC)
