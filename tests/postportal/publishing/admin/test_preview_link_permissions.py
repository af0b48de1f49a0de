"""Permissions to create and revoke preview links."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from postportal.publishing.models import PreviewLink, State
from postportal.publishing.models.preview_link import create_link
from postportal.publishing.workflow import steps
from tests.factories import forms, news, staff
from tests.postportal.publishing.revision_pages import admin_url

pytestmark = pytest.mark.django_db


def draft(**fields: Any) -> Any:
    return news.article("The title", **{"standfirst": "By rail.", "state": State.DRAFT, **fields})


def corrected_article(writer: User) -> Any:
    """Return a live article with unpublished changes."""
    article = news.article("Old title", standfirst="Old words.")
    change = admin_url(article, "change")
    browser = staff.sign_in(writer)
    browser.post(change, forms.fill_form(browser, change, title="New title", _continue="1"))
    return article


# Own draft, draft of somebody else, live item with unpublished changes, scheduled item.
MATRIX = {
    "Author": [True, False, False, False],
    "Editor": [True, True, True, True],
    "Publisher": [True, True, True, True],
    "Viewer": [False] * 4,
    "Philatelist": [False] * 4,
    "Service desk": [False] * 4,
}


@pytest.mark.parametrize("role", MATRIX)
def test_link_is_created_and_revoked_by_these_roles(role: str) -> None:
    user = staff.account(role)
    due = draft(slug="due")
    steps.perform("schedule", due, by=staff.account("Editor"), due_at=timezone.now() + dt.timedelta(days=1))
    rows = [draft(slug="own", created_by=user), draft(slug="foreign"), corrected_article(staff.account("Editor")), due]
    links = [
        create_link(row, None, by=staff.account("Editor"), at=timezone.now(), expires_at=timezone.now())[0]
        for row in rows
    ]
    browser = staff.sign_in(user)

    created = [browser.post(admin_url(row, "share"), {"days": "1"}).status_code for row in rows]
    revoked = [
        browser.post(admin_url(row, "revoke", link.pk)).status_code for row, link in zip(rows, links, strict=True)
    ]

    expected = [302 if is_allowed else 403 for is_allowed in MATRIX[role]]
    assert (created, revoked) == (expected, expected)
    assert PreviewLink.objects.exclude(pk__in=[link.pk for link in links]).count() == sum(MATRIX[role])


def test_link_of_another_item_is_not_revoked() -> None:
    mine, other = draft(slug="mine"), draft(slug="other")
    link, _target = create_link(other, None, by=staff.account("Editor"), at=timezone.now(), expires_at=timezone.now())
    browser = staff.sign_in(role="Editor")

    answer = browser.post(admin_url(mine, "revoke", link.pk))

    assert (answer.status_code, PreviewLink.objects.get().revoked_at) == (404, None)


def test_sharing_requires_a_post_of_staff_with_a_csrf_token() -> None:
    article = draft()
    link, _target = create_link(article, None, by=staff.account("Editor"), at=timezone.now(), expires_at=timezone.now())
    browser = staff.sign_in(role="Editor")

    assert browser.get(admin_url(article, "share")).status_code == 405
    assert browser.get(admin_url(article, "revoke", link.pk)).status_code == 405
    assert browser.post("/admin/news/article/999/share/").status_code == 404
    assert "/admin/login/" in Client().post(admin_url(article, "share"), {"days": "1"})["Location"]
    checking = Client(enforce_csrf_checks=True)
    checking.force_login(staff.account("Editor"))
    assert checking.post(admin_url(article, "share"), {"days": "1"}).status_code == 403
    assert (PreviewLink.objects.count(), PreviewLink.objects.get().revoked_at) == (1, None)
