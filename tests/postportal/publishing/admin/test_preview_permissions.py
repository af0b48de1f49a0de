"""Who may see and draw previews, by direct address and by forged forms."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from postportal.publishing.models import State
from postportal.publishing.versions import revisions
from tests.factories import news, staff

pytestmark = pytest.mark.django_db


def address(row: Any, name: str, *more: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk, *more])


def outcome(user: User, article: Article, *, method: str) -> int:
    browser = staff.sign_in(user)
    return browser.generic(method, address(article, "preview")).status_code


# What each role may see and type: its own draft, somebody else's, what readers see, what is scheduled.
MATRIX = {
    "Author": [(200, 200), (200, 403), (200, 403), (200, 403)],
    "Editor": [(200, 200), (200, 200), (200, 200), (200, 403)],
    "Publisher": [(200, 200), (200, 200), (200, 200), (200, 403)],
    "Viewer": [(200, 403), (200, 403), (200, 403), (200, 403)],
    "Philatelist": [(403, 403), (403, 403), (403, 403), (403, 403)],
    "Service desk": [(403, 403), (403, 403), (403, 403), (403, 403)],
}


@pytest.mark.parametrize("role", MATRIX)
def test_direct_address_obeys_the_role(role: str) -> None:
    user = staff.account(role)
    articles = [
        news.article("Own", standfirst="S", state=State.DRAFT, created_by=user),
        news.article("Foreign", standfirst="S", state=State.DRAFT),
        news.article("Live", standfirst="S"),
        news.article("Due", standfirst="S", state=State.SCHEDULED, publish_at=timezone.now() + dt.timedelta(days=1)),
    ]

    found = [(outcome(user, article, method="GET"), outcome(user, article, method="POST")) for article in articles]

    assert found == MATRIX[role]


@pytest.mark.parametrize("name", ["preview", "preview_revision", "drawn"])
def test_strangers_are_asked_to_sign_in(name: str) -> None:
    article = news.article("Secret", state=State.DRAFT)
    revisions.record_outside_change(article)
    target = {
        "preview": address(article, "preview"),
        "preview_revision": address(article, "preview_revision", 1),
        "drawn": reverse("admin:news_article_drawn", args=["x"]),
    }[name]

    for browser in (Client(), staff.sign_in(staff.account(is_staff=False))):
        answer = browser.get(target)
        assert (answer.status_code, "/admin/login/" in answer["Location"]) == (302, True)


def test_revision_of_somebody_without_the_right_is_refused() -> None:
    article = news.article("Secret", state=State.DRAFT)
    revisions.record_outside_change(article)

    assert staff.sign_in(role="Philatelist").get(address(article, "preview_revision", 1)).status_code == 403


@pytest.mark.parametrize("key", ["999", "none", "99999999999999999999"])
def test_preview_of_nothing_is_not_found(key: str) -> None:
    browser = staff.sign_in()

    assert browser.get(f"/admin/news/article/{key}/preview/").status_code == 404
    assert browser.post(f"/admin/news/article/{key}/preview/").status_code == 404
    assert browser.get(f"/admin/news/article/{key}/preview/1/").status_code == 404


def test_preview_takes_no_other_method() -> None:
    article, browser = news.article("T"), staff.sign_in()

    assert browser.get(reverse("admin:news_article_preview_new")).status_code == 405
    assert browser.delete(address(article, "preview")).status_code == 405
    assert browser.post(address(article, "preview_revision", 1)).status_code == 405


def test_token_is_asked_for() -> None:
    article = news.article("T")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(staff.account(is_superuser=True))

    assert browser.post(address(article, "preview"), {"title": "x"}).status_code == 403


def test_viewer_gets_a_frame_of_what_was_saved() -> None:
    article, browser = news.article("Old title", standfirst="S"), staff.sign_in(role="Viewer")

    kept = browser.get(address(article, "preview"), headers={"Accept": "application/json"}).json()["address"]

    assert "Old title" in browser.get(kept).content.decode()
