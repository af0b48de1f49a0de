"""Work queues of publishing on the dashboard."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from postportal.publishing.models import State
from postportal.publishing.workflow import steps
from tests.factories import editorial, news, pages, services, staff

pytestmark = pytest.mark.django_db


def queue_lines(name: str, user: User) -> list[tuple[str, str]]:
    """Return the lines of a work queue, after comparing their number with the count on the dashboard."""
    browser = staff.sign_in(user)
    entries = browser.get(f"/admin/waiting/{name}/").context["items"]
    counts = {entry["queue"].name: entry["count"] for entry in browser.get("/admin/").context["work_queues"]}
    assert counts[name] == len(entries)
    return [(entry.text, entry.detail) for entry in entries]


def test_my_drafts_are_written_by_the_user_and_not_submitted() -> None:
    mine, other = staff.account("Author"), staff.account("Author")
    editorial.draft_article("Mine", by=mine)
    editorial.draft_article("Another's", by=other)
    editorial.submitted_article("Submitted", by=mine)

    assert queue_lines("my-drafts", mine) == [("Mine", "")]


def test_unpublished_changes_are_a_draft_of_their_writer() -> None:
    editor = staff.account("Editor")
    editorial.correction(news.article("Live"), by=editor, title="Better")

    assert queue_lines("my-drafts", editor) == [("Live", "Unpublished changes to a live item.")]
    assert queue_lines("my-drafts", staff.account("Editor")) == []


def test_discarded_and_deleted_drafts_are_not_listed() -> None:
    editor = staff.account("Editor")
    steps.perform("discard", editorial.correction(news.article("Live"), by=editor, title="Better"), by=editor)
    editorial.draft_article("Gone", by=editor).delete()

    assert queue_lines("my-drafts", editor) == []


def test_reviews_are_listed_for_other_users_who_can_publish() -> None:
    author, editor, other = staff.account("Author"), staff.account("Editor"), staff.account("Editor")
    editorial.submitted_article("By the author", by=author)
    editorial.submitted_article("By an editor", by=editor)

    assert queue_lines("reviews", editor) == [("By the author", f"Submitted by {author.username}.")]
    assert {text for text, _ in queue_lines("reviews", other)} == {"By the author", "By an editor"}


def test_reviews_of_news_are_not_listed_for_a_philatelist() -> None:
    editorial.submitted_article("By the author", by=staff.account("Author"))

    assert queue_lines("reviews", staff.account("Philatelist")) == []


def test_approved_item_is_listed_until_it_is_published() -> None:
    article = editorial.submitted_article("Night mail", by=staff.account("Author"))
    editor = staff.account("Editor")
    steps.perform("approve", article, by=editor)

    assert queue_lines("reviews", editor) == [("Night mail", "Approved. Can be published or scheduled.")]


def test_item_published_without_review_is_listed_with_the_reason() -> None:
    publisher = staff.account("Publisher")
    editorial.forced_article("Snow", by=publisher, reason="Roads are closed.")
    news.article("Published in the usual way")

    assert queue_lines("unreviewed", staff.account("Editor")) == [("Snow", "Roads are closed.")]


def test_failed_publication_is_listed_with_the_reason() -> None:
    author, editor = staff.account("Author"), staff.account("Editor")
    due = timezone.now() + editorial.ONE_HOUR
    article = editorial.scheduled_article("Night mail", by=author, scheduled_by=editor, due_at=due)
    type(article).objects.filter(pk=article.pk).update(standfirst="")

    with time_machine.travel(due, tick=False):
        Client().get("/news/")

        assert queue_lines("failed-to-publish", editor) == [("Night mail", "Add a standfirst or body text.")]
        assert queue_lines("my-drafts", author) == [("Night mail", "Add a standfirst or body text.")]


def test_live_items_are_due_for_review_from_the_review_date() -> None:
    today = timezone.localdate()
    later = {"review_on": today + dt.timedelta(days=1)}
    news.article("Today", review_on=today)
    pages.page("Long ago", review_on=today - dt.timedelta(days=30))
    services.stamp_issue("Issue", slug="x", review_on=today)
    news.article("Tomorrow", **later)
    news.article("Without a day")
    news.article("A draft", state=State.DRAFT, review_on=today)

    assert {text for text, _ in queue_lines("stale", staff.account("Editor"))} == {"Today", "Long ago", "Issue"}
    assert {text for text, _ in queue_lines("stale", staff.account("Author"))} == {"Today"}


def test_review_date_is_in_the_time_zone_of_the_portal() -> None:
    news.article("Tomorrow", review_on=dt.date(2026, 3, 21))
    editor = staff.account("Editor")

    with time_machine.travel(dt.datetime(2026, 3, 20, 15, 59, tzinfo=dt.UTC), tick=False):
        before = queue_lines("stale", editor)
    with time_machine.travel(dt.datetime(2026, 3, 20, 16, 0, tzinfo=dt.UTC), tick=False):
        after = queue_lines("stale", editor)

    assert (before, after) == ([], [("Tomorrow", "since 21 March 2026")])


def test_long_list_is_cut_with_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    from postportal.publishing import dashboard as module
    from postportal.staff import work_queue_views

    for part in (module, work_queue_views):
        monkeypatch.setattr(part, "MAX_ITEMS", 2)
    user: Any = staff.account("Author")
    for number in range(3):
        editorial.draft_article(f"Draft {number}", by=user)

    page = staff.sign_in(user).get("/admin/waiting/my-drafts/")

    assert len(page.context["items"]) == 2
    assert "Showing the first 2 items." in page.content.decode()
