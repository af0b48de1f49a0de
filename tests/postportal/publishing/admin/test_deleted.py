"""The list of deleted rows, and restoring one of them."""

from typing import Any

import pytest
from django.urls import reverse

from news.models import Appointment, Article, Handover, Person
from postportal.audit.current_command import running_command
from postportal.publishing.models import Revision, State
from tests.factories import forms, news, pages, services, staff
from tests.postportal.publishing.revision_pages import messages_of

pytestmark = pytest.mark.django_db


def delete(browser: Any, row: Any) -> None:
    browser.post(f"{reverse_of(row, 'changelist')}{row.pk}/delete/", forms.delete_confirmation(row))


def reverse_of(row: Any, name: str) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}")


def test_deleted_person_is_listed_and_restored_after_a_confirmation() -> None:
    person, browser = news.person("Zhou", "Mei"), staff.sign_in(role="Editor")
    delete(browser, person)
    assert not Person.objects.exists()
    assert reverse_of(person, "deleted") in browser.get(reverse_of(person, "changelist")).content.decode()

    [(revision, actor_name, url)] = browser.get(reverse_of(person, "deleted")).context["deletions"]
    page = browser.get(url)
    assert (revision.note, actor_name) == (str(person), str(browser.get("/admin/").context["user"]))
    assert (page.context["lost"], page.context["is_visible"], Person.objects.count()) == ([], True, 0)

    answer = browser.post(url, follow=True)

    assert messages_of(answer)[-1] == f"“{person}” was restored."
    assert Person.objects.get().pk == person.pk
    assert browser.get(reverse_of(person, "deleted")).context["deletions"] == []
    assert browser.get(f"{reverse_of(person, 'changelist')}{person.pk}/history/").status_code == 200


def test_planned_change_whose_day_passed_says_that_it_waits() -> None:
    handover = news.handover()
    handover.delete()
    browser = staff.sign_in(role="Editor")
    [(_, _, url)] = browser.get(reverse_of(handover, "deleted")).context["deletions"]

    page, answer = browser.get(url).content.decode(), browser.post(url, follow=True)

    assert ("comes back without “Public from”" in page, "Readers see it again" in page) == (True, False)
    assert "Its day passed while it was deleted." in messages_of(answer)[-1]
    assert Handover.objects.get().publish_at is None


def test_only_rows_with_a_page_come_back_at_their_url() -> None:
    browser, texts = staff.sign_in(), {}
    for row in (news.person(), pages.menu_item("Depots")):
        delete(browser, row)
        listed = browser.get(reverse_of(row, "deleted"))
        [(_, _, url)] = listed.context["deletions"]
        texts[row._meta.model_name] = listed.content.decode() + browser.get(url).content.decode()

    said = {name: ("with its URL" in text, "at its former URL" in text) for name, text in texts.items()}
    assert said == {"person": (True, True), "menuitem": (False, False)}
    assert "Readers see it again at once." in texts["menuitem"]


def test_refusal_is_said_before_and_after_the_button() -> None:
    person, browser = news.person(slug="zhou"), staff.sign_in(role="Editor")
    delete(browser, person)
    news.person(slug="zhou")
    [(_, _, url)] = browser.get(reverse_of(person, "deleted")).context["deletions"]

    for page in (browser.get(url), browser.post(url)):
        assert page.context["refusals"] == ["URL: Another item already uses this URL. Choose another."]
        assert 'type="submit" class="button default"' not in page.content.decode()
    assert Person.objects.count() == 1


def test_appointment_removed_in_the_form_of_its_person_can_be_restored() -> None:
    appointment, browser = news.appointment(), staff.sign_in(role="Editor")
    url = f"{reverse_of(appointment.person, 'changelist')}{appointment.person.pk}/change/"
    browser.post(url, forms.fill_form(browser, url, **{"appointments-0-DELETE": "on"}))
    assert not Appointment.objects.exists()

    [(_, _, undelete_url)] = browser.get(reverse_of(appointment, "deleted")).context["deletions"]
    browser.post(undelete_url)

    assert (Appointment.objects.get().pk, Appointment.objects.get().key) == (appointment.pk, appointment.key)


def test_author_restores_own_drafts_and_no_live_article() -> None:
    author = staff.account("Author")
    own, live = news.article("Mine", state=State.DRAFT, created_by=author), news.article("Live")
    for row in (own, live):
        delete(staff.sign_in(), row)
    browser = staff.sign_in(author)
    deletions = browser.get(reverse_of(own, "deleted")).context["deletions"]
    found = {revision.note: browser.post(url) for revision, _name, url in deletions}

    assert sorted(Article.objects.values_list("title", flat=True)) == ["Mine"]
    assert found["Live"].context["refusals"] == ["Your role does not allow this."]
    assert found["Mine"].status_code == 302


def test_only_those_who_may_delete_restore() -> None:
    service = services.service()
    delete(staff.sign_in(), service)
    revision = Revision.objects.last_of_deleted(type(service)).get()
    desk = staff.sign_in(role="Service desk")

    url = reverse("admin:services_service_undelete", args=[revision.pk])
    found = [desk.get(reverse_of(service, "deleted")), desk.get(url), desk.post(url)]

    assert [answer.status_code for answer in found] == [403, 403, 403]
    assert reverse_of(service, "deleted") not in desk.get(reverse_of(service, "changelist")).content.decode()


def test_what_a_command_deleted_is_listed_with_the_name_of_the_command() -> None:
    person, browser = news.person("Zhou", "Mei"), staff.sign_in(role="Editor")
    with running_command("<clear>"):
        Person.objects.filter(pk=person.pk).delete()

    page = browser.get(reverse_of(person, "deleted"))

    [(_revision, _actor_name, url)] = page.context["deletions"]
    for text in (page.content.decode(), browser.get(url).content.decode()):
        assert "by the command &lt;clear&gt;" in text


def test_a_request_inside_the_server_command_is_not_that_command() -> None:
    person, browser = news.person("Zhou", "Mei"), staff.sign_in(role="Editor")
    with running_command("runserver"):
        delete(browser, person)

    assert Revision.objects.last_of_deleted(Person).get().command == ""
