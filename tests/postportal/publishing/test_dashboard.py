"""The boxes of publishing: whose work waits for whom."""

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


def waiting(name: str, user: User) -> list[tuple[str, str]]:
    """The lines of a box; the count has to say the same."""
    browser = staff.sign_in(user)
    entries = browser.get(f"/admin/waiting/{name}/").context["entries"]
    counts = {entry["box"].name: entry["count"] for entry in browser.get("/admin/").context["waiting"]}
    assert counts[name] == len(entries)
    return [(entry.text, entry.detail) for entry in entries]


def test_my_drafts_are_those_i_wrote_and_have_not_submitted() -> None:
    mine, other = staff.account("Author"), staff.account("Author")
    editorial.draft_article("Mine", by=mine)
    editorial.draft_article("Another's", by=other)
    editorial.submitted_article("Submitted", by=mine)

    assert waiting("my-drafts", mine) == [("Mine", "")]


def test_correction_of_a_live_item_is_a_draft_of_whoever_wrote_it() -> None:
    editor = staff.account("Editor")
    editorial.correction(news.article("Live"), by=editor, title="Better")

    assert waiting("my-drafts", editor) == [("Live", "Waits beside what readers see.")]
    assert waiting("my-drafts", staff.account("Editor")) == []


def test_discarded_and_deleted_drafts_wait_no_longer() -> None:
    editor = staff.account("Editor")
    steps.perform("discard", editorial.correction(news.article("Live"), by=editor, title="Better"), by=editor)
    editorial.draft_article("Gone", by=editor).delete()

    assert waiting("my-drafts", editor) == []


def test_review_waits_for_those_who_may_publish_and_did_not_write() -> None:
    author, editor, other = staff.account("Author"), staff.account("Editor"), staff.account("Editor")
    editorial.submitted_article("By the author", by=author)
    editorial.submitted_article("By an editor", by=editor)

    assert waiting("reviews", editor) == [("By the author", f"Submitted by {author.username}.")]
    assert {text for text, _ in waiting("reviews", other)} == {"By the author", "By an editor"}


def test_review_of_news_does_not_wait_for_the_philatelist() -> None:
    editorial.submitted_article("By the author", by=staff.account("Author"))

    assert waiting("reviews", staff.account("Philatelist")) == []


def test_approved_item_still_waits_to_be_published() -> None:
    article = editorial.submitted_article("Night mail", by=staff.account("Author"))
    editor = staff.account("Editor")
    steps.perform("approve", article, by=editor)

    assert waiting("reviews", editor) == [("Night mail", "Approved; it can be published or scheduled.")]


def test_forced_item_is_listed_with_its_reason() -> None:
    publisher = staff.account("Publisher")
    editorial.forced_article("Snow", by=publisher, reason="Roads are closed.")
    news.article("Published in the usual way")

    assert waiting("unreviewed", staff.account("Editor")) == [("Snow", "Roads are closed.")]


def test_schedule_that_did_not_go_out_is_listed_with_the_reason() -> None:
    author, editor = staff.account("Author"), staff.account("Editor")
    due = timezone.now() + editorial.ONE_HOUR
    article = editorial.scheduled_article("Night mail", by=author, scheduled_by=editor, due_at=due)
    type(article).objects.filter(pk=article.pk).update(standfirst="")

    with time_machine.travel(due, tick=False):
        Client().get("/news/")

        assert waiting("did-not-go-out", editor) == [("Night mail", "It has neither a standfirst nor a text.")]
        assert waiting("my-drafts", author) == [("Night mail", "It has neither a standfirst nor a text.")]


def test_stale_is_what_readers_see_from_its_day_on() -> None:
    today = timezone.localdate()
    later = {"review_on": today + dt.timedelta(days=1)}
    news.article("Today", review_on=today)
    pages.page("Long ago", review_on=today - dt.timedelta(days=30))
    services.stamp_issue("Issue", slug="x", review_on=today)
    news.article("Tomorrow", **later)
    news.article("Without a day")
    news.article("A draft", state=State.DRAFT, review_on=today)

    assert {text for text, _ in waiting("stale", staff.account("Editor"))} == {"Today", "Long ago", "Issue"}
    assert {text for text, _ in waiting("stale", staff.account("Author"))} == {"Today"}


def test_day_of_looking_again_is_one_of_the_portal_not_of_utc() -> None:
    news.article("Tomorrow", review_on=dt.date(2026, 3, 21))
    editor = staff.account("Editor")

    with time_machine.travel(dt.datetime(2026, 3, 20, 15, 59, tzinfo=dt.UTC), tick=False):
        before = waiting("stale", editor)
    with time_machine.travel(dt.datetime(2026, 3, 20, 16, 0, tzinfo=dt.UTC), tick=False):
        after = waiting("stale", editor)

    assert (before, after) == ([], [("Tomorrow", "since 21 March 2026")])


def test_long_lists_are_cut_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from postportal.publishing import dashboard as module
    from postportal.staff import work_queue_views

    for part in (module, work_queue_views):
        monkeypatch.setattr(part, "SHOWN", 2)
    user: Any = staff.account("Author")
    for number in range(3):
        editorial.draft_article(f"Draft {number}", by=user)

    page = staff.sign_in(user).get("/admin/waiting/my-drafts/")

    assert len(page.context["entries"]) == 2
    assert "The first 2 are shown." in page.content.decode()
