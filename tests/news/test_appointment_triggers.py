import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from news import appointment_triggers
from news.models import Appointment
from tests.factories import news

pytestmark = [pytest.mark.django_db, pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL excludes")]


def _names() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'appointment%'")
        return {name for (name,) in cursor.fetchall()}


def test_triggers_are_installed_after_every_migration() -> None:
    before = _names()
    appointment_triggers.keep(using="default")

    rules = ("appointment_one_holder", "appointment_person_once")
    assert _names() == before == {f"{rule}_{event}" for rule in rules for event in ("insert", "update")}


def test_statement_without_the_model_is_refused() -> None:
    first = news.appointment(from_on=dt.date(2019, 1, 1), until_on=dt.date(2019, 12, 31))
    news.appointment(position=first.position, from_on=dt.date(2020, 1, 1))

    with pytest.raises(IntegrityError, match="appointment_one_holder"), transaction.atomic():
        Appointment.objects.filter(pk=first.pk).update(lasts_until=None)
