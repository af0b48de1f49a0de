"""New rows proposed in the form, and what their writers and those who decide see of them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from news.models import Appointment, Person
from postportal.publishing.models import Edition, Revision
from postportal.publishing.workflow import proposals, proposed_rows
from services.models import Hotline
from tests.factories import forms, news, services, staff
from tests.postportal.publishing.admin.test_proposals import queue
from tests.postportal.publishing.revision_pages import admin_url, messages_of

pytestmark = pytest.mark.django_db
ADD = "/admin/news/person/add/"
PRECISION = {"names-0-from_precision": "day", "names-0-until_precision": "day"}
NAMES = {"names-TOTAL_FORMS": 1, "names-0-name": "周梅", "names-0-kind": "variant", **PRECISION}


def propose(browser: Client, **changes: Any) -> tuple[Any, Any]:
    """Send the form of a new person. Return the answer and the row that is proposed."""
    answer = browser.post(
        ADD, forms.fill_form(browser, ADD, family_name="Zhou", given_name="Mei", **changes), follow=True
    )
    edition = Edition.objects.order_by("pk").last()
    return answer, edition and proposed_rows.find_row(Person, edition.object_id)


def decide(browser: Client, item: Any, step: str, **fields: Any) -> Any:
    return browser.post(
        admin_url(item, "proposal"), {"step": step, "seen": proposals.mark_of(item), **fields}, follow=True
    )


def test_author_proposes_a_person_and_editor_publishes() -> None:
    author, editor = staff.sign_in(role="Author"), staff.sign_in(role="Editor")
    assert f'href="{ADD}"' in author.get("/admin/news/person/").content.decode()

    answer, item = propose(author)

    assert messages_of(answer)[0] == "“Zhou Mei” was submitted. Readers see it once a second person publishes it."
    assert answer.context["adminform"].form["family_name"].value() == "Zhou"
    assert (Person.objects.count(), queue(editor, "proposals")) == (0, ["Zhou Mei"])
    page = editor.get(admin_url(item, "proposal"))
    assert "Zhou" in page.content.decode()

    answer = decide(editor, item, "publish")

    assert messages_of(answer) == ["“Zhou Mei” was added."]
    assert answer.request["PATH_INFO"] == admin_url(Person.objects.get(), "change")
    assert Client().get("/people/zhou-mei/").status_code == 200
    assert (queue(editor, "proposals"), queue(author, "proposal-outcomes")) == ([], ["Zhou Mei"])


def test_nothing_of_it_is_public_or_in_lists() -> None:
    _answer, item = propose(staff.sign_in(role="Author"), name_zh="周梅")
    reader, editor = Client(), staff.sign_in(role="Editor")

    urls = ["/people/", "/search/?q=Zhou", "/api/search?q=Zhou", "/sitemap.xml", "/people/?q=Zhou"]
    shown = [url for url in urls if "Zhou Mei" in (text := reader.get(url).text) or "zhou-mei" in text]
    listed = editor.get("/admin/news/person/").content.decode() + editor.get("/admin/find/?q=Zhou").content.decode()

    assert (shown, reader.get("/people/zhou-mei/").status_code, "Zhou Mei" in listed) == ([], 404, False)
    assert reader.get(admin_url(item, "proposal")).status_code == 302


def test_returned_row_is_written_again_with_its_child_rows() -> None:
    author, editor = staff.sign_in(role="Author"), staff.sign_in(role="Editor")
    answer, item = propose(author, **NAMES)
    [names, _appointments] = answer.context["inline_admin_formsets"]
    assert [form.initial["name"] for form in names.formset.initial_forms] == ["周梅"]
    decide(editor, item, "return", note="Add the given name in Chinese.")
    assert queue(author, "returned-proposals") == ["Zhou Mei"]
    url = admin_url(item, "change")
    assert "Add the given name in Chinese." in author.get(url).content.decode()

    author.post(url, forms.fill_form(author, url, name_zh="周梅"))
    decide(editor, item, "publish")

    person = Person.objects.get()
    assert (person.name_zh, [each.name for each in person.names.all()]) == ("周梅", ["周梅"])


def test_declined_row_is_with_its_writer_until_dismissed() -> None:
    author, editor = staff.sign_in(role="Author"), staff.sign_in(role="Editor")
    _answer, item = propose(author)
    assert "Enter a note" in messages_of(decide(editor, item, "decline"))[0]

    decide(editor, item, "decline", note="She is in the register.")

    [line] = author.get(reverse("admin:work_queue", args=["proposal-outcomes"])).context["items"]
    assert (line.text, line.detail.partition(": ")[2]) == ("Zhou Mei", "She is in the register.")
    assert author.get(line.url).status_code == 200
    assert editor.post(line.dismiss_url).status_code == 404
    author.post(line.dismiss_url)
    assert queue(author, "proposal-outcomes") == []


def test_who_could_have_added_it_corrects_and_publishes_it_in_the_form() -> None:
    author, editor = staff.sign_in(role="Author"), staff.sign_in(role="Editor")
    _answer, item = propose(author)
    url = admin_url(item, "change")
    assert "Save and publish" in editor.get(url).content.decode()

    answer = editor.post(url, forms.fill_form(editor, url, given_name="Mei Lan"), follow=True)

    assert messages_of(answer)[-1] == "“Zhou Mei Lan” was added."
    assert Person.objects.get().given_name == "Mei Lan"


def test_outdated_form_is_refused_and_its_text_kept() -> None:
    author, editor = staff.sign_in(role="Author"), staff.sign_in(role="Editor")
    _answer, item = propose(author)
    url = admin_url(item, "change")
    outdated = forms.fill_form(author, url, given_name="Lan")
    author.post(url, forms.fill_form(author, url, given_name="Ling"))
    assert "saved this after you opened it" in messages_of(author.post(url, outdated, follow=True))[-1]

    decide(editor, item, "publish")

    answer = author.post(url, outdated, follow=True)
    assert "It was published or deleted after you opened it." in messages_of(answer)[-1]
    assert answer.context["autosave"]["offers"] != []
    assert Person.objects.get().given_name == "Ling"


def test_who_may_only_view_sees_the_proposal_and_who_may_not_proposes_nothing() -> None:
    _answer, item = propose(staff.sign_in(role="Author"))
    viewer, desk = staff.sign_in(role="Viewer"), staff.sign_in(role="Service desk")

    assert viewer.get(admin_url(item, "change")).url == admin_url(item, "proposal")
    assert viewer.post(admin_url(item, "proposal"), {"step": "publish"}).status_code == 403
    assert [browser.get(ADD).status_code for browser in (viewer, desk)] == [403, 403]
    assert desk.get(admin_url(item, "proposal")).status_code == 403
    assert staff.sign_in(role="Editor").get(f"/admin/news/person/{item.pk + 1}/proposal/").status_code == 404


def test_invalid_form_proposes_nothing() -> None:
    author = staff.sign_in(role="Author")

    answer = author.post(ADD, forms.fill_form(author, ADD, family_name="", given_name=""))

    assert "Enter a family name or a given name." in answer.content.decode()
    assert Edition.objects.count() == 0


def test_unsaved_text_of_a_proposal_is_stored() -> None:
    author = staff.sign_in(role="Author")
    _answer, item = propose(author)

    stored = author.post(admin_url(item, "autosave"), {"_form_key": "a" * 32, "family_name": "Zhu"})
    new = author.post("/admin/news/person/autosave/", {"_form_key": "b" * 32, "family_name": "Zhu"})

    assert (stored.status_code, new.status_code) == (200, 200)
    assert "a" * 32 in author.get(admin_url(item, "change")).content.decode()


def test_new_notice_and_new_hotline_for_every_page_need_a_second_person() -> None:
    editor, desk = staff.sign_in(role="Editor"), staff.sign_in(role="Service desk")
    notice_add, hotline_add = "/admin/pages/servicenotice/add/", "/admin/services/hotline/add/"
    fields = {"purpose": "Parcels", "service": services.service().pk, "numbers-0-number": "11185"}
    fields |= {"numbers-TOTAL_FORMS": 1, "numbers-0-order": 1}

    editor.post(notice_add, forms.fill_form(editor, notice_add, text="Snow on all roads."))
    desk.post(hotline_add, {**forms.fill_form(desk, hotline_add), **fields, "is_on_every_page": "on"})

    assert (Hotline.objects.count(), "Snow on all roads." in Client().get("/").text) == (0, False)
    assert (queue(desk, "proposals"), queue(editor, "proposals")) == (["Snow on all roads."], [])
    assert sorted(queue(staff.sign_in(role="Publisher"), "proposals")) == ["Parcels", "Snow on all roads."]
    desk.post(hotline_add, {**forms.fill_form(desk, hotline_add), **fields})
    assert [str(row.numbers.get()) for row in Hotline.objects.all()] == ["11185"]


def test_appointment_that_is_proposed_in_the_form_of_its_person_is_in_both_histories() -> None:
    row = news.appointment()
    author, editor = staff.sign_in(role="Author"), staff.sign_in(role="Editor")
    url = admin_url(row.person, "change")

    author.post(url, forms.fill_form(author, url, **{"appointments-0-label": "Chief"}))
    assert Appointment.objects.get().label == ""
    decide(editor, row.person, "publish")

    assert Appointment.objects.get().label == "Chief"
    assert [Revision.objects.of(each).newest_first()[0].kind for each in (row, row.person)] == ["saved", "saved"]
    assert Revision.objects.of(row.position).exists()
