"""Concurrent requests, each with its own connection: one wins, the others are told, and nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models.signals import pre_save
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from news.models import Appointment, Article
from postportal.publishing.admin.editing import EditingAdmin
from postportal.publishing.models import Edition, Presence, Revision, State
from postportal.publishing.versions import revisions
from postportal.staff.models import Autosave
from postportal.staff.permissions import change_url
from tests.factories import forms, news, staff
from tests.postportal.publishing.conftest import read_in_thread

pytestmark = pytest.mark.django_db(transaction=True)


def prepare_save(user: User, row: Any, **changes: Any) -> Callable[[], Any]:
    browser = staff.sign_in(user)
    fields = {**forms.fill_form(browser, change_url(row)), "_continue": "1", **changes}
    return lambda: browser.post(change_url(row), fields)


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_of_four_concurrent_saves_one_wins_and_three_see_the_conflict_page(state: str, at_once: Any) -> None:
    article = news.article("Old", state=state, standfirst="By rail.")
    works = [prepare_save(staff.account("Editor"), article, title=f"Text-{number}") for number in range(4)]

    answers = at_once(*works)

    def read() -> Any:
        texts = [QueryDict(data)["title"] for data in Autosave.objects.values_list("data", flat=True)]
        stored = Revision.objects.of(article).newest_first().values_list("number", "kind")
        return revisions.current_content(Article.objects.get())["fields"]["title"], sorted(texts), list(stored)

    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 302]
    [winner] = [number for number, answer in enumerate(answers) if answer.status_code == 302]
    autosaved = [f"Text-{number}" for number in range(4) if number != winner]
    assert read_in_thread(read) == (f"Text-{winner}", autosaved, [(2, "saved"), (1, "found")])


def test_concurrent_publishing_publishes_once(at_once: Any) -> None:
    article = news.article("Old", state=State.DRAFT, publish_at=None, standfirst="By rail.")
    revisions.get_or_start_edition(article, by=staff.account("Editor"))
    Edition.objects.update(approved_at=news.LONG_AGO)

    answers = at_once(*(prepare_save(staff.account("Editor"), article, _step="publish") for _ in range(3)))

    stages = read_in_thread(lambda: list(Edition.objects.values_list("stage", flat=True)))
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert (stages, read_in_thread(lambda: Article.objects.get().state)) == (["published"], State.PUBLISHED)


def test_concurrent_save_and_deletion_lose_no_text(at_once: Any) -> None:
    article = news.article("Old", state=State.DRAFT, standfirst="By rail.")
    browser, address = staff.sign_in(), reverse("admin:news_article_delete", args=[article.pk])
    confirmed = forms.delete_confirmation(article)
    save = prepare_save(staff.account("Editor"), article, title="Mine")

    saved, deleted = at_once(save, lambda: browser.post(address, confirmed))

    def read() -> Any:
        return [
            *Article.objects.values_list("title", flat=True),
            *(QueryDict(data)["title"] for data in Autosave.objects.values_list("data", flat=True)),
        ]

    assert (saved.status_code, deleted.status_code, read_in_thread(read)) == (302, 302, ["Mine"])


def test_concurrent_deletion_and_step_are_no_error(at_once: Any) -> None:
    article = news.article("Old", standfirst="By rail.")
    browsers = [staff.sign_in() for _ in range(3)]
    confirmed = forms.delete_confirmation(article)
    delete = reverse("admin:news_article_delete", args=[article.pk])
    step = reverse("admin:news_article_step", args=[article.pk, "withdraw"])

    answers = at_once(
        lambda: browsers[0].post(delete, confirmed),
        lambda: browsers[1].post(delete, confirmed),
        lambda: browsers[2].post(step, {"reason": "Wrong tariff", "_version": 0}),
    )

    assert {answer.status_code for answer in answers} <= {302, 404}
    left = read_in_thread(lambda: list(Article.objects.values_list("state", flat=True)))
    assert left in ([], [State.WITHDRAWN]), "gone, or changed under the eyes of who wanted to delete it"


def test_concurrent_list_action_and_save_publish_nothing_unseen(at_once: Any) -> None:
    article = news.article("Old", state=State.DRAFT, publish_at=None, standfirst="By rail.")
    publisher, fields = staff.sign_in(), {"action": "publish_selected", **forms.selected_rows(article)}
    save = prepare_save(staff.account("Editor"), article, title="Unseen")

    at_once(save, lambda: publisher.post(reverse("admin:news_article_changelist"), fields))

    stored = read_in_thread(lambda: (Article.objects.get().state, Article.objects.get().title))
    assert stored in [(State.DRAFT, "Unseen"), (State.PUBLISHED, "Old")]


def test_concurrent_autosaves_are_one_row(at_once: Any) -> None:
    article, user = news.article(), staff.account("Editor")
    address = reverse("admin:news_article_autosave", args=[article.pk])
    browsers = [staff.sign_in(user) for _ in range(3)]
    fields = {"_form_key": "a" * 32, "title": "Mine"}

    answers = at_once(*(lambda browser=browser: browser.post(address, fields) for browser in browsers))

    assert [answer.status_code for answer in answers] == [200] * 3
    assert read_in_thread(Autosave.objects.count) == 1


def test_concurrent_opening_is_one_presence(at_once: Any) -> None:
    article, user = news.article(), staff.account("Editor")
    browsers = [staff.sign_in(user) for _ in range(3)]

    answers = at_once(*(lambda browser=browser: browser.get(change_url(article)) for browser in browsers))

    assert [answer.status_code for answer in answers] == [200] * 3
    assert read_in_thread(Presence.objects.count) == 1


def test_revision_number_taken_at_the_last_moment_is_no_error() -> None:
    article = news.article("Old", state=State.DRAFT, standfirst="By rail.")
    browser: Client = staff.sign_in(role="Editor")
    fields = {**forms.fill_form(browser, change_url(article)), "title": "Mine", "_continue": "1"}
    revisions.record_outside_change(article)
    taken: list[int] = []

    def take_the_number(sender: Any, instance: Revision, **kwargs: Any) -> None:
        if not taken:
            taken.append(instance.number)
            Revision.objects.bulk_create(
                [
                    Revision(
                        content_type=instance.content_type,
                        object_id=instance.object_id,
                        number=instance.number,
                        content=instance.content,
                        at=instance.at,
                    )
                ]
            )

    pre_save.connect(take_the_number, sender=Revision)
    try:
        answer = browser.post(change_url(article), fields, follow=True)
    finally:
        pre_save.disconnect(take_the_number, sender=Revision)

    assert (taken, answer.status_code) == ([2], 200)
    assert [str(message) for message in answer.context["messages"]][1:] == []
    assert Article.objects.get().title == "Mine"


def test_item_deleted_while_its_form_is_saved_loses_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    article = news.article("Old", state=State.DRAFT, standfirst="By rail.")
    save, get_item = prepare_save(staff.account("Editor"), article, title="Mine"), EditingAdmin.get_item

    def get_and_delete(*args: Any) -> Any:
        item = get_item(*args)
        Article.objects.all().delete()
        return item

    monkeypatch.setattr(EditingAdmin, "get_item", get_and_delete)

    assert save().status_code == 302
    assert [QueryDict(data)["title"] for data in Autosave.objects.values_list("data", flat=True)] == ["Mine"]


@pytest.mark.parametrize("run", range(3))
def test_appointment_saved_at_once_in_all_its_forms_is_changed_by_one(run: int, at_once: Any) -> None:
    appointment = news.appointment(label="Old")
    inline = "appointments-0-label"
    works = [
        prepare_save(staff.account("Editor"), appointment.person, **{inline: "Person"}),
        prepare_save(staff.account("Editor"), appointment.position, **{inline: "Position"}),
        prepare_save(staff.account("Editor"), appointment, label="Appointment"),
    ]

    answers = at_once(*works)

    [winner] = [place for place, answer in enumerate(answers) if answer.status_code == 302]
    stored = read_in_thread(lambda: Appointment.objects.get().label)
    assert (stored, sorted(answer.status_code for answer in answers)) == (
        ("Person", "Position", "Appointment")[winner],
        [200, 200, 302],
    )
