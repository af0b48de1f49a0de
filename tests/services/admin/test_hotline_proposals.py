"""Hotlines that somebody may change only with a second person: all for editors, those on every page for the service
desk."""

from typing import Any

import pytest
from django.test import Client

from postportal.publishing.models import Edition, Revision
from postportal.publishing.workflow import proposals
from services.models import Hotline
from tests.factories import forms, services, staff
from tests.postportal.interchange.round_trips import exported, tried
from tests.postportal.publishing.admin.test_proposals import queue
from tests.postportal.publishing.admin.two_editors import choose
from tests.postportal.publishing.revision_pages import admin_url, messages_of

pytestmark = pytest.mark.django_db


def save(browser: Client, hotline: Hotline, **changes: Any) -> Any:
    url = admin_url(hotline, "change")
    return browser.post(url, forms.fill_form(browser, url, **changes), follow=True)


def publish(browser: Client, hotline: Hotline) -> Any:
    url = admin_url(hotline, "proposal")
    return browser.post(url, {"step": "publish", "seen": browser.get(url).context["seen"]}, follow=True)


def numbers() -> list[str]:
    return [str(row) for row in Hotline.objects.get().numbers.order_by("pk")]


def test_editor_proposes_numbers_and_hours_and_the_desk_publishes_them() -> None:
    hotline = services.hotline("Parcels")
    services.short_code_number(hotline)
    services.opening_hours(hotline, days="0-4", times="09:00-17:00")
    editor, desk = staff.sign_in(role="Editor"), staff.sign_in(role="Service desk")

    save(editor, hotline, **{"numbers-0-number": "11183", "opening_hours-0-hours": "10–16", "note": "Press 0."})

    assert (numbers(), Hotline.objects.get().note) == (["11185"], "")
    page = Client().get("/services/hotlines/").text
    assert ("11183" in page, "Press 0." in page) == (False, False)
    assert queue(desk, "proposals") == ["Parcels"]
    changes = desk.get(admin_url(hotline, "proposal")).content.decode()
    assert ("11183" in changes, "Press 0." in changes) == (True, True)

    publish(desk, hotline)

    row = Hotline.objects.get()
    assert (numbers(), row.note) == (["11183"], "Press 0.")
    assert [each.hours for each in row.opening_hours.all()] == ["10:00-16:00"]
    newest = Revision.objects.of(row).newest_first()[0]
    assert [each["short_code"] for each in newest.content["parts"]["numbers"]] == ["11183"]
    assert queue(editor, "proposal-outcomes") == ["Parcels"]


def test_number_that_was_added_meanwhile_stays() -> None:
    hotline = services.hotline("Parcels")
    services.short_code_number(hotline)
    editor, desk = staff.sign_in(role="Editor"), staff.sign_in(role="Service desk")
    save(editor, hotline, **{"numbers-0-number": "11183"})

    services.number_from_abroad(hotline)
    publish(desk, hotline)

    assert numbers() == ["11183", "+861011185"]


def test_desk_changes_a_hotline_in_one_step_unless_it_is_on_every_page() -> None:
    hotline, desk = services.hotline("Prcels"), staff.sign_in(role="Service desk")

    save(desk, hotline, purpose="Parcels")
    assert (Hotline.objects.get().purpose, Edition.objects.count()) == ("Parcels", 0)

    Hotline.objects.update(is_on_every_page=True)
    answer = save(desk, hotline, purpose="Parcels and letters")
    assert "were submitted" in messages_of(answer)[-1]
    assert Hotline.objects.get().purpose == "Parcels"
    assert desk.get(admin_url(hotline, "delete")).status_code == 403

    colleague = staff.sign_in(role="Service desk")
    assert messages_of(publish(desk, hotline)) == ["A second person has to publish this: you have worked on it."]
    publish(colleague, hotline)
    assert Hotline.objects.get().purpose == "Parcels and letters"


def test_publisher_changes_a_hotline_on_every_page_in_one_step() -> None:
    hotline, publisher = services.hotline("Prcels", is_on_every_page=True), staff.sign_in(role="Publisher")

    answer = save(publisher, hotline, purpose="Parcels")

    assert (Hotline.objects.get().purpose, Edition.objects.count()) == ("Parcels", 0)
    assert "was changed successfully" in messages_of(answer)[0]


def test_hotline_comes_on_every_page_with_a_second_person_only() -> None:
    hotline, desk = services.hotline("Parcels"), staff.sign_in(role="Service desk")
    services.short_code_number(hotline)

    answer = save(desk, hotline, is_on_every_page="on", note="Press 0.")

    [message] = messages_of(answer)
    assert message == (
        "Your changes to “Parcels” were submitted. Readers see them once a second person publishes them."
    )
    row = Hotline.objects.get()
    assert (row.is_on_every_page, row.note, Revision.objects.count()) == (False, "", 0)
    assert "11185" not in Client().get("/").text
    publish(staff.sign_in(role="Publisher"), hotline)
    assert "11185" in Client().get("/").text


def test_proposal_of_somebody_else_is_not_replaced_unseen() -> None:
    hotline, desk = services.hotline("Parcels"), staff.sign_in(role="Service desk")
    save(staff.sign_in(role="Editor"), hotline, note="Press 0.")

    answer = save(desk, hotline, is_on_every_page="on")

    assert "saved this after you opened it" in messages_of(answer)[-1]
    proposal = proposals.open_proposal(hotline)
    assert proposal is not None
    assert (proposal.content["fields"]["note"], Hotline.objects.get().is_on_every_page) == ("Press 0.", False)


def test_file_puts_no_hotline_on_every_page_without_the_right_to_publish() -> None:
    services.hotline("Parcels")
    file = exported("hotlines").replace(b'"is_on_every_page": false', b'"is_on_every_page": true')

    by_desk = tried("hotlines", file, by=staff.account("Service desk"))
    by_publisher = tried("hotlines", file, by=staff.account("Publisher"))

    assert [[str(each) for each in row.refusals] for row in by_desk.outcomes] == [
        ["Item 1: It stands on every page. Propose it in its form, so that a second person publishes it."]
    ]
    assert [row.result for row in by_publisher.outcomes] == ["changed"]


def test_choices_of_a_conflict_put_no_hotline_on_every_page() -> None:
    hotline, desk = services.hotline("Parcels"), staff.sign_in(role="Service desk")
    url = admin_url(hotline, "change")
    mine = forms.fill_form(desk, url, is_on_every_page="on")
    save(staff.sign_in(role="Service desk"), hotline, note="Press 0.")
    page = desk.post(url, mine)

    answer = choose(desk, hotline, page, fields__is_on_every_page="mine", fields__note="theirs")

    assert answer.context["errors"] == ["This would stand on every page, and a second person has to publish that."]
    assert Hotline.objects.get().is_on_every_page is False


def test_form_that_is_not_valid_stays_a_form() -> None:
    hotline, desk = services.hotline("Parcels"), staff.sign_in(role="Service desk")

    answer = save(desk, hotline, is_on_every_page="on", purpose="")

    assert answer.context["adminform"].form["purpose"].errors == ["This field is required."]
    assert answer.context["adminform"].form["note"].field.disabled is False
