import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from news.models import Appointment, Handover
from postportal.publishing.workflow.planned import make_due
from postportal.staff.permissions import change_url
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db


def ahead(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def save(row: Any, **changes: Any) -> str:
    browser = staff.sign_in(role="Editor")
    answer = browser.post(change_url(row), forms.fill_form(browser, change_url(row), **changes), follow=True)
    return answer.content.decode()


@pytest.mark.parametrize("owner", ["appointment", "person", "position"])
def test_last_day_ahead_is_planned_and_shows_nowhere(owner: str) -> None:
    row = news.appointment(from_on=dt.date(2020, 1, 1))
    form, name = (row, "until_on") if owner == "appointment" else (getattr(row, owner), "appointments-0-until_on")

    page = save(form, **{name: str(ahead(40))})

    row.refresh_from_db()
    handover = Handover.objects.get()
    assert (row.until_on, row.ends_before) == (None, None)
    assert (handover.leaving, handover.last_day, handover.publish_at) == (row, ahead(40), None)
    assert change_url(handover) in page
    public = Client().get(row.person.get_absolute_url()).content.decode()
    assert "since 1 January 2020" in public
    assert str(ahead(40).year) not in public.partition("<main")[2].partition("</main")[0].replace("2020", "")


def test_last_day_shows_from_the_second_that_was_chosen() -> None:
    row = news.appointment(from_on=dt.date(2020, 1, 1))
    save(row, until_on=str(ahead(40)))
    save(row, until_on=str(ahead(50)))
    at = timezone.now() + dt.timedelta(days=1)
    planned = Handover.objects.get()
    planned.publish_at = at
    planned.save()

    make_due(Handover, planned.pk, at - dt.timedelta(seconds=1))
    row.refresh_from_db()
    assert row.until_on is None

    make_due(Handover, planned.pk, at)
    row.refresh_from_db()
    assert row.until_on == ahead(50)


def test_month_ahead_ends_with_its_last_day() -> None:
    row = news.appointment(from_on=dt.date(2020, 1, 1))
    year = timezone.localdate().year + 2

    save(row, until_on=f"{year}-02-01", until_precision="month")

    assert Handover.objects.get().last_day == dt.date(year, 3, 1) - dt.timedelta(days=1)
    row.refresh_from_db()
    assert row.until_precision == "day"


def test_what_readers_do_not_see_is_written_at_once() -> None:
    row = news.appointment(from_on=dt.date(2020, 1, 1), publish_at=timezone.now() + dt.timedelta(days=1))

    save(row, until_on=str(ahead(40)))

    row.refresh_from_db()
    assert row.until_on == ahead(40)
    assert not Handover.objects.exists()


def test_past_and_new_last_days_are_written_at_once() -> None:
    row = news.appointment(from_on=dt.date(2020, 1, 1))

    save(row, until_on=str(ahead(-40)))

    row.refresh_from_db()
    assert row.until_on == ahead(-40)
    assert not Handover.objects.exists()


def test_last_day_before_the_first_is_refused_at_the_field() -> None:
    row = news.appointment(from_on=ahead(60))

    page = save(row, until_on=str(ahead(40)))

    assert "The end date cannot be before the start date." in page
    assert Appointment.objects.get().until_on is None
    assert not Handover.objects.exists()
