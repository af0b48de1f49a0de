"""The dashboards of the demo accounts show work at every stage."""

import pytest
import time_machine
from django.contrib.auth.models import User

from tests.factories import staff
from tests.postportal.demo.conftest import NOW

pytestmark = pytest.mark.usefixtures("demo")


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("author", {"my-drafts": 1, "assigned": 1, "mentions": 1, "stale": 1}),
        ("editor", {"my-drafts": 1, "reviews": 1, "stale": 1}),
        ("publisher", {"assigned": 1, "reviews": 1, "failed-to-publish": 0, "broken-links": 0, "stale": 1}),
    ],
)
def test_dashboards_of_the_accounts_are_not_empty(name: str, counts: dict[str, int]) -> None:
    with time_machine.travel(NOW, tick=False):
        boxes = staff.sign_in(User.objects.get(username=name)).get("/admin/").context["work_queues"]

    found = {entry["queue"].name: entry["count"] for entry in boxes}
    assert {box: found[box] for box in counts} == counts


def test_calendar_shows_scheduled_items() -> None:
    with time_machine.travel(NOW, tick=False):
        browser = staff.sign_in(User.objects.get(username="publisher"))
        events = browser.get("/admin/calendar/?view=list").context["events"]

    # Content without a time of its own is public from the time it was created.
    assert [(event.event_type.value, event.text) for event in events if event.event_type.value != "embargo"] == [
        ("correction", "Parcel lockers open in 240 villages before the tea harvest"),
        ("scheduled", "Letter boxes that answer when the round is late (fictional)"),
        ("release", "Summer rounds (fictional)"),
    ]
