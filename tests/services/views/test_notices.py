import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from postportal.pages.models import ServiceNotice
from tests.factories import pages, services
from tests.services.views.page_content import NOW

pytestmark = pytest.mark.django_db

PAGE = "/services/notices/"
YESTERDAY, TODAY = dt.date(2026, 3, 19), dt.date(2026, 3, 20)


def sections(html: str) -> tuple[str, str]:
    """Return the current and the past notices."""
    main = html.split("<main")[1].partition("</main>")[0]
    current, _heading, past = main.partition('id="past"')
    return current, past


def test_notice_is_current_until_its_last_day_has_passed_and_then_a_past_one(client: Client) -> None:
    pages.notice("Open end", begins_on=YESTERDAY)
    pages.notice("Last day", begins_on=YESTERDAY, ends_on=TODAY)
    pages.notice("Over", begins_on=YESTERDAY, ends_on=YESTERDAY)

    current, past = sections(client.get(PAGE).text)
    assert [text for text in ("Open end", "Last day", "Over") if text in current] == ["Open end", "Last day"]
    assert [text for text in ("Open end", "Last day", "Over") if text in past] == ["Over"]


def test_hidden_notices_are_nowhere_not_even_among_the_past_ones(client: Client) -> None:
    days = {"begins_on": YESTERDAY, "ends_on": YESTERDAY}
    pages.notice("Hush draft", publish_at=None, **days)
    pages.notice("Hush later", publish_at=NOW + dt.timedelta(seconds=1), **days)
    pages.notice("Hush expired", expire_at=NOW, **days)
    pages.notice("Hush now", publish_at=None, begins_on=TODAY)

    texts = [client.get(url).text for url in (PAGE, "/feeds/notices.atom", "/feeds/notices.rss", "/feeds/notices.ics")]
    assert [text for text in texts if "Hush" in text] == []


def test_past_notice_is_no_longer_above_the_pages(client: Client) -> None:
    pages.notice("Roads closed", begins_on=YESTERDAY, ends_on=TODAY)
    pages.notice("Newer but over", begins_on=YESTERDAY, ends_on=YESTERDAY)

    html = client.get("/services/").text
    assert "Roads closed" in html
    assert "Newer but over" not in html


def test_current_notice_says_where_and_which_number_to_call(client: Client) -> None:
    hotline = services.hotline("Letters")
    services.short_code_number(hotline)
    notice = pages.notice(
        "<b>Snow</b>", areas="Outer islands", begins_on=TODAY, ends_on=TODAY, fallback_hotline=hotline
    )
    notice.services.add(services.service("Parcels"))

    current, _past = sections(client.get(PAGE).text)
    for part in (
        f'id="notice-{notice.pk}"',
        "&lt;b&gt;Snow&lt;/b&gt;",
        "20 March 2026",
        "Parcels; Outer islands",
        '<a class="number" href="tel:11185">11185</a>',
    ):
        assert part in current
    assert f'href="{PAGE}"' in client.get("/services/hotlines/").text


def test_calendar_has_the_days_of_each_notice(client: Client) -> None:
    pages.notice("Snow; ice", begins_on=YESTERDAY, ends_on=TODAY, areas="Outer islands")
    pages.notice("Without days")

    answer = client.get("/feeds/notices.ics")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (str(event["summary"]), str(event["location"])) == ("Snow; ice", "Outer islands")
    assert (event["dtstart"].dt, event["dtend"].dt) == (YESTERDAY, TODAY + dt.timedelta(days=1))


@pytest.mark.parametrize("feed_format", ["atom", "rss"])
def test_feed_has_current_and_past_notices_newest_first(client: Client, feed_format: str) -> None:
    pages.notice("Over", begins_on=YESTERDAY, ends_on=YESTERDAY, publish_at=NOW - dt.timedelta(days=2))
    notice = pages.notice("Snow & ice", publish_at=NOW - dt.timedelta(days=1))

    text = client.get(f"/feeds/notices.{feed_format}").text
    assert 0 < text.index("Snow &amp;") < text.index("Over")
    assert f"{PAGE}#notice-{notice.pk}" in text


@pytest.mark.parametrize("days", [{"ends_on": TODAY}, {"begins_on": TODAY, "ends_on": YESTERDAY}])
def test_last_day_without_or_before_the_first_is_refused(days: dict[str, dt.date]) -> None:
    notice = ServiceNotice(text="Snow", **days)

    with pytest.raises(ValidationError, match="Enter a first day that is not after the last day"):
        notice.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save()


@pytest.mark.parametrize("notices", [1, 50])
def test_query_count_is_the_same_for_one_notice_and_fifty(
    client: Client, notices: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hotline = services.hotline()
    services.short_code_number(hotline)
    for _ in range(notices):
        for days in ({}, {"begins_on": YESTERDAY, "ends_on": YESTERDAY}):
            pages.notice(fallback_hotline=hotline, **days).services.add(services.service())

    with django_assert_num_queries(8):
        client.get(PAGE)
