"""The form of those who may only propose changes, and the page of the second person."""

from typing import Any

import pytest
from django.urls import reverse

from postportal.pages.models import MenuItem, SiteSettings
from postportal.publishing.models import Edition, Revision
from postportal.publishing.workflow import proposals
from tests.factories import forms, pages, staff
from tests.postportal.publishing.revision_pages import admin_url, messages_of

pytestmark = pytest.mark.django_db


def queue(browser: Any, name: str) -> list[str]:
    answer = browser.get(reverse("admin:work_queue", args=[name]))
    return [line.text for line in answer.context["items"]]


def test_editor_proposes_and_publisher_publishes() -> None:
    item, editor, publisher = pages.menu_item("About"), staff.sign_in(role="Editor"), staff.sign_in(role="Publisher")
    url = admin_url(item, "change")

    answer = editor.post(url, forms.fill_form(editor, url, label="Contact"), follow=True)

    assert messages_of(answer) == [
        "Your changes to “About” were submitted. Readers see them once a second person publishes them."
    ]
    assert (MenuItem.objects.get().label, Revision.objects.count()) == ("About", 0)
    assert answer.context["adminform"].form["label"].value() == "Contact"
    assert "Contact" not in publisher.get("/").content.decode()
    assert publisher.get(url).context["adminform"].form["label"].value() == "About"
    assert queue(publisher, "proposals") == ["About"]

    page = publisher.get(admin_url(item, "proposal"))
    answer = publisher.post(admin_url(item, "proposal"), {"step": "publish", "seen": page.context["seen"]}, follow=True)

    assert messages_of(answer) == ["The changes to “About” were published."]
    assert (MenuItem.objects.get().label, queue(publisher, "proposals")) == ("Contact", [])


def test_editor_decides_nothing_and_saves_nothing_elsewhere() -> None:
    item, editor = pages.menu_item("About", order=10), staff.sign_in(role="Editor")
    url = admin_url(item, "change")
    editor.post(url, forms.fill_form(editor, url, label="Contact"))
    seen = proposals.mark_of(item)

    steps = [editor.post(admin_url(item, "proposal"), {"step": step, "seen": seen}) for step in ("publish", "return")]
    in_list = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": item.pk, "form-0-order": 5, "_save": "1"}
    editor.post(admin_url(item, "change").removesuffix(f"{item.pk}/change/"), in_list)

    assert [answer.status_code for answer in steps] == [403, 403]
    assert editor.post(admin_url(item, "delete"), {"post": "yes"}).status_code == 403
    assert (MenuItem.objects.get().label, MenuItem.objects.get().order) == ("About", 10)
    assert Edition.objects.get().stage == "review"


def test_returned_settings_show_the_note_and_outdated_form_keeps_what_was_typed() -> None:
    settings = pages.site_settings(footer_text="Post")
    editor, publisher = staff.sign_in(role="Editor"), staff.sign_in(role="Publisher")
    url = admin_url(settings, "change")
    outdated = forms.fill_form(editor, url, footer_text="Mail")
    editor.post(url, forms.fill_form(editor, url, footer_text="Letters"))

    assert "saved this after you opened it" in messages_of(editor.post(url, outdated, follow=True))[-1]
    returned = {"step": "return", "note": "Say parcels too.", "seen": proposals.mark_of(settings)}
    publisher.post(admin_url(settings, "proposal"), returned)

    assert "Say parcels too." in editor.get(url).content.decode()
    assert len(queue(editor, "returned-proposals")) == 1
    assert SiteSettings.load().footer_text == "Post"
    assert SiteSettings.last_loaded is not None
    assert SiteSettings.last_loaded.footer_text == "Post"


@pytest.mark.parametrize("step", ["publish", "return", "decline"])
def test_step_on_an_outdated_page_is_refused_and_keeps_the_note(step: str) -> None:
    item, editor, publisher = pages.menu_item("About"), staff.sign_in(role="Editor"), staff.sign_in(role="Publisher")
    url, proposal_url = admin_url(item, "change"), admin_url(item, "proposal")
    editor.post(url, forms.fill_form(editor, url, label="Contact"))
    seen = publisher.get(proposal_url).context["seen"]
    editor.post(url, forms.fill_form(editor, url, label="Contact us"))

    answer = publisher.post(proposal_url, {"step": step, "seen": seen, "note": "邮政 & “post”: too long"})

    assert messages_of(answer) == ["Someone saved a newer version. Review it first."]
    assert ("邮政 &amp; “post”: too long" in answer.content.decode(), Edition.objects.get().stage) == (True, "review")
    assert (MenuItem.objects.get().label, answer.context["seen"] != seen) == ("About", True)


def test_publisher_still_saves_in_one_step() -> None:
    item, publisher = pages.menu_item("Abuot"), staff.sign_in(role="Publisher")
    url = admin_url(item, "change")

    publisher.post(url, forms.fill_form(publisher, url, label="About"))

    assert (MenuItem.objects.get().label, Edition.objects.count()) == ("About", 0)
