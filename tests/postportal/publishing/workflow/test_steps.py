"""What a step may not do by the way: bring back what was taken down, let out what is held, name who only looked on."""

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
from tests.factories import news, staff

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def corrected(article: Article, title: str = "New title") -> Article:
    """With a correction beside it, by somebody who takes no step later."""
    content = snapshots.serialize(article)
    content["fields"]["title"] = title
    revisions.record_revision(article, content, by=staff.account("Editor"))
    return article


def withdrawn() -> Article:
    return news.article("Old title", standfirst="By rail.", state=State.WITHDRAWN, withdrawal_reason="Wrong figures.")


def unpublished() -> Article:
    return news.article("Old title", standfirst="By rail.", state=State.UNPUBLISHED, withdrawal_reason="In error.")


def test_correction_of_a_withdrawn_article_leaves_it_withdrawn() -> None:
    article = corrected(withdrawn())

    steps.perform("publish", article, by=staff.account("Editor"))

    article.refresh_from_db()
    assert (article.title, article.state, article.withdrawal_reason) == (
        "New title",
        State.WITHDRAWN,
        "Wrong figures.",
    )
    assert article.withdrawn_at is not None


def test_correction_that_is_due_does_not_bring_back_what_was_withdrawn_meanwhile() -> None:
    article = corrected(news.article("Old title", standfirst="By rail."))
    due = timezone.now() + HOUR
    steps.perform("schedule", article, by=staff.account("Editor"), due_at=due)
    steps.perform("withdraw", article, by=staff.account("Publisher"), reason="Wrong figures.")

    with time_machine.travel(due, tick=False):
        listed = Client().get("/news/").content.decode()

    article.refresh_from_db()
    assert (article.title, article.state) == ("New title", State.WITHDRAWN)
    assert "New title" not in listed


def test_only_a_publisher_shows_again_what_was_unpublished() -> None:
    article = unpublished()

    with pytest.raises(ValidationError) as refusal:
        steps.perform("publish", article, by=staff.account("Editor"))
    shown = steps.perform("publish", article, by=staff.account("Publisher"))

    assert refusal.value.messages == ["It was unpublished, and only a publisher may show it again."]
    assert shown.state == State.PUBLISHED


def test_what_was_unpublished_can_be_scheduled_as_it_is() -> None:
    due = timezone.now() + HOUR

    article = steps.perform("schedule", unpublished(), by=staff.account("Publisher"), due_at=due)

    assert (article.state, article.publish_at) == (State.SCHEDULED, due)
    assert list(Article.objects.published(due - dt.timedelta(seconds=1))) == []
    assert list(Article.objects.published(due)) == [article]


def test_editor_does_not_lift_an_embargo_by_way_of_its_schedule() -> None:
    article, editor = corrected(news.article("Old title", standfirst="By rail.")), staff.account("Editor")
    steps.perform("schedule", article, by=editor, due_at=timezone.now() + HOUR)

    with pytest.raises(ValidationError) as refusal:
        steps.perform("unschedule", article, by=editor)
    steps.perform("unschedule", article, by=staff.account("Publisher"))

    assert refusal.value.messages == ["It is under embargo, and only a publisher may lift that."]


def test_log_names_who_scheduled_and_not_the_reader_who_came_by() -> None:
    article, editor = corrected(news.article("Old title", standfirst="By rail.")), staff.account("Editor")
    due = timezone.now() + HOUR
    steps.perform("schedule", article, by=editor, due_at=due)
    editor.delete()

    with time_machine.travel(due, tick=False):
        answer = Client(REMOTE_ADDR="203.0.113.9").get(article.get_absolute_url())

    entry = Entry.objects.get(action="publish")
    assert (entry.actor_id, entry.address, entry.item_key) == (None, "", str(article.pk))
    assert (answer.status_code, answer.headers.get("Vary"), answer.cookies) == (200, None, {})


@pytest.mark.parametrize("step", ["publish", "force", "schedule"])
def test_item_that_has_gone_away_by_its_moment_is_refused_in_words(step: str) -> None:
    now = timezone.now()
    article = news.article(standfirst="By rail.", state=State.DRAFT, publish_at=None, expire_at=now)

    with pytest.raises(ValidationError) as refusal:
        steps.perform(step, article, by=staff.account(is_superuser=True), at=now, due_at=now + HOUR, reason="Urgent.")

    assert refusal.value.messages == ["“Public until” comes before the moment it goes out."]
