import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from news.radar import EqualNames, OpenAppointments
from tests.factories import news, staff

pytestmark = pytest.mark.django_db


def lines(queue: Any) -> list[tuple[str, str]]:
    return [(line.url, line.detail) for line in queue().items(staff.account("Editor"), timezone.now())]


def test_open_appointment_beside_a_successor() -> None:
    position = news.position()
    row = news.appointment(position=position, attested_on=dt.date(2000, 5, 1))
    other = news.appointment(position=news.position(), from_on=dt.date(2000, 1, 1))
    # Written before overlaps were refused.
    type(row).objects.filter(pk=row.pk).update(is_sole=False)
    later = news.appointment(position=news.position(), from_on=dt.date(2010, 1, 1))
    type(row).objects.filter(pk=later.pk).update(position=position, is_sole=False)

    assert lines(OpenAppointments) == [(f"/admin/news/appointment/{row.pk}/change/", "There is a successor.")]
    assert other.ends_before is None


def test_open_appointment_in_a_dissolved_organization() -> None:
    organization = news.organization("Old Bureau", dissolved_on=dt.date(2007, 1, 1))
    row = news.appointment(position=news.position(organization=organization), from_on=dt.date(2000, 1, 1))

    assert lines(OpenAppointments) == [(f"/admin/news/appointment/{row.pk}/change/", "Old Bureau was dissolved.")]


def test_equal_names_without_a_note() -> None:
    row = news.person("Zhang", "Wei", slug="zhang-a")
    news.person("Zhang", "Wei", slug="zhang-b", told_apart_by="engraver")
    news.person("Wang", "Wei")

    assert lines(EqualNames) == [(f"/admin/news/person/{row.pk}/change/", "")]
