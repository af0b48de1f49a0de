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
from postportal.staff.permissions import change_url
from services.models import StampIssue
from tests.factories import forms, news, services, staff

pytestmark = pytest.mark.django_db


def save(row: Any, browser: Client, **changes: Any) -> Any:
    return browser.post(
        change_url(row), forms.fill_form(browser, change_url(row), _continue="1", **changes), follow=True
    )


def test_correction_of_a_live_article_is_not_public() -> None:
    browser, article = staff.sign_in(role="Editor"), news.article("Old title", tags=["rail"])

    save(article, browser, title="New title", tags=["rail", "night"])

    article.refresh_from_db()
    fields = forms.fill_form(browser, change_url(article))
    assert (article.title, list(article.tags.names())) == ("Old title", ["rail"])
    assert (fields["title"], sorted(fields["tags"])) == ("New title", ["night", "rail"])
    assert [row.kind for row in Revision.objects.of(article).newest_first()] == ["saved", "found"]


def test_publishing_makes_the_correction_and_its_rows_public() -> None:
    person, other = news.person(), news.organization()
    article = news.article("Old title", standfirst="By rail.")
    kept = news.mention(person, article=article)
    writer = staff.account("Editor")
    fields = forms.fill_form(staff.sign_in(writer), change_url(article))
    changes = {
        "mentions-TOTAL_FORMS": "2",
        "mentions-0-label": "Ms Zhou",
        "mentions-1-organization": other.pk,
        "mentions-1-order": "3",
        "mentions-1-article": article.pk,
        "mentions-1-label": "",
        "title": "New title",
    }
    staff.sign_in(writer).post(change_url(article), {**fields, **changes, "_continue": "1"})
    assert [(row.pk, row.label) for row in article.mentions.all()] == [(kept.pk, "")]

    # A new row that is not public is not doubled by the next save.
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


def test_scheduled_correction_is_public_in_its_second_without_a_process() -> None:
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


def test_scheduled_item_that_became_invalid_stays_hidden_with_a_reason() -> None:
    article = news.article("Old title", slug="first", standfirst="By rail.")
    save(article, staff.sign_in(role="Editor"), slug="second")
    due = timezone.now() + dt.timedelta(hours=1)
    steps.perform("schedule", article, by=staff.account("Editor"), due_at=due)
    news.article("Other", slug="second")

    with time_machine.travel(due, tick=False):
        page = Client().get(article.get_absolute_url())

    edition = Edition.objects.get()
    assert page.status_code == 200
    assert (edition.stage, edition.failure) == (
        "draft",
        "Another article with this date already uses this URL. Choose another.",
    )


def test_form_of_changes_whose_url_was_taken_opens_with_another() -> None:
    article = news.article("Old title", slug="first", standfirst="By rail.")
    browser = staff.sign_in(role="Editor")
    save(article, browser, slug="second")
    news.article("Other", slug="second")

    form = browser.get(reverse("admin:news_article_change", args=[article.pk])).context["adminform"].form
    assert form.initial["slug"] == "second-2"
    save(article, browser)

    assert Edition.objects.get().content["fields"]["slug"] == "second-2"
    steps.perform("publish", article, by=staff.account("Editor"))
    article.refresh_from_db()
    assert article.slug == "second-2"


def messages_of(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def test_form_of_changes_whose_serial_was_taken_says_so_and_can_be_saved() -> None:
    issue = services.stamp_issue("Roads", year=2026, number=7)
    browser = staff.sign_in(role="Philatelist")
    save(issue, browser, number="9", title="New roads")
    services.stamp_issue("Rivers", year=2026, number=9)

    page = browser.get(change_url(issue))

    (message,) = messages_of(page)
    assert message.startswith("Another issue already has this serial number. Your changes had year “2026”, number")
    assert {name: page.context["adminform"].form.initial[name] for name in ("title", "number")} == {
        "title": "New roads",
        "number": 7,
    }
    refused = save(issue, browser, number="9")
    assert "Another issue already has this serial number." in str(refused.context["adminform"].form.errors)
    save(issue, browser, number="8")
    assert Edition.objects.get().content["fields"]["number"] == 8


def test_form_of_changes_whose_number_of_a_stamp_was_taken_opens_with_that_of_readers() -> None:
    issue = services.stamp_issue("Roads")
    services.stamp(issue, wns_number="CN001.26")
    browser = staff.sign_in(role="Philatelist")
    save(issue, browser, **{"stamps-0-wns_number": "CN002.26"})
    services.stamp(services.stamp_issue("Rivers"), wns_number="CN002.26")

    page = browser.get(change_url(issue))

    assert len(messages_of(page)) == 1
    assert forms.form_values(page)["stamps-0-wns_number"] == "CN001.26"


def test_draft_may_lack_what_publishing_needs() -> None:
    browser = staff.sign_in(role="Author")
    address = reverse("admin:news_article_add")

    answer = browser.post(address, forms.fill_form(browser, address, section="", title="", _continue="1"), follow=True)

    article = Article.objects.get()
    assert answer.redirect_chain
    assert (article.state, article.section, str(article)) == (State.DRAFT, None, "(no title yet)")


def test_refused_step_lists_every_reason_and_saves_the_text() -> None:
    browser = staff.sign_in(role="Editor")
    address = reverse("admin:news_article_add")

    fields = forms.fill_form(browser, address, section="", title="", _step="publish")
    answer = browser.post(address, fields, follow=True)

    assert [str(message) for message in answer.context["messages"]][-1] == (
        "“Publish now” could not be done: You wrote part of this text, so someone else must approve it first. "
        "Enter a title. Choose a section. Add a standfirst or body text."
    )
    assert Article.objects.get().state == State.DRAFT


def test_issue_with_new_stamps_is_corrected_and_published() -> None:
    issue = services.stamp_issue()
    writer = staff.account("Philatelist")
    fields = forms.fill_form(staff.sign_in(writer), change_url(issue))
    new = {
        "stamps-TOTAL_FORMS": "1",
        "stamps-0-issue": issue.pk,
        "stamps-0-position": "1",
        "stamps-0-name": "Courier",
    }
    staff.sign_in(writer).post(change_url(issue), {**fields, **new, "_continue": "1"})
    assert StampIssue.objects.get().stamps.count() == 0

    steps.perform("publish", issue, by=staff.account("Philatelist"))

    assert [row.name for row in issue.stamps.all()] == ["Courier"]


def test_steps_are_in_the_audit_log_with_their_user() -> None:
    article, editor = news.article("Old title", standfirst="By rail."), staff.account("Publisher")

    steps.perform("withdraw", article, by=editor, reason="Wrong figures.")
    steps.perform("reinstate", article, by=editor)

    of_article = Entry.objects.filter(item_label="news.article")
    entries = of_article.order_by("pk").values_list("action", "actor_id", "item_key", "detail")
    assert list(entries) == [
        ("withdraw", editor.pk, str(article.pk), "Wrong figures."),
        ("reinstate", editor.pk, str(article.pk), ""),
    ]


@pytest.mark.parametrize(("ahead", "is_future"), [(dt.timedelta(days=1), True), (dt.timedelta(days=-1), False)])
def test_form_names_a_future_publication_time(ahead: dt.timedelta, is_future: bool) -> None:
    article = news.article(publish_at=timezone.now() + ahead)

    page = staff.sign_in(role="Editor").get(change_url(article)).content.decode()

    assert ("This version is live." in page, "Readers will see this from " in page) == (
        not is_future,
        is_future,
    )
