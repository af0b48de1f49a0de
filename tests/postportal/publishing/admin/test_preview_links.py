import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from postportal.audit.models import Entry
from postportal.publishing.models import Edition, PreviewLink, State
from postportal.publishing.models.preview_link import create_link
from postportal.publishing.versions import revisions
from postportal.publishing.workflow import steps
from tests.factories import forms, news, pages, services, staff
from tests.postportal.publishing.revision_pages import admin_url

pytestmark = pytest.mark.django_db
PANEL = {"Accept": "application/x-panel"}


def make_link(row: Any, *, by: User | None = None, days: int = 7) -> str:
    """Return the path of a new link."""
    now, by = timezone.now(), by or staff.account("Editor")
    return create_link(
        row,
        revisions.open_edition(row),
        by=by or staff.account("Editor"),
        at=now,
        expires_at=now + dt.timedelta(days=days),
    )[1]


def draft(**fields: Any) -> Any:
    return news.article("The title", **{"standfirst": "By rail.", "state": State.DRAFT, **fields})


def corrected_article(writer: User) -> Any:
    """Return a live article with unpublished changes."""
    article = news.article("Old title", standfirst="Old words.")
    change = admin_url(article, "change")
    browser = staff.sign_in(writer)
    browser.post(change, forms.fill_form(browser, change, title="New title", _continue="1"))
    return article


def has_ended(target: str) -> bool:
    """Return True if the link answers like one that never existed."""
    at_once, never = Client().get(target), Client().get("/preview/never-was/")
    assert (at_once.status_code in (200, 410), never.status_code) == (True, 410)
    # Its policy would block a script, and the browser would report that.
    assert b"<script" not in never.content
    return at_once.status_code == 410 and at_once.content == never.content.replace(b"never-was", target[9:-1].encode())


def test_link_shows_the_saved_version_without_an_account(client: Client) -> None:
    writer = staff.account("Editor")
    article = corrected_article(writer)
    target = make_link(article)
    browser, change = staff.sign_in(writer), admin_url(article, "change")
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

    assert "The title" in client.get(make_link(rows[kind])).content.decode()


def test_link_ends_when_its_edition_is_published() -> None:
    writer = staff.account("Editor")
    article = corrected_article(writer)
    target = make_link(article)
    assert not has_ended(target)

    steps.perform("publish", article, by=staff.account("Editor"))

    assert has_ended(target)
    # The next correction does not bring it back.
    browser, change = staff.sign_in(writer), admin_url(article, "change")
    browser.post(change, forms.fill_form(browser, change, title="Next title", _continue="1"))
    assert has_ended(target)


def test_link_ends_when_its_edition_is_discarded() -> None:
    writer = staff.account("Editor")
    article = corrected_article(writer)
    target = make_link(article)

    steps.perform("discard", article, by=writer)

    assert has_ended(target)


def test_link_of_an_imported_draft_ends_when_it_is_published() -> None:
    article = draft()
    target = make_link(article)
    assert not has_ended(target)

    steps.perform("publish", article, by=staff.account("Editor"))

    assert (PreviewLink.objects.get().edition, has_ended(target)) == (None, True)


def test_link_of_a_scheduled_item_ends_in_the_second_of_publication() -> None:
    article = draft()
    due = timezone.now() + dt.timedelta(hours=1)
    steps.perform("schedule", article, by=staff.account("Editor"), due_at=due)
    target = make_link(article)

    with time_machine.travel(due - dt.timedelta(seconds=1), tick=False):
        assert not has_ended(target)
    with time_machine.travel(due, tick=False):
        assert has_ended(target)


def test_link_ends_with_its_item() -> None:
    article = draft()
    target = make_link(article)

    article.delete()

    assert has_ended(target)


def test_key_is_stored_nowhere() -> None:
    target = make_link(draft())
    key = target.split("/")[2]

    assert len(key) == 43
    assert all(key not in str(value) for value in PreviewLink.objects.values().get().values())


def test_editor_creates_and_revokes_a_link_with_one_click_each() -> None:
    article, editor = draft(), staff.account("Editor")
    browser = staff.sign_in(editor)

    answer = browser.post(admin_url(article, "share"), {"days": "3"}, follow=True)

    message = str(next(iter(answer.context["messages"])))
    target = re.search(r'href="http://testserver(/preview/[^"]+)"', message)
    assert target is not None
    assert answer.redirect_chain == [(f"{admin_url(article, 'change')}#preview_links", 302)]
    link = PreviewLink.objects.get()
    assert (link.created_by, link.expires_at - link.created_at) == (editor, dt.timedelta(days=3))
    assert not has_ended(target[1])
    assert f"Created by {editor}. Valid until" in answer.content.decode()

    answer = browser.post(admin_url(article, "revoke", link.pk), follow=True)

    assert has_ended(target[1])
    assert f"Created by {editor}, revoked on" in answer.content.decode()


def test_script_gets_only_the_panel() -> None:
    article, browser = draft(), staff.sign_in(role="Editor")

    created = browser.post(admin_url(article, "share"), {"days": "3"}, headers=PANEL).content.decode()
    revoked = browser.post(admin_url(article, "revoke", PreviewLink.objects.get().pk), headers=PANEL).content.decode()

    assert ("<html" in created, "/preview/" in created, "Valid until" in created) == (False, True, True)
    assert ("revoked on" in revoked, "Valid until" in revoked) == (True, False)


def test_revoking_twice_keeps_the_first_time() -> None:
    article, browser = draft(), staff.sign_in(role="Editor")
    browser.post(admin_url(article, "share"), {"days": "3"})
    link = PreviewLink.objects.get()
    browser.post(admin_url(article, "revoke", link.pk))
    first = PreviewLink.objects.get().revoked_at

    browser.post(admin_url(article, "revoke", link.pk))

    assert PreviewLink.objects.get().revoked_at == first


@pytest.mark.parametrize("days", ["", "0", "365", "soon"])
def test_link_without_a_valid_expiry_is_not_created(days: str) -> None:
    article, browser = draft(), staff.sign_in(role="Editor")

    answer = browser.post(admin_url(article, "share"), {"days": days}, follow=True)

    assert (PreviewLink.objects.count(), "No link was created" in answer.content.decode()) == (0, True)


def test_live_item_without_unpublished_changes_cannot_be_shared() -> None:
    article, browser = news.article("T"), staff.sign_in(role="Editor")

    form = browser.get(admin_url(article, "change")).content.decode()
    browser.post(admin_url(article, "share"), {"days": "3"})

    assert ("Create link" in form, PreviewLink.objects.count()) == (False, 0)


def test_form_has_constant_queries_for_any_number_of_links() -> None:
    article, browser = draft(), staff.sign_in(role="Editor")
    counts: list[int] = []
    # The first request fills caches, such as that of the content types.
    browser.get(admin_url(article, "change"))
    for _link in range(2):
        make_link(article, by=staff.account("Editor"))
        with CaptureQueriesContext(connection) as found:
            browser.get(admin_url(article, "change"))
        counts.append(len(found))

    assert counts[0] == counts[1]


def test_link_has_a_readable_name() -> None:
    make_link(draft())

    assert str(PreviewLink.objects.get()) == f"The title (#{PreviewLink.objects.get().pk})"
    assert Edition.objects.count() == 0


def test_making_and_revoking_a_link_is_logged() -> None:
    article = draft()
    browser = staff.sign_in(role="Publisher")
    browser.post(admin_url(article, "share"), {"days": "7"})
    link = PreviewLink.objects.get()
    for _time in range(2):
        browser.post(f"{admin_url(article, 'share')}{link.pk}/revoke/")

    logged = Entry.objects.filter(action__startswith="preview-").order_by("number")
    assert [(entry.action, entry.item_name, entry.detail.partition(",")[0]) for entry in logged] == [
        ("preview-make", "The title", f"link {link.pk}"),
        ("preview-revoke", "The title", f"link {link.pk}"),
    ]
