import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import Appointment, Position
from postportal.staff.permissions import change_url
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db

DAY = {"from_precision": "day", "until_precision": "day"}


def new_row(place: int, **values: Any) -> dict[str, Any]:
    fields = {"appointments-TOTAL_FORMS": place + 1}
    return fields | {f"appointments-{place}-{name}": value for name, value in (DAY | values).items()}


def save(position: Position, **changes: Any) -> list[str]:
    """Save the form of the position, and return what it says of its appointments."""
    browser = staff.sign_in(role="Editor")
    page = browser.post(change_url(position), forms.fill_form(browser, change_url(position), **changes))
    if page.status_code == 302:
        return []
    [formset] = [
        each.formset for each in page.context["inline_admin_formsets"] if each.formset.prefix == "appointments"
    ]
    return [text for errors in formset.errors for texts in errors.values() for text in texts]


def held() -> list[tuple[str, str, str]]:
    rows = Appointment.objects.order_by("from_on").select_related("person")
    return [(row.person.family_name, str(row.from_on), str(row.until_on)) for row in rows]


def test_one_save_ends_one_appointment_and_begins_the_next() -> None:
    position, successor = news.position(), news.person("Bao")
    news.appointment(position=position, person=news.person("An"), from_on=dt.date(2020, 1, 1))
    row = new_row(1, person=successor.pk, from_on="2026-02-01")

    assert save(position, **row, **{"appointments-0-until_on": "2026-01-31"}) == []
    assert held() == [("An", "2020-01-01", "2026-01-31"), ("Bao", "2026-02-01", "None")]
    assert set(Appointment.objects.values_list("is_sole", flat=True)) == {True}


@pytest.mark.parametrize("day", [dt.date(2021, 6, 1), dt.date(2024, 6, 1)])
def test_one_save_moves_the_day_between_two_appointments(day: dt.date) -> None:
    position, before = news.position(), day - dt.timedelta(days=1)
    people = [news.person(name) for name in ("An", "Bao")]
    news.appointment(position=position, person=people[0], from_on=dt.date(2020, 1, 1), until_on=dt.date(2022, 12, 31))
    news.appointment(position=position, person=people[1], from_on=dt.date(2023, 1, 1))

    assert save(position, **{"appointments-0-until_on": str(before), "appointments-1-from_on": str(day)}) == []
    assert held() == [("An", "2020-01-01", str(before)), ("Bao", str(day), "None")]


def test_one_save_replaces_an_appointment() -> None:
    position, other = news.position(), news.person("Bao")
    news.appointment(position=position, from_on=dt.date(2020, 1, 1))
    row = new_row(1, person=other.pk, from_on="2020-01-01")

    assert save(position, **row, **{"appointments-0-DELETE": "on"}) == []
    assert held() == [("Bao", "2020-01-01", "None")]


def test_new_appointments_to_one_seat_are_refused_by_name() -> None:
    position = news.position()
    rows = new_row(0, person=news.person("An").pk, from_on="2026-02-01")
    rows |= new_row(1, person=news.person("Bao").pk, from_on="2026-02-02")

    assert "at the same time as Bao Mei" in save(position, **rows)[0]
    assert held() == []


def test_appointment_that_somebody_else_holds_is_refused_in_the_form_of_a_person() -> None:
    holder = news.appointment(from_on=dt.date(2020, 1, 1))
    person, browser = news.person("Bao"), staff.sign_in(role="Editor")
    row = new_row(0, position=holder.position_id, from_on="2026-02-01")

    page = browser.post(change_url(person), forms.fill_form(browser, change_url(person), **row))

    assert "End one appointment first." in page.text
    assert Appointment.objects.get() == holder


def test_person_who_takes_the_same_position_twice_is_refused_in_one_form() -> None:
    position, browser = news.position(seats=2), staff.sign_in(role="Editor")
    person = news.person("Bao")
    rows = new_row(0, position=position.pk, from_on="2026-02-01") | new_row(
        1, position=position.pk, from_on="2026-03-01"
    )

    page = browser.post(change_url(person), forms.fill_form(browser, change_url(person), **rows))

    assert "already holds this position" in page.text
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("model", ["organization", "person"])
def test_form_reads_no_organization_for_each_row(model: str) -> None:
    organization, person, browser = news.organization(), news.person("Bao"), staff.sign_in()
    owner = organization if model == "organization" else person
    counts = []
    for rows in (1, 9):
        for number in range(rows):
            position = news.position(f"Head {rows} {number}", organization=organization)
            news.appointment(person=person, position=position)
        browser.get(change_url(owner))
        with CaptureQueriesContext(connection) as queries:
            browser.get(change_url(owner))
        counts.append(sum('FROM "news_organization" WHERE' in query["sql"] for query in queries))

    assert counts[1] == counts[0]
