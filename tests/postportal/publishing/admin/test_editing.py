"""The form over a live item: what is saved waits beside the text that readers see."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from postportal.audit.models import Entry
from postportal.publishing.models import Edition, Revision, State
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import steps
from services.models import StampIssue
from tests.factories import forms, news, services, staff

pytestmark = pytest.mark.django_db


def form_of(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def save(row: Any, browser: Client, **changes: Any) -> Any:
    return browser.post(form_of(row), forms.fill_form(browser, form_of(row), _continue="1", **changes), follow=True)


def test_correction_of_a_live_article_waits_beside_it() -> None:
    browser, article = staff.sign_in(role="Editor"), news.article("Old title", tags=["rail"])

    save(article, browser, title="New title", tags=["rail", "night"])

    article.refresh_from_db()
    shown = forms.fill_form(browser, form_of(article))
    assert (article.title, list(article.tags.names())) == ("Old title", ["rail"])
    assert (shown["title"], sorted(shown["tags"])) == ("New title", ["night", "rail"])
    assert [row.kind for row in Revision.objects.of(article).newest_first()] == ["saved", "found"]


def test_publishing_shows_the_correction_at_once_with_its_rows() -> None:
    person, other = news.person(), news.organization()
    article = news.article("Old title", standfirst="By rail.")
    kept = news.mention(person, article=article)
    writer = staff.account("Editor")
    shown = forms.fill_form(staff.sign_in(writer), form_of(article))
    changes = {
        "mentions-TOTAL_FORMS": "2",
        "mentions-0-label": "Ms Zhou",
        "mentions-1-organization": other.pk,
        "mentions-1-order": "3",
        "mentions-1-article": article.pk,
        "mentions-1-label": "",
        "title": "New title",
    }
    staff.sign_in(writer).post(form_of(article), {**shown, **changes, "_continue": "1"})
    assert [(row.pk, row.label) for row in article.mentions.all()] == [(kept.pk, "")]

    # Opened and saved again, the row that is not there yet is still one row.
    save(article, staff.sign_in(writer), standfirst="Again.")
    steps.perform("publish", article, by=staff.account("Editor"))

    article.refresh_from_db()
    rows = list(article.mentions.order_by("order"))
    assert (article.title, article.standfirst) == ("New title", "Again.")
    assert [(row.label, row.organization) for row in rows] == [("Ms Zhou", None), ("", other)]
    assert rows[0].pk == kept.pk
    assert rows[1].pk > 0


def test_stamps_may_change_places_in_a_correction() -> None:
    issue = services.stamp_issue()
    first, second = services.stamp(issue, position=1), services.stamp(issue, position=2)
    writer = staff.account("Philatelist")
    content = snapshots.serialize(issue)
    for row in content["parts"]["stamps"]:
        row["position"] = 3 - row["position"]
    revisions.record_revision(issue, content, by=writer)

    steps.perform("publish", issue, by=staff.account("Philatelist"))

    assert {row.pk: row.position for row in issue.stamps.all()} == {first.pk: 2, second.pk: 1}


def test_scheduled_correction_shows_in_its_second_though_nothing_runs() -> None:
    article = news.article("Old title", standfirst="By rail.")
    writer, editor = staff.account("Editor"), staff.account("Editor")
    due = timezone.now() + dt.timedelta(hours=1)
    save(article, staff.sign_in(writer), title="New title")
    steps.perform("schedule", article, by=editor, due_at=due)
    reader = Client()

    with time_machine.travel(due - dt.timedelta(seconds=1), tick=False):
        before = reader.get(article.get_absolute_url()).content.decode()
    with time_machine.travel(due, tick=False):
        after = reader.get(article.get_absolute_url()).content.decode()

    assert ("Old title" in before, "New title" in before) == (True, False)
    assert ("Old title" in after, "New title" in after) == (False, True)
    assert Edition.objects.get().published_at == due


def test_scheduled_item_that_became_invalid_stays_hidden_and_says_why() -> None:
    article = news.article("Old title", slug="first", standfirst="By rail.")
    save(article, staff.sign_in(role="Editor"), slug="second")
    due = timezone.now() + dt.timedelta(hours=1)
    steps.perform("schedule", article, by=staff.account("Editor"), due_at=due)
    news.article("Other", slug="second")

    with time_machine.travel(due, tick=False):
        page = Client().get(article.get_absolute_url())

    edition = Edition.objects.get()
    assert page.status_code == 200
    assert (edition.stage, edition.failure) == ("draft", "A number or an address in it belongs to another item by now.")


def test_draft_needs_nothing_that_only_publishing_needs() -> None:
    browser = staff.sign_in(role="Author")
    address = reverse("admin:news_article_add")

    answer = browser.post(address, forms.fill_form(browser, address, section="", title="", _continue="1"), follow=True)

    article = Article.objects.get()
    assert answer.redirect_chain
    assert (article.state, article.section, str(article)) == (State.DRAFT, None, "(no title yet)")


def test_step_says_every_reason_why_not_and_keeps_the_text() -> None:
    browser = staff.sign_in(role="Editor")
    address = reverse("admin:news_article_add")

    fields = forms.fill_form(browser, address, section="", title="", _step="publish")
    answer = browser.post(address, fields, follow=True)

    assert [str(message) for message in answer.context["messages"]][-1] == (
        "“Publish now” was not done: You wrote some of it, so somebody else has to approve it first. "
        "It has no title. It is filed in no section. It has neither a standfirst nor a text."
    )
    assert Article.objects.get().state == State.DRAFT


def test_issue_with_new_stamps_is_corrected_and_published() -> None:
    issue = services.stamp_issue()
    writer = staff.account("Philatelist")
    shown = forms.fill_form(staff.sign_in(writer), form_of(issue))
    new = {
        "stamps-TOTAL_FORMS": "1",
        "stamps-0-issue": issue.pk,
        "stamps-0-position": "1",
        "stamps-0-name": "Courier",
    }
    staff.sign_in(writer).post(form_of(issue), {**shown, **new, "_continue": "1"})
    assert StampIssue.objects.get().stamps.count() == 0

    steps.perform("publish", issue, by=staff.account("Philatelist"))

    assert [row.name for row in issue.stamps.all()] == ["Courier"]


def test_steps_stand_in_the_audit_log_with_who_took_them() -> None:
    article, editor = news.article("Old title", standfirst="By rail."), staff.account("Publisher")

    steps.perform("withdraw", article, by=editor, reason="Wrong figures.")
    steps.perform("reinstate", article, by=editor)

    of_article = Entry.objects.filter(item_label="news.article")
    entries = of_article.order_by("pk").values_list("action", "actor_id", "item_key", "detail")
    assert list(entries) == [
        ("withdraw", editor.pk, str(article.pk), "Wrong figures."),
        ("restore", editor.pk, str(article.pk), ""),
    ]


@pytest.mark.parametrize(("ahead", "is_said"), [(dt.timedelta(days=1), True), (dt.timedelta(days=-1), False)])
def test_form_says_from_when_readers_see_what_came_with_a_moment(ahead: dt.timedelta, is_said: bool) -> None:
    article = news.article(publish_at=timezone.now() + ahead)

    page = staff.sign_in(role="Editor").get(form_of(article)).content.decode()

    assert ("Readers see this text." in page, "Readers see this from " in page) == (
        not is_said,
        is_said,
    )
