"""Changes that the steps make to item and edition."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from news.models import Article
from postportal.publishing.models import Comment, Edition, State
from postportal.publishing.versions import revisions
from postportal.publishing.workflow import changes, comments
from postportal.publishing.workflow.rules import Attempt
from tests.factories import editorial, news, staff

pytestmark = pytest.mark.django_db


def attempt(article: Article, by: User, **fields: Any) -> Attempt:
    fields = {"at": timezone.now(), **fields}
    return Attempt(item=article, edition=revisions.open_edition(article), by=by, **fields)


def test_submission_marks_the_reasons_for_the_return_as_done() -> None:
    editor = staff.account("Editor")
    article = editorial.draft_article("Night mail", by=editor)
    tried = attempt(article, editor)
    comments.add_comment(Comment.Kind.RETURNED, article, tried.edition, by=editor, at=tried.at, text="Check it.")

    edition = changes.submit(tried)

    assert (edition.stage, edition.submitted_by, edition.submitted_at) == ("review", editor, tried.at)
    assert Comment.objects.get().done_by == editor


def test_return_to_writer_removes_the_approval() -> None:
    editor = staff.account("Editor")
    article = editorial.submitted_article("Night mail", by=staff.account("Author"))
    changes.approve(attempt(article, editor))

    edition = changes.return_to_writer(attempt(article, editor))

    assert (edition.stage, edition.approved_by, edition.approved_at) == ("draft", None, None)


def test_publication_without_review_stores_the_reason_until_the_next_publication() -> None:
    publisher = staff.account("Publisher")
    article = editorial.draft_article("Night mail", by=publisher)

    forced = changes.publish_without_review(attempt(article, publisher, reason="Roads are closed.", note="New."))
    assert (forced.is_forced, forced.force_reason, forced.change_note) == (True, "Roads are closed.", "New.")

    changed = editorial.correction(article, by=publisher, title="Night train")
    reviewed = changes.publish(attempt(changed, publisher, is_minor=True))
    assert (reviewed.is_forced, reviewed.force_reason, reviewed.is_minor) == (False, "", True)


def test_update_is_shown_to_readers_unless_it_is_minor() -> None:
    editor, at = staff.account("Editor"), timezone.now()
    article = editorial.correction(news.article("Old", standfirst="By rail."), by=editor, title="New")

    changes.publish(attempt(article, editor, at=at, note="New title."))
    assert (article.title, article.changed_at, article.change_note) == ("New", at, "New title.")

    editorial.correction(article, by=editor, title="Newer")
    changes.publish(attempt(article, editor, is_minor=True))
    assert (article.title, article.changed_at) == ("Newer", at)


def test_cancelled_schedule_makes_a_new_item_a_draft_again() -> None:
    due = timezone.now() + dt.timedelta(hours=1)
    publisher = staff.account("Publisher")
    article = editorial.draft_article("Night mail", by=publisher)
    changes.schedule(attempt(article, publisher, due_at=due))
    assert (article.state, article.publish_at) == (State.SCHEDULED, due)

    edition = changes.unschedule(attempt(article, publisher))

    assert (article.state, article.publish_at, edition.stage, edition.due_at) == (State.DRAFT, None, "draft", None)


def test_unpublished_item_takes_over_its_unpublished_changes() -> None:
    publisher = staff.account("Publisher")
    article = editorial.correction(news.article("Old", standfirst="By rail."), by=publisher, title="New")

    changes.unpublish(attempt(article, publisher, reason=" Wrong. "))

    article.refresh_from_db()
    assert (article.title, article.state, article.withdrawal_reason) == ("New", State.UNPUBLISHED, "Wrong.")
    assert (Edition.objects.get().stage, Edition.objects.get().content) == ("draft", None)


def test_reinstated_item_has_no_reason_and_no_time_of_withdrawal() -> None:
    publisher = staff.account("Publisher")
    article = news.article("Old", standfirst="By rail.")
    changes.withdraw(attempt(article, publisher, reason="Wrong."))
    assert (article.state, article.withdrawn_at is None) == (State.WITHDRAWN, False)

    changes.reinstate(attempt(article, publisher))

    assert (article.state, article.withdrawal_reason, article.withdrawn_at) == (State.PUBLISHED, "", None)


def test_approval_after_publication_covers_every_publication_by_others() -> None:
    publisher, editor = staff.account("Publisher"), staff.account("Editor")
    article = editorial.forced_article("Night mail", by=publisher)
    editorial.correction(article, by=publisher, title="Night train")
    changes.publish_without_review(attempt(article, publisher, reason="Urgent."))

    newest = changes.approve_after_publication(attempt(article, editor))

    assert newest.number == 2
    assert set(Edition.objects.values_list("approved_by", flat=True)) == {editor.pk}
