"""Service notices are above every page: editors need a second person, publishers and the service desk do not."""

from typing import Any

import pytest
from django.test import Client

from postportal.pages.models import ServiceNotice
from postportal.publishing.models import Edition
from tests.factories import forms, pages, services, staff
from tests.postportal.publishing.admin.test_proposals import queue
from tests.postportal.publishing.revision_pages import admin_url, messages_of

pytestmark = pytest.mark.django_db


def save(browser: Client, notice: ServiceNotice, **changes: Any) -> Any:
    url = admin_url(notice, "change")
    return browser.post(url, forms.fill_form(browser, url, **changes), follow=True)


@pytest.mark.parametrize("role", ["Publisher", "Service desk"])
def test_who_may_publish_saves_in_one_step(role: str) -> None:
    notice = pages.notice("Snwo.")

    save(staff.sign_in(role=role), notice, text="Snow.")

    assert (ServiceNotice.objects.get().text, Edition.objects.count()) == ("Snow.", 0)


def test_editor_proposes_and_another_editor_publishes() -> None:
    notice, letters, parcels = pages.notice("Snow."), services.service(), services.service()
    notice.services.add(letters)
    editor, colleague = staff.sign_in(role="Editor"), staff.sign_in(role="Editor")

    answer = save(editor, notice, text="Ice.", services=[letters.pk, parcels.pk])

    assert "were submitted" in messages_of(answer)[-1]
    feed = Client().get("/feeds/notices.atom")
    assert ("Ice." in Client().get("/").text, "Ice." in feed.text) == (False, False)
    assert (queue(editor, "proposals"), queue(colleague, "proposals")) == ([], ["Snow."])

    url = admin_url(notice, "proposal")
    colleague.post(url, {"step": "publish", "seen": colleague.get(url).context["seen"]})

    assert ServiceNotice.objects.get().text == "Ice."
    assert set(ServiceNotice.objects.get().services.all()) == {letters, parcels}
    assert "Ice." in Client().get("/").text


def test_editor_deletes_and_restores_nothing() -> None:
    notice, editor = pages.notice("Snow."), staff.sign_in(role="Editor")
    save(staff.sign_in(role="Publisher"), notice, text="Ice.")

    selected = {**forms.selected_rows(notice), "action": "delete_selected", "post": "yes"}
    answers = [
        editor.post(admin_url(notice, "delete"), {"post": "yes"}),
        editor.post(admin_url(notice, "restore", 1)),
        editor.post(admin_url(notice, "release"), {"new_name": "Later"}),
        editor.post("/admin/pages/servicenotice/", selected),
    ]

    assert [answer.status_code for answer in answers[:3]] == [403, 403, 403]
    assert ServiceNotice.objects.get().text == "Ice."
