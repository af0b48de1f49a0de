"""Who makes and revokes links for people without an account."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from postportal.publishing.models import PreviewLink, State
from postportal.publishing.models.preview_link import create_link
from postportal.publishing.workflow import steps
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db


def address(row: Any, name: str, *more: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk, *more])


def draft(**fields: Any) -> Any:
    return news.article("The title", **{"standfirst": "By rail.", "state": State.DRAFT, **fields})


def corrected(writer: User) -> Any:
    """A live article with a correction beside it."""
    article = news.article("Old title", standfirst="Old words.")
    change = address(article, "change")
    browser = staff.sign_in(writer)
    browser.post(change, forms.fill_form(browser, change, title="New title", _continue="1"))
    return article


# Own draft, foreign draft, live with a correction, scheduled.
MATRIX = {
    "Author": [True, False, False, False],
    "Editor": [True, True, True, True],
    "Publisher": [True, True, True, True],
    "Viewer": [False] * 4,
    "Philatelist": [False] * 4,
    "Service desk": [False] * 4,
}


@pytest.mark.parametrize("role", MATRIX)
def test_link_is_made_and_revoked_by_who_may(role: str) -> None:
    user = staff.account(role)
    due = draft(slug="due")
    steps.perform("schedule", due, by=staff.account("Editor"), due_at=timezone.now() + dt.timedelta(days=1))
    rows = [draft(slug="own", created_by=user), draft(slug="foreign"), corrected(staff.account("Editor")), due]
    links = [create_link(row, None, by=None, at=timezone.now(), expires_at=timezone.now())[0] for row in rows]
    browser = staff.sign_in(user)

    made = [browser.post(address(row, "share"), {"days": "1"}).status_code for row in rows]
    revoked = [browser.post(address(row, "revoke", link.pk)).status_code for row, link in zip(rows, links, strict=True)]

    wanted = [302 if may else 403 for may in MATRIX[role]]
    assert (made, revoked) == (wanted, wanted)
    assert PreviewLink.objects.exclude(pk__in=[link.pk for link in links]).count() == sum(MATRIX[role])


def test_link_of_another_item_is_not_revoked() -> None:
    mine, other = draft(slug="mine"), draft(slug="other")
    link, _target = create_link(other, None, by=None, at=timezone.now(), expires_at=timezone.now())
    browser = staff.sign_in(role="Editor")

    answer = browser.post(address(mine, "revoke", link.pk))

    assert (answer.status_code, PreviewLink.objects.get().revoked_at) == (404, None)


def test_sharing_takes_forms_of_staff_only() -> None:
    article = draft()
    link, _target = create_link(article, None, by=None, at=timezone.now(), expires_at=timezone.now())
    browser = staff.sign_in(role="Editor")

    assert browser.get(address(article, "share")).status_code == 405
    assert browser.get(address(article, "revoke", link.pk)).status_code == 405
    assert browser.post("/admin/news/article/999/share/").status_code == 404
    assert "/admin/login/" in Client().post(address(article, "share"), {"days": "1"})["Location"]
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(staff.account("Editor"))
    assert careful.post(address(article, "share"), {"days": "1"}).status_code == 403
    assert (PreviewLink.objects.count(), PreviewLink.objects.get().revoked_at) == (1, None)
