"""An appointment has a form of its own, and is in the forms of its person and of its position."""

import datetime as dt
from typing import Any

import pytest

from news.models import Appointment, Person, Position
from postportal.publishing.models import Revision
from postportal.publishing.versions import restoring, revisions
from postportal.staff.permissions import change_url
from tests.factories import forms, news, services, staff
from tests.postportal.publishing.admin.two_editors import choose, proposals, save_form

pytestmark = pytest.mark.django_db


def history(row: Any) -> list[tuple[str, str]]:
    """Return kind and actor of each version of the row."""
    return [(each.kind, each.by.username if each.by else "") for each in Revision.objects.of(row).order_by("number")]


def opened(row: Any) -> tuple[Any, dict[str, Any]]:
    browser = staff.sign_in(role="Editor")
    return browser, forms.fill_form(browser, change_url(row))


def username(browser: Any) -> str:
    return str(browser.get("/admin/").context["user"].username)


def test_change_in_the_form_of_the_person_is_in_the_history_of_the_appointment_and_its_position() -> None:
    appointment = news.appointment()
    browser, fields = opened(appointment.person)

    save_form(browser, appointment.person, fields, **{"appointments-0-label": "Director-General"})

    for row in (appointment, appointment.position, appointment.person):
        assert history(row) == [("found", ""), ("saved", username(browser))], row
    newest = Revision.objects.of(appointment).newest_first()[0]
    assert newest.content["fields"]["label"] == "Director-General"


def test_save_that_changes_no_appointment_is_in_one_history() -> None:
    appointment = news.appointment()
    browser, fields = opened(appointment.person)

    save_form(browser, appointment.person, fields, given_name="Lan")

    assert (len(history(appointment.person)), history(appointment), history(appointment.position)) == (2, [], [])


def test_appointment_that_moves_is_in_the_history_of_both_positions() -> None:
    appointment, other = news.appointment(), news.position("Deputy")
    browser, fields = opened(appointment)

    save_form(browser, appointment, fields, position=other.pk)

    assert [kind for kind, _ in history(appointment.position)] == ["found", "saved"]
    assert [kind for kind, _ in history(other)] == ["saved"]
    assert Revision.objects.of(other).get().content["parts"]["appointments"][0]["pk"] == appointment.pk


@pytest.mark.parametrize("is_list", [False, True])
def test_deleted_appointment_is_in_the_history_of_its_person_and_its_position(is_list: bool) -> None:
    appointment, browser = news.appointment(), staff.sign_in(role="Editor")
    selection = {"action": "delete_selected", "post": "yes", **forms.selected_rows(appointment)}

    if is_list:
        browser.post("/admin/news/appointment/", selection)
    else:
        browser.post(
            f"/admin/news/appointment/{appointment.pk}/delete/", forms.delete_confirmation(appointment), follow=True
        )

    assert not Appointment.objects.exists()
    for row in (appointment.person, appointment.position):
        assert history(row) == [("found", ""), ("saved", username(browser))]
        assert Revision.objects.of(row).newest_first()[0].content["parts"]["appointments"] == []


def test_person_whose_appointment_was_changed_elsewhere_meets_that_change() -> None:
    appointment = news.appointment(label="Old")
    browser, fields = opened(appointment.person)
    other, their_fields = opened(appointment)
    save_form(other, appointment, their_fields, label="Theirs")

    page = save_form(browser, appointment.person, fields, **{"appointments-0-label": "Mine", "given_name": "Lan"})

    assert proposals(page) == {"fields.given_name": "mine", "parts.appointments": None}
    assert (Appointment.objects.get().label, Person.objects.get().given_name) == ("Theirs", "Mei")
    choose(browser, appointment.person, page, fields__given_name="mine", parts__appointments="theirs")
    assert (Appointment.objects.get().label, Person.objects.get().given_name) == ("Theirs", "Lan")


def test_appointment_that_was_changed_in_the_form_of_its_person_is_not_overwritten() -> None:
    appointment = news.appointment(label="Old")
    browser, fields = opened(appointment)
    other, their_fields = opened(appointment.person)
    save_form(other, appointment.person, their_fields, **{"appointments-0-label": "Theirs"})

    page = save_form(browser, appointment, fields, label="Mine")

    assert proposals(page) == {"fields.label": None}
    choose(browser, appointment, page, fields__label="mine")
    assert Appointment.objects.get().label == "Mine"
    assert history(appointment.person)[-1] == ("saved", username(browser))


def test_added_rows_of_two_editors_are_a_choice() -> None:
    organization = news.organization()
    (first, theirs), (second, mine) = opened(organization), opened(organization)
    rows = {"names-TOTAL_FORMS": 1, "names-0-kind": "former", "names-0-from_precision": "day"}
    rows["names-0-until_precision"] = "day"
    save_form(first, organization, theirs, **rows, **{"names-0-name": "Their name"})

    page = save_form(second, organization, mine, **rows, **{"names-0-name": "My name"})

    assert proposals(page) == {"parts.names": None}
    choose(second, organization, page, parts__names="mine")
    assert list(organization.names.values_list("name", flat=True)) == ["My name"]


def test_position_that_was_added_later_stays_while_somebody_holds_it() -> None:
    organization = news.organization("Old")
    revisions.record_outside_change(organization)
    position = news.position("Director", organization=organization)
    news.appointment(position=position)
    idle = news.position("Deputy", organization=organization)
    organization.name = "New"
    organization.save()

    first = Revision.objects.of(organization).get(number=1)
    result = restoring.restore(organization, first, by=staff.account("Editor"))

    organization.refresh_from_db()
    assert (organization.name, result.in_use) == ("Old", ["Director, New"])
    assert not Position.objects.filter(pk=idle.pk).exists()
    assert Position.objects.filter(pk=position.pk).exists()


def test_restored_position_keeps_those_who_hold_it() -> None:
    position = news.position("Old")
    appointment = news.appointment(position=position)
    organization = position.organization
    revisions.record_outside_change(organization)
    Position.objects.update(label="New")

    first = Revision.objects.of(organization).get(number=1)
    restoring.restore(organization, first, by=staff.account("Editor"))

    assert (Position.objects.get().label, Appointment.objects.get().pk) == ("Old", appointment.pk)
    assert [kind for kind, _ in history(position)] == ["found", "saved"]


def test_appointment_that_has_moved_is_not_brought_back_twice() -> None:
    appointment, other = news.appointment(), news.person()
    person = appointment.person
    revisions.record_outside_change(person)
    Appointment.objects.update(person=other)

    first = Revision.objects.of(person).get(number=1)
    result = restoring.restore(person, first, by=staff.account("Editor"))

    assert result.lost == [f"{Appointment.objects.get()} (now part of another item)"]
    assert Appointment.objects.get().person == other


def test_restoring_never_ends_an_embargo() -> None:
    later = dt.datetime(2200, 1, 1, tzinfo=dt.UTC)
    appointment = news.appointment(label="Old")
    person = appointment.person
    revisions.record_outside_change(person)
    Appointment.objects.update(label="New", publish_at=later)
    Person.objects.filter(pk=person.pk).update(publish_at=later, given_name="Lan")

    restoring.restore(person, Revision.objects.of(person).get(number=1), by=staff.account("Editor"))

    person.refresh_from_db()
    appointment.refresh_from_db()
    assert (person.given_name, appointment.label) == ("Mei", "Old")
    assert (person.publish_at, appointment.publish_at) == (later, later)


def test_restoring_never_shows_again_what_was_hidden() -> None:
    ended = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    appointment = news.appointment(label="Old")
    person = appointment.person
    revisions.record_outside_change(person)
    Appointment.objects.update(label="New", expire_at=ended)
    Person.objects.filter(pk=person.pk).update(expire_at=ended, given_name="Lan")

    restoring.restore(person, Revision.objects.of(person).get(number=1), by=staff.account("Editor"))

    person.refresh_from_db()
    appointment.refresh_from_db()
    assert (person.given_name, appointment.label) == ("Mei", "Old")
    assert (person.expire_at, appointment.expire_at) == (ended, ended)


def test_restored_appointment_does_not_take_a_seat_that_is_taken_now() -> None:
    position = news.position()
    appointment = news.appointment(position=position, from_on=dt.date(2010, 1, 1))
    person = appointment.person
    revisions.record_outside_change(person)
    appointment.until_on = dt.date(2019, 12, 31)
    appointment.save()
    news.appointment(position=position, from_on=dt.date(2020, 1, 1))

    with pytest.raises(Exception, match="would hold this position at the same time"):
        restoring.restore(person, Revision.objects.of(person).get(number=1), by=staff.account("Editor"))

    appointment.refresh_from_db()
    assert appointment.until_on == dt.date(2019, 12, 31)


def test_list_action_is_in_the_history_with_the_name_of_who_chose_it() -> None:
    hotline, browser = services.hotline(verified_on=None), staff.sign_in()

    browser.post(
        "/admin/services/hotline/", {"action": "mark_as_verified", **forms.selected_rows(hotline)}, follow=True
    )

    assert history(hotline) == [("found", ""), ("saved", username(browser))]


def test_hours_copied_from_another_hotline_belong_to_the_version_and_can_be_undone() -> None:
    hotline, source = services.hotline(), services.hotline()
    services.opening_hours(hotline, days="0", times="09:00-12:00")
    services.opening_hours(source, days="1", times="10:00-11:00")
    browser = staff.sign_in()
    before = hotline.opening_hours.get().hours
    fields = forms.fill_form(browser, change_url(hotline))

    save_form(browser, hotline, fields, copy_hours_from=source.pk)

    first, second = Revision.objects.of(hotline).order_by("number")
    assert hotline.opening_hours.get().hours == source.opening_hours.get().hours
    restoring.restore(hotline, first, by=staff.account("Editor"))
    assert hotline.opening_hours.get().hours == before
    assert second.content["parts"]["opening_hours"][0]["hours"] == source.opening_hours.get().hours
