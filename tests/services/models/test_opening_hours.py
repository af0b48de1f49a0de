import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from services.models import OpeningHours
from tests.factories import services

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 3, 16)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "The usual hours are entered twice."),
        ({"valid_from": MONDAY, "valid_until": MONDAY - dt.timedelta(days=1)}, "The last day cannot be before"),
        ({"valid_from": MONDAY}, "Other hours begin on the same day."),
        ({"valid_from": MONDAY, "valid_until": MONDAY}, "Other hours have the same first and last day."),
    ],
)
def test_contradictory_hours_are_rejected_by_form_and_database(fields: dict, message: str) -> None:
    hotline = services.hotline()
    for period in ({}, {"valid_from": MONDAY}, {"valid_from": MONDAY, "valid_until": MONDAY}):
        OpeningHours.objects.create(hotline=hotline, hours="9-17", **period)
    row = OpeningHours(hotline=hotline, hours="10-12", **fields)

    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert any(text.startswith(message) for text in refusal.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_database_takes_no_other_characters_and_no_blank_hours() -> None:
    row = services.opening_hours(services.hotline(), days="0", times="9-17")

    for text in ("", "whenever"):
        with pytest.raises(IntegrityError), transaction.atomic():
            OpeningHours.objects.filter(pk=row.pk).update(hours=text)


def test_text_of_hours_names_period_and_times() -> None:
    hotline = services.hotline()
    rows = [
        services.opening_hours(hotline, days="0-4", times="09:00-17:00"),
        services.opening_hours(hotline, days="2026-03-16"),
    ]

    assert [str(row) for row in rows] == ["Mon–Fri 09:00–17:00", "2026-03-16–2026-03-16: closed"]
    assert [row.covers(MONDAY) for row in rows] == [True, True]
    assert rows[0].length > rows[1].length == 1
