"""Links for people without an account: what they show, when they end, who makes them."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from postportal.publishing.models import Edition, PreviewLink, State
from postportal.publishing.models.preview_link import create_link
from postportal.publishing.versions import revisions
from postportal.publishing.workflow import steps
from tests.factories import forms, news, pages, services, staff

pytestmark = pytest.mark.django_db
PART = {"Accept": "application/x-part"}


def address(row: Any, name: str, *more: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk, *more])


def shared(row: Any, *, by: User | None = None, days: int = 7) -> str:
    """The address of a new link."""
    now = timezone.now()
    return create_link(row, revisions.open_edition(row), by=by, at=now, expires_at=now + dt.timedelta(days=days))[1]


def draft(**fields: Any) -> Any:
    return news.article("The title", **{"standfirst": "By rail.", "state": State.DRAFT, **fields})


def corrected(writer: User) -> Any:
    """A live article with a correction beside it."""
    article = news.article("Old title", standfirst="Old words.")
    change = address(article, "change")
    browser = staff.sign_in(writer)
    browser.post(change, forms.fill_form(browser, change, title="New title", _continue="1"))
    return article


def ended(target: str) -> bool:
    """True where the address answers as one that never was."""
    at_once, never = Client().get(target), Client().get("/preview/never-was/")
    assert (at_once.status_code in (200, 410), never.status_code) == (True, 410)
    # Its policy would refuse one, and say so in the browser.
    assert b"<script" not in never.content
    return at_once.status_code == 410 and at_once.content == never.content.replace(b"never-was", target[9:-1].encode())


def test_link_shows_what_was_saved_last_to_somebody_without_an_account(client: Client) -> None:
    writer = staff.account("Editor")
    article = corrected(writer)
    target = shared(article)
    browser, change = staff.sign_in(writer), address(article, "change")
    browser.post(change, forms.fill_form(browser, change, title="Newest title", _continue="1"))

    answer = client.get(target)

    page = answer.content.decode()
    assert ("Newest title" in page, "Old title" in page) == (True, False)
    assert "Old title" in client.get(article.get_absolute_url()).content.decode()
    assert client.head(target).status_code == 200
    assert client.post(target).status_code == 405


@pytest.mark.parametrize("kind", [0, 1, 2])
def test_link_shows_a_draft_of_any_kind(client: Client, kind: int) -> None:
    rows = [draft(), services.stamp_issue("The title", state=State.DRAFT), pages.page("The title", state=State.DRAFT)]

    assert "The title" in client.get(shared(rows[kind])).content.decode()


def test_link_names_its_end_in_the_language_of_the_item(client: Client) -> None:
    with time_machine.travel(dt.datetime(2026, 12, 1, 1, 30, tzinfo=dt.UTC), tick=False):
        english = client.get(shared(draft()))
        chinese = client.get(shared(draft(language="zh-hans", slug="zh")))

    assert "works until Tuesday 8 December 2026, 09:30 Beijing time" in english.content.decode()
    assert ('<html lang="zh-Hans">' in chinese.content.decode(), chinese["Content-Language"]) == (True, "zh-Hans")
    assert "预览" in chinese.content.decode()
    assert "2026年12月8日 星期二，09:30 北京时间" in chinese.content.decode()


def test_link_is_kept_by_nobody_and_listed_nowhere(client: Client) -> None:
    for target in (shared(draft()), "/preview/never-was/"):
        answer = client.get(target)
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert answer["Referrer-Policy"] == "same-origin"
        assert {"form-action 'none'", "frame-ancestors 'none'"} <= set(answer["Content-Security-Policy"].split("; "))
        assert (answer["X-Frame-Options"], dict(answer.cookies)) == ("DENY", {})
        assert '<meta name="robots" content="noindex' in answer.content.decode()


def test_link_ends_in_its_second() -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        target = shared(draft(), days=1)
    with time_machine.travel(start + dt.timedelta(days=1, seconds=-1), tick=False):
        assert not ended(target)
    with time_machine.travel(start + dt.timedelta(days=1), tick=False):
        assert ended(target)


def test_link_ends_when_its_edition_goes_out() -> None:
    writer = staff.account("Editor")
    article = corrected(writer)
    target = shared(article)
    assert not ended(target)

    steps.perform("publish", article, by=staff.account("Editor"))

    assert ended(target)
    # Neither does it come back with the next correction.
    browser, change = staff.sign_in(writer), address(article, "change")
    browser.post(change, forms.fill_form(browser, change, title="Next title", _continue="1"))
    assert ended(target)


def test_link_ends_when_its_edition_is_discarded() -> None:
    writer = staff.account("Editor")
    article = corrected(writer)
    target = shared(article)

    steps.perform("discard", article, by=writer)

    assert ended(target)


def test_link_of_a_draft_that_was_never_saved_here_ends_when_it_goes_out() -> None:
    article = draft()
    target = shared(article)
    assert not ended(target)

    steps.perform("publish", article, by=staff.account("Editor"))

    assert (PreviewLink.objects.get().edition, ended(target)) == (None, True)


def test_link_of_a_scheduled_item_ends_in_the_second_it_goes_out() -> None:
    article = draft()
    due = timezone.now() + dt.timedelta(hours=1)
    steps.perform("schedule", article, by=staff.account("Editor"), due_at=due)
    target = shared(article)

    with time_machine.travel(due - dt.timedelta(seconds=1), tick=False):
        assert not ended(target)
    with time_machine.travel(due, tick=False):
        assert ended(target)


def test_link_ends_with_its_item() -> None:
    article = draft()
    target = shared(article)

    article.delete()

    assert ended(target)


def test_key_is_nowhere_but_in_the_address() -> None:
    target = shared(draft())
    key = target.split("/")[2]

    assert len(key) == 43
    assert all(key not in str(value) for value in PreviewLink.objects.values().get().values())


def test_editor_makes_a_link_in_one_step_and_revokes_it_in_one() -> None:
    article, editor = draft(), staff.account("Editor")
    browser = staff.sign_in(editor)

    answer = browser.post(address(article, "share"), {"days": "3"}, follow=True)

    said = str(next(iter(answer.context["messages"])))
    target = re.search(r'href="http://testserver(/preview/[^"]+)"', said)
    assert target is not None
    assert answer.redirect_chain == [(f"{address(article, 'change')}#shared", 302)]
    link = PreviewLink.objects.get()
    assert (link.created_by, link.expires_at - link.created_at) == (editor, dt.timedelta(days=3))
    assert not ended(target[1])
    assert f"Made by {editor}. Works until" in answer.content.decode()

    answer = browser.post(address(article, "revoke", link.pk), follow=True)

    assert ended(target[1])
    assert f"Made by {editor}, revoked on" in answer.content.decode()


def test_script_gets_the_part_of_the_page_that_changed() -> None:
    article, browser = draft(), staff.sign_in(role="Editor")

    made = browser.post(address(article, "share"), {"days": "3"}, headers=PART).content.decode()
    revoked = browser.post(address(article, "revoke", PreviewLink.objects.get().pk), headers=PART).content.decode()

    assert ("<html" in made, "/preview/" in made, "Works until" in made) == (False, True, True)
    assert ("revoked on" in revoked, "Works until" in revoked) == (True, False)


def test_revoking_twice_keeps_the_first_moment() -> None:
    article, browser = draft(), staff.sign_in(role="Editor")
    browser.post(address(article, "share"), {"days": "3"})
    link = PreviewLink.objects.get()
    browser.post(address(article, "revoke", link.pk))
    first = PreviewLink.objects.get().revoked_at

    browser.post(address(article, "revoke", link.pk))

    assert PreviewLink.objects.get().revoked_at == first


@pytest.mark.parametrize("days", ["", "0", "365", "soon"])
def test_link_without_a_known_end_is_not_made(days: str) -> None:
    article, browser = draft(), staff.sign_in(role="Editor")

    answer = browser.post(address(article, "share"), {"days": days}, follow=True)

    assert (PreviewLink.objects.count(), "No link was made" in answer.content.decode()) == (0, True)


def test_live_item_with_nothing_waiting_cannot_be_shared() -> None:
    article, browser = news.article("T"), staff.sign_in(role="Editor")

    form = browser.get(address(article, "change")).content.decode()
    browser.post(address(article, "share"), {"days": "3"})

    assert ("Make a link" in form, PreviewLink.objects.count()) == (False, 0)


def test_form_lists_links_in_the_same_number_of_queries() -> None:
    article, browser = draft(), staff.sign_in(role="Editor")
    counts: list[int] = []
    # The first request asks what later ones remember: kinds of content, for one.
    browser.get(address(article, "change"))
    for _link in range(2):
        shared(article, by=staff.account("Editor"))
        with CaptureQueriesContext(connection) as found:
            browser.get(address(article, "change"))
        counts.append(len(found))

    assert counts[0] == counts[1]


def test_link_says_what_it_is_of() -> None:
    shared(draft())

    assert str(PreviewLink.objects.get()) == f"The title (#{PreviewLink.objects.get().pk})"
    assert Edition.objects.count() == 0
