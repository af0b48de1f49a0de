import datetime as dt

import pytest
from django.utils import timezone

from postportal.publishing.workflow.status import status_of
from postportal.staff.quick_search import search_everything
from services.dashboard import VERIFICATION_PERIOD
from tests.factories import services, staff

pytestmark = pytest.mark.django_db


def test_hotlines_are_due_for_verification_after_half_a_year() -> None:
    today = timezone.localdate()
    services.hotline("Never")
    services.hotline("Long ago", verified_on=today - VERIFICATION_PERIOD - dt.timedelta(days=1))
    services.hotline("Lately", verified_on=today - VERIFICATION_PERIOD)
    services.retired_hotline("Retired")
    services.hotline("Not yet", publish_at=timezone.now() + dt.timedelta(days=1))

    entries = staff.sign_in(role="Service desk").get("/admin/waiting/hotlines/").context["items"]

    assert [entry.text for entry in entries] == ["Never", "Long ago"]
    assert entries[0].detail == "never verified"
    assert entries[1].detail.startswith("last verified on ")


def quick_search(text: str) -> list[tuple[str, str]]:
    """Return the text and the detail of each row that the quick search finds for an administrator."""
    groups = search_everything(text, user=staff.account(is_superuser=True), at=timezone.now(), limit=5)
    return [(item.text, item.detail) for _search, items in groups for item in items]


def test_quick_search_finds_an_issue_by_its_serial_number() -> None:
    issue = services.stamp_issue("Mail Roads", year=2016, number=4, slug="other")
    services.stamp_issue("Geese", year=2016, number=5)

    assert quick_search("2016-4") == [("2016-4 Mail Roads", str(status_of(issue, timezone.now()).label))]


@pytest.mark.parametrize("text", ["11185", "8610", "+86 10"])
def test_quick_search_finds_a_hotline_by_its_numbers(text: str) -> None:
    hotline = services.planned_hotline("Letters", short_code="11185")
    services.number_from_abroad(hotline, as_printed="+86 10 11185", valid_from=dt.date(2990, 1, 1))
    services.hotline("Savings")

    assert quick_search(text) == [("Letters", "Planned")]
