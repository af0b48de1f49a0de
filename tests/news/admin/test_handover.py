import datetime as dt

import pytest
from django.utils import timezone

from news.models import Appointment, Handover
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db
ADD = "/admin/news/handover/add/"
LAST_DAY, FIRST_DAY = dt.date(2027, 3, 31), dt.date(2027, 4, 15)


def term() -> Appointment:
    return news.appointment(person=news.person("Zhou", "Mei"), from_on=dt.date(2019, 1, 1))


def typed(row: Appointment, **fields: object) -> dict[str, object]:
    values = {
        "position": row.position_id,
        "leaving": row.pk,
        "last_day": LAST_DAY,
        "comes": news.person("Gao", "Lin").pk,
        "first_day": FIRST_DAY,
        "publish_at": "2027-03-22T10:00:00",
        **fields,
    }
    return {name: value for name, value in values.items() if value is not None}


def test_position_leads_to_the_form_with_the_holder_filled_in() -> None:
    row, browser = term(), staff.sign_in(role="Editor")
    link = f"{ADD}?position={row.position_id}"

    assert link in browser.get(f"/admin/news/position/{row.position_id}/change/").content.decode()
    form = browser.get(link).context["adminform"].form
    assert str(form["leaving"].value()) == str(row.pk)
    assert [label for _value, label in form.fields["leaving"].choices][1:] == ["Zhou Mei (since 1 January 2019)"]


def test_handover_is_scheduled_in_one_save() -> None:
    row, browser = term(), staff.sign_in(role="Editor")
    link = f"{ADD}?position={row.position_id}"
    acting = news.person("He", "Jun")
    browser.post(link, forms.fill_form(browser, link, **typed(row, acting=acting.pk)))

    handover = Handover.objects.get()
    assert (handover.leaving, handover.acting_until) == (row, FIRST_DAY - dt.timedelta(days=1))
    assert handover.due_at == handover.publish_at
    assert Appointment.objects.count() == 1


def test_timeline_shows_what_readers_will_see() -> None:
    row, browser = term(), staff.sign_in(role="Editor")
    text = browser.post("/admin/news/handover/timeline/", typed(row)).content.decode()

    assert "Director, 1 January 2019 to 31 March 2027" in text
    assert "from 15 April 2027" in text
    # Between them nobody acts.
    assert "Vacant" in text
    assert Handover.objects.count() == 0


def test_timeline_names_both_who_overlap() -> None:
    row, browser = term(), staff.sign_in(role="Editor")
    text = browser.post("/admin/news/handover/timeline/", typed(row, first_day=LAST_DAY)).content.decode()

    assert "Gao Lin" in text
    assert "Zhou Mei" in text


def test_timeline_is_for_those_who_may_plan() -> None:
    row = term()

    assert staff.sign_in(role="Viewer").post("/admin/news/handover/timeline/", typed(row)).status_code == 403


def test_handover_that_was_made_cannot_be_changed() -> None:
    row, browser = term(), staff.sign_in(role="Editor")
    handover = news.handover(leaving=row, last_day=LAST_DAY, first_day=FIRST_DAY, publish_at=timezone.now())
    page = browser.get(f"/admin/news/handover/{handover.pk}/change/").content.decode()

    assert "This handover has been made" in page
    assert Appointment.objects.count() == 2
