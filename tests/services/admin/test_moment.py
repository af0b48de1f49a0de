"""The form of a hotline at a moment, as it is typed."""

from typing import Any

import pytest

from services.admin.moment import moment_as_typed
from services.models import HotlineNumber
from tests.factories import services

pytestmark = pytest.mark.django_db
THURSDAY = "2026-10-01T12:20"


def typed(**changes: str) -> dict[str, str]:
    data = {
        "try_moment": THURSDAY,
        "time_zone": "Asia/Shanghai",
        "opening_hours-TOTAL_FORMS": "1",
        "opening_hours-0-hours": "Mon–Fri 8–12, 13:30–18",
        "numbers-TOTAL_FORMS": "2",
        "numbers-0-number": "400 890 9999",
        "numbers-0-order": "1",
        "numbers-1-order": "2",
        "numbers-0-valid_until": "2026-12-31",
        "numbers-1-number": "11183",
        "numbers-1-valid_from": "2027-01-01",
    }
    return data | changes


def test_hours_and_numbers_count_as_they_are_typed() -> None:
    moment = moment_as_typed(typed())

    assert (moment.state, moment.errors) == ("Opens at 1:30pm", ())
    assert moment.lines == ("Number to call: 400 890 9999", "From 1 January 2027: 11183 instead of 400 890 9999")
    assert moment_as_typed(typed(try_moment="2027-01-04T09:00")).lines == (
        *("Number to call: 11183", "400 890 9999: replaced by 11183"),
    )


def test_holidays_of_the_chosen_calendar_count() -> None:
    calendar = services.holiday_calendar(holidays={"2026-10-01": "National Day"})

    moment = moment_as_typed(typed(holiday_calendar=str(calendar.pk)))

    assert moment.state == "Closed today (National Day). Opens tomorrow at 8am."
    assert "1 October 2026: closed (National Day)" in moment.lines


def test_the_moment_is_of_the_portal_and_the_hours_are_of_the_zone_of_the_hotline() -> None:
    # 12:20 in Beijing is 6:20 in Berlin.
    assert moment_as_typed(typed(time_zone="Europe/Berlin")).state == "Opens at 8am"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"try_moment": ""}, "This field is required."),
        ({"try_moment": "9999-12-31T23:59"}, ""),
        ({"time_zone": "../../etc/passwd"}, "Unknown time zone."),
        ({"opening_hours-0-hours": "Mon to whenever"}, "“whenever” is not understood."),
        ({"holiday_hours": "Mon to whenever"}, "“whenever” is not understood."),
    ],
)
def test_what_cannot_be_read_is_said(changes: dict[str, str], words: str) -> None:
    errors = moment_as_typed(typed(**changes)).errors

    assert errors
    assert words in errors[0]


@pytest.mark.parametrize("total", ["", "-1", "١", "9" * 40, "9" * 5000])
def test_hostile_counts_and_keys_are_no_error(total: str) -> None:
    data: dict[str, Any] = typed(**{"numbers-TOTAL_FORMS": total, "numbers-0-id": "9" * 40, "holiday_calendar": "x"})

    assert moment_as_typed(data).state == "Opens at 1:30pm"


def test_nothing_is_stored_and_deleted_rows_do_not_count() -> None:
    moment = moment_as_typed(typed(**{"numbers-0-DELETE": "on", "opening_hours-0-DELETE": "on"}))

    assert (moment.state, moment.lines) == (
        "Opening hours not known",
        (*("No number can be called.", "From 1 January 2027: 11183"),),
    )
    assert HotlineNumber.objects.count() == 0
