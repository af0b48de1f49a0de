"""Permissions to view previews, with direct URLs and forged forms."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from postportal.publishing.models import State
from postportal.publishing.versions import revisions
from tests.factories import news, staff
from tests.postportal.publishing.revision_pages import admin_url

pytestmark = pytest.mark.django_db


def outcome(user: User, article: Article, *, method: str) -> int:
    browser = staff.sign_in(user)
    return browser.generic(method, admin_url(article, "preview")).status_code


# Status of the saved and of the unsaved preview: own draft, draft of somebody else, live item, scheduled item.
MATRIX = {
    "Author": [(200, 200), (200, 403), (200, 403), (200, 403)],
    "Editor": [(200, 200), (200, 200), (200, 200), (200, 403)],
    "Publisher": [(200, 200), (200, 200), (200, 200), (200, 403)],
    "Viewer": [(200, 403), (200, 403), (200, 403), (200, 403)],
    "Philatelist": [(403, 403), (403, 403), (403, 403), (403, 403)],
    "Service desk": [(403, 403), (403, 403), (403, 403), (403, 403)],
}


@pytest.mark.parametrize("role", MATRIX)
def test_preview_urls_obey_the_role(role: str) -> None:
    user = staff.account(role)
    articles = [
        news.article("Own", standfirst="S", state=State.DRAFT, created_by=user),
        news.article("Foreign", standfirst="S", state=State.DRAFT),
        news.article("Live", standfirst="S"),
        news.article("Due", standfirst="S", state=State.SCHEDULED, publish_at=timezone.now() + dt.timedelta(days=1)),
    ]

    found = [(outcome(user, article, method="GET"), outcome(user, article, method="POST")) for article in articles]

    assert found == MATRIX[role]


@pytest.mark.parametrize("name", ["preview", "preview_revision", "preview_frame"])
def test_anonymous_users_are_asked_to_log_in(name: str) -> None:
    article = news.article("Secret", state=State.DRAFT)
    revisions.record_outside_change(article)
    target = {
        "preview": admin_url(article, "preview"),
        "preview_revision": admin_url(article, "preview_revision", 1),
        "preview_frame": reverse("admin:news_article_preview_frame", args=["x"]),
    }[name]

    for browser in (Client(), staff.sign_in(staff.account(is_staff=False))):
        answer = browser.get(target)
        assert (answer.status_code, "/admin/login/" in answer["Location"]) == (302, True)


def test_revision_preview_requires_permission_to_view() -> None:
    article = news.article("Secret", state=State.DRAFT)
    revisions.record_outside_change(article)

    assert staff.sign_in(role="Philatelist").get(admin_url(article, "preview_revision", 1)).status_code == 403


@pytest.mark.parametrize("key", ["999", "none", "99999999999999999999"])
def test_preview_of_a_missing_item_is_not_found(key: str) -> None:
    browser = staff.sign_in()

    assert browser.get(f"/admin/news/article/{key}/preview/").status_code == 404
    assert browser.post(f"/admin/news/article/{key}/preview/").status_code == 404
    assert browser.get(f"/admin/news/article/{key}/preview/1/").status_code == 404


def test_preview_refuses_other_methods() -> None:
    article, browser = news.article("T"), staff.sign_in()

    assert browser.get(reverse("admin:news_article_preview_new")).status_code == 405
    assert browser.delete(admin_url(article, "preview")).status_code == 405
    assert browser.post(admin_url(article, "preview_revision", 1)).status_code == 405


def test_preview_requires_a_csrf_token() -> None:
    article = news.article("T")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(staff.account(is_superuser=True))

    assert browser.post(admin_url(article, "preview"), {"title": "x"}).status_code == 403


def test_viewer_gets_a_frame_of_the_saved_version() -> None:
    article, browser = news.article("Old title", standfirst="S"), staff.sign_in(role="Viewer")

    frame_url = browser.get(admin_url(article, "preview"), headers={"Accept": "application/json"}).json()["address"]

    assert "Old title" in browser.get(frame_url).content.decode()
