import datetime as dt

import pytest
from django.test import Client
from icalendar import Calendar

from postportal.publishing.models import State
from tests.factories import services
from tests.services.views.page_content import NOW

pytestmark = pytest.mark.django_db


def entries(client: Client, url: str) -> list[tuple[str, dt.date]]:
    answer = client.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    calendar = Calendar.from_ical(answer.content)
    return [(str(event["summary"]), event["dtstart"].dt) for event in calendar.walk("VEVENT")]


def test_calendars_have_the_public_days_of_issue(client: Client) -> None:
    old = services.stamp_issue("Old; roads, ways", issued_on=dt.date(2025, 5, 1), year=2025, number=1)
    new = services.stamp_issue("New", issued_on=dt.date(2027, 1, 5))
    services.stamp_issue("Hidden", publish_at=NOW + dt.timedelta(days=9999))
    services.stamp_issue("Draft", state=State.DRAFT)
    services.stamp_issue("Cancelled", is_cancelled=True)
    services.stamp_issue("Some month", issued_precision="month")
    undated = services.stamp_issue("Undated", issued_on=None)
    both = [("New", dt.date(2027, 1, 5)), ("2025-1 Old; roads, ways", dt.date(2025, 5, 1))]

    assert entries(client, "/feeds/stamps.ics") == both
    assert entries(client, "/feeds/stamps/2025.ics") == both[1:]
    assert entries(client, f"/feeds/stamps/issue/{new.slug}.ics") == both[:1]
    assert f"http://testserver{old.get_absolute_url()}" in client.get("/feeds/stamps/2025.ics").text
    gone = [f"/feeds/stamps/issue/{undated.slug}.ics", "/feeds/stamps/2024.ics", "/feeds/stamps/issue/never.ics"]
    assert [client.get(url).status_code for url in gone] == [404] * 3
