"""Permissions to view the history of an item and to restore a version."""

import datetime as dt

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from postportal.publishing.admin import version_tokens
from postportal.publishing.models import Revision, State
from postportal.publishing.versions import revisions, snapshots
from tests.factories import news, staff
from tests.postportal.publishing.revision_pages import admin_url, compare, reload, restore, save

pytestmark = pytest.mark.django_db

# Status of viewing and of restoring: own draft, draft of somebody else, live item, scheduled item.
MATRIX = {
    "Author": [(200, 302), (200, 403), (200, 403), (200, 403)],
    "Editor": [(200, 302), (200, 302), (200, 302), (200, 403)],
    "Publisher": [(200, 302), (200, 302), (200, 302), (200, 403)],
    "Viewer": [(200, 403), (200, 403), (200, 403), (200, 403)],
    "Philatelist": [(403, 403), (403, 403), (403, 403), (403, 403)],
    "Service desk": [(403, 403), (403, 403), (403, 403), (403, 403)],
}


@pytest.mark.parametrize("role", MATRIX)
def test_history_urls_obey_the_role(role: str) -> None:
    user = staff.account(role)
    browser = staff.sign_in(user)
    articles = [
        news.article("Own", standfirst="S", state=State.DRAFT, created_by=user),
        news.article("Foreign", standfirst="S", state=State.DRAFT),
        news.article("Live", standfirst="S"),
        news.article("Due", standfirst="S", state=State.SCHEDULED, publish_at=timezone.now() + dt.timedelta(days=1)),
    ]
    for article in articles:
        revisions.record_outside_change(article)
        Article.objects.filter(pk=article.pk).update(title="New")

    found = []
    for article in articles:
        statuses = {
            browser.get(admin_url(article, "history")).status_code,
            compare(browser, article, 1, "live").status_code,
        }
        fields = {"_version": version_tokens.make_version_token(reload(article))}
        restored = browser.post(admin_url(article, "restore", 1), fields).status_code
        assert len(statuses) == 1
        assert Revision.objects.of(article).filter(kind="restored").exists() == (restored == 302)
        found.append((statuses.pop(), restored))

    assert found == MATRIX[role]


@pytest.mark.parametrize("role", ["Author", "Viewer"])
def test_button_to_restore_is_only_for_those_who_may(role: str) -> None:
    article = news.article("Live", standfirst="S")
    revisions.record_outside_change(article)
    Article.objects.filter(pk=article.pk).update(title="New")

    page = compare(staff.sign_in(role=role), article, 1, "live")

    assert (page.context["restorable"], "diff-restore" in page.content.decode()) == ([], False)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["history", "compare", "restore"])
def test_anonymous_users_are_asked_to_log_in(name: str, method: str) -> None:
    article = news.article("Secret", state=State.DRAFT)
    revisions.record_outside_change(article)
    target = admin_url(article, name, *([1] if name == "restore" else []))

    for browser in (Client(), staff.sign_in(staff.account(is_staff=False))):
        answer = getattr(browser, method)(target)
        assert (answer.status_code, "/admin/login/" in answer["Location"]) == (302, True)


def test_restoring_requires_a_csrf_token() -> None:
    article = news.article("Old", standfirst="S")
    revisions.record_outside_change(article)
    user = staff.account("Publisher")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)

    forged = browser.post(admin_url(article, "restore", 1), {"_version": version_tokens.make_version_token(article)})
    linked = staff.sign_in(user).get(admin_url(article, "restore", 1))
    sent = staff.sign_in(user).post(admin_url(article, "compare"))

    assert (forged.status_code, linked.status_code, sent.status_code) == (403, 405, 405)


@pytest.mark.parametrize("name", ["history", "compare", "restore"])
def test_history_of_a_missing_item_is_not_found(name: str) -> None:
    browser = staff.sign_in()
    for key in ("999999", "x", "9" * 30):
        more = [1] if name == "restore" else []
        answer = (
            browser.post(reverse(f"admin:news_article_{name}", args=[key, *more]))
            if more
            else browser.get(reverse(f"admin:news_article_{name}", args=[key]))
        )
        assert answer.status_code == (302 if name == "history" else 404)


def test_version_of_another_item_is_not_restored_here() -> None:
    article, other = news.article("Old", standfirst="S"), news.article("Other", standfirst="S")
    revisions.record_outside_change(other)
    revisions.record_revision(other, {**snapshots.serialize(other), "tags": {"tags": ["x"]}}, by=staff.account())

    assert restore(staff.sign_in(), article, 2).status_code == 404


def test_revisions_are_neither_changed_nor_deleted() -> None:
    article = news.article("Old", standfirst="S")
    revisions.record_outside_change(article)
    revision = Revision.objects.of(article).get()

    for forbidden in (
        revision.save,
        revision.delete,
        Revision.objects.all().delete,
        lambda: Revision.objects.update(note="x"),
        lambda: Revision.objects.bulk_update([revision], ["note"]),
    ):
        with pytest.raises(TypeError), transaction.atomic():
            forbidden()
    browser = staff.sign_in()
    assert browser.get("/admin/publishing/revision/").status_code == 404
    assert browser.post(f"/admin/publishing/revision/{revision.pk}/delete/", {"post": "yes"}).status_code == 404
    assert Revision.objects.get() == revision


def test_versions_outlive_their_item_and_their_author() -> None:
    article = news.article("Old", standfirst="S", state=State.DRAFT)
    user = staff.account("Editor")
    save(article, staff.sign_in(user), title="New")

    user.delete()
    article.delete()

    # The third is the deletion.
    assert [(row.number, row.by) for row in Revision.objects.newest_first()] == [(3, None), (2, None), (1, None)]
