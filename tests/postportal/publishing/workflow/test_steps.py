"""Steps do only what they say: no side effects on withdrawn, unpublished and scheduled items or in the audit log."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from news.models import Article
from postportal.audit.models import Entry
from postportal.publishing.models import State
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import steps
from postportal.publishing.workflow.definitions import STEPS
from postportal.publishing.workflow.rules import Attempt
from tests.factories import news, staff

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def with_changes(article: Article, title: str = "New title") -> Article:
    """Store unpublished changes by somebody who takes no step later; return the article."""
    content = snapshots.serialize(article)
    content["fields"]["title"] = title
    revisions.record_revision(article, content, by=staff.account("Editor"))
    return article


def withdrawn() -> Article:
    return news.article("Old title", standfirst="By rail.", state=State.WITHDRAWN, withdrawal_reason="Wrong figures.")


def unpublished() -> Article:
    return news.article("Old title", standfirst="By rail.", state=State.UNPUBLISHED, withdrawal_reason="In error.")


def test_published_changes_leave_a_withdrawn_article_withdrawn() -> None:
    article = with_changes(withdrawn())

    steps.perform("publish", article, by=staff.account("Editor"))

    article.refresh_from_db()
    assert (article.title, article.state, article.withdrawal_reason) == (
        "New title",
        State.WITHDRAWN,
        "Wrong figures.",
    )
    assert article.withdrawn_at is not None


def test_scheduled_changes_leave_a_withdrawn_article_withdrawn() -> None:
    article = with_changes(news.article("Old title", standfirst="By rail."))
    due = timezone.now() + HOUR
    steps.perform("schedule", article, by=staff.account("Editor"), due_at=due)
    steps.perform("withdraw", article, by=staff.account("Publisher"), reason="Wrong figures.")

    with time_machine.travel(due, tick=False):
        listed = Client().get("/news/").content.decode()

    article.refresh_from_db()
    assert (article.title, article.state) == ("New title", State.WITHDRAWN)
    assert "New title" not in listed


def test_only_a_publisher_can_republish_an_unpublished_article() -> None:
    article = unpublished()

    with pytest.raises(ValidationError) as refusal:
        steps.perform("publish", article, by=staff.account("Editor"))
    republished = steps.perform("publish", article, by=staff.account("Publisher"))

    assert refusal.value.messages == ["This item was unpublished. Only a publisher can publish it again."]
    assert republished.state == State.PUBLISHED


def test_unpublished_article_can_be_scheduled() -> None:
    due = timezone.now() + HOUR

    article = steps.perform("schedule", unpublished(), by=staff.account("Publisher"), due_at=due)

    assert (article.state, article.publish_at) == (State.SCHEDULED, due)
    assert list(Article.objects.published(due - dt.timedelta(seconds=1))) == []
    assert list(Article.objects.published(due)) == [article]


def test_editor_cannot_lift_an_embargo_by_cancelling_the_schedule() -> None:
    article, editor = with_changes(news.article("Old title", standfirst="By rail.")), staff.account("Editor")
    steps.perform("schedule", article, by=editor, due_at=timezone.now() + HOUR)

    with pytest.raises(ValidationError) as refusal:
        steps.perform("unschedule", article, by=editor)
    steps.perform("unschedule", article, by=staff.account("Publisher"))

    text = "This item is under embargo. Only a publisher can publish it early or cancel the schedule."
    assert refusal.value.messages == [text]


def test_log_does_not_name_the_reader_whose_request_published_the_article() -> None:
    article, editor = with_changes(news.article("Old title", standfirst="By rail.")), staff.account("Editor")
    due = timezone.now() + HOUR
    steps.perform("schedule", article, by=editor, due_at=due)
    editor.delete()

    with time_machine.travel(due, tick=False):
        answer = Client(REMOTE_ADDR="203.0.113.9").get(article.get_absolute_url())

    entry = Entry.objects.get(action="publish")
    assert (entry.actor_id, entry.address, entry.item_key) == (None, "", str(article.pk))
    assert (answer.status_code, answer.headers.get("Vary"), answer.cookies) == (200, None, {})


@pytest.mark.parametrize("step", ["publish", "force", "schedule"])
def test_item_that_expires_before_publication_is_refused(step: str) -> None:
    now = timezone.now()
    article = news.article(standfirst="By rail.", state=State.DRAFT, publish_at=None, expire_at=now)

    with pytest.raises(ValidationError) as refusal:
        steps.perform(step, article, by=staff.account(is_superuser=True), at=now, due_at=now + HOUR, reason="Urgent.")

    assert refusal.value.messages == ["“Public until” must be later than the publication time."]


@pytest.mark.parametrize("name", ["publish", "schedule", "force"])
def test_input_of_the_form_can_be_left_out_of_the_refusals(name: str) -> None:
    now = timezone.now()
    article = news.article(standfirst="By rail.", state=State.DRAFT, publish_at=None, expire_at=now + HOUR)
    attempt = Attempt(item=article, edition=None, by=staff.account(is_superuser=True), at=now)

    before = steps.refusals(STEPS[name], attempt, check_input=False)

    assert before == []
    assert (
        steps.refusals(STEPS[name], attempt)
        == {
            "publish": [],
            "schedule": ["Choose a publication time."],
            "force": ["Enter a reason."],
        }[name]
    )


def test_missing_permission_is_the_only_refusal() -> None:
    article = news.article(standfirst="", state=State.DRAFT, publish_at=None)
    attempt = Attempt(item=article, edition=None, by=staff.account("Viewer"), at=timezone.now())

    assert steps.refusals(STEPS["publish"], attempt) == ["Your role does not allow this."]


def test_only_steps_of_the_stage_and_the_role_are_possible() -> None:
    def names(role: str) -> list[str]:
        return [step.name for step in steps.possible_steps(article, by=staff.account(role))]

    article = news.article("Old title", standfirst="By rail.")
    assert (names("Editor"), names("Publisher")) == ([], ["withdraw", "unpublish"])

    with_changes(article)
    assert names("Author") == ["submit", "discard"]
    assert names("Editor") == ["submit", "publish", "schedule", "discard"]


def test_newer_version_than_the_one_seen_is_refused() -> None:
    article = with_changes(news.article("Old title", standfirst="By rail."))

    with pytest.raises(ValidationError) as refusal:
        steps.perform("publish", article, by=staff.account("Editor"), seen_version=0)

    assert refusal.value.messages == ["Someone saved a newer version. Review it first."]
