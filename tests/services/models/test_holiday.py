import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from services.models import Holiday
from tests.factories import services

pytestmark = pytest.mark.django_db


def test_holidays_of_the_last_year_are_copied_once() -> None:
    calendar = services.holiday_calendar(
        holidays={"2027-10-01": "Old", "2028-02-29/2028-03-01": "Leap", "2028-10-01/2028-10-07": "National Day"}
    )

    assert calendar.copy_to_next_year() == 2
    rows = [(row.name, row.first_on, row.last_on) for row in calendar.holidays.filter(first_on__year=2029)]
    assert rows == [
        ("Leap", dt.date(2029, 3, 1), dt.date(2029, 3, 2)),
        ("National Day", dt.date(2029, 10, 1), dt.date(2029, 10, 7)),
    ]


def test_empty_calendar_has_nothing_to_copy() -> None:
    assert services.holiday_calendar().copy_to_next_year() == 0


def test_impossible_holiday_is_rejected_by_form_and_database() -> None:
    calendar = services.holiday_calendar(holidays={"2026-10-01": "National Day"})
    day = dt.date(2026, 10, 1)
    for fields, message in (
        ({"first_on": day + dt.timedelta(days=3), "last_on": day}, "cannot be before the first"),
        ({"first_on": day}, "Another holiday begins"),
    ):
        row = Holiday(calendar=calendar, name="Again", **fields)
        with pytest.raises(ValidationError, match=message):
            row.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
