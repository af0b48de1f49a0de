"""Refusals of release steps, and who learns which reasons."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import HttpRequest
from django.urls import reverse

from postportal.pages.models import ServiceNotice
from postportal.publishing.admin.release import ReleaseAdmin
from postportal.publishing.models import Comment, Edition, Release
from postportal.publishing.workflow import release_members, releases
from postportal.publishing.workflow.due import publish_due
from tests.factories import editorial, forms, news, pages, staff
from tests.factories.releases import launch_release, release

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2030, 3, 1, 1, 0, tzinfo=dt.UTC)
DUE = NOW + dt.timedelta(minutes=30)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("due_at", "reason"), [(None, "Choose a publication time."), (NOW, "The publication time must be in the future.")]
)
def test_rows_without_a_workflow_need_a_future_publication_time(due_at: dt.datetime | None, reason: str) -> None:
    row = release("", pages.notice("Hush notice", publish_at=None))

    with pytest.raises(ValidationError) as refusal:
        releases.perform_release_step("schedule", row, by=staff.account(is_superuser=True), due_at=due_at)

    assert refusal.value.messages == [reason]


def test_item_that_expires_before_the_release_is_refused() -> None:
    notice = pages.notice("Hush notice", publish_at=None, expire_at=DUE)
    row, by = release("", notice), staff.account(is_superuser=True)

    with pytest.raises(ValidationError) as refusal:
        releases.perform_release_step("schedule", row, by=by, due_at=DUE)
    releases.perform_release_step("schedule", row, by=by, due_at=DUE - SECOND)

    assert refusal.value.messages == [f"“{notice}”: “Public until” must be later than the publication time."]


def test_failure_names_an_expiry_set_after_scheduling() -> None:
    row = release("", pages.notice("Hush notice", publish_at=None))
    releases.perform_release_step("schedule", row, by=staff.account(is_superuser=True), due_at=DUE)
    ServiceNotice.objects.update(expire_at=DUE)

    publish_due(DUE)

    row.refresh_from_db()
    assert "“Public until” must be later than the publication time." in row.failure


def test_failure_of_one_item_is_not_shown_to_editors_of_another() -> None:
    launch_release(at=DUE)
    ServiceNotice.objects.update(text="Hush notice", language="xx")

    publish_due(DUE)

    comments = Comment.objects.filter(kind=Comment.Kind.FAILED).values_list("text", flat=True)
    failures = Edition.objects.values_list("failure", flat=True)
    text = "The release “New tariff” was not published.\nAnother item in the release was not ready."
    assert "Hush notice" in Release.objects.get().failure
    assert set(comments) == {text}
    assert set(failures) == {"Another item in the release was not ready."}


def test_edition_saved_while_waiting_for_the_lock_is_published() -> None:
    article = editorial.correction(news.article("Old", standfirst="x"), by=staff.account("Editor"), title="First")
    row = release("", article)
    content = Edition.objects.get(release=row).content or {}
    content["fields"]["title"] = "Second"

    def save_before(execute: Any, sql: str, *rest: Any) -> Any:
        if 'FROM "news_article"' in sql and not saved:
            saved.append(sql)
            Edition.objects.filter(release=row).update(content=content)
        return execute(sql, *rest)

    saved: list[str] = []
    with connection.execute_wrapper(save_before):
        releases.perform_release_step("publish", row, by=staff.account(is_superuser=True))

    article.refresh_from_db()
    assert article.title == "Second"


def test_form_of_a_release_does_not_change_its_stage() -> None:
    row = launch_release(at=DUE)
    read = Release.objects.get()
    publish_due(DUE)
    read.name = "New tariffs"

    ReleaseAdmin(Release, admin.site).save_model(HttpRequest(), read, None, change=True)

    row.refresh_from_db()
    assert (row.name, row.stage, row.due_at) == ("New tariffs", "published", None)


def test_row_in_a_scheduled_release_cannot_be_deleted() -> None:
    launch_release(at=DUE)
    notice = ServiceNotice.objects.get()
    address = reverse("admin:pages_servicenotice_delete", args=[notice.pk])

    refused = staff.sign_in().post(address, {"post": "yes"})

    assert refused.status_code == 403
    assert ServiceNotice.objects.exists()


def test_form_saved_while_the_row_is_added_does_not_remove_it() -> None:
    notice = pages.notice("Hush notice", publish_at=None)
    row, by = release(), staff.account(is_superuser=True)
    browser, address = staff.sign_in(), reverse("admin:pages_servicenotice_change", args=[notice.pk])
    fields = forms.fill_form(browser, address)
    events: list[str] = []

    def add_after_the_row_was_read(execute: Any, sql: str, *rest: Any) -> Any:
        if events == ["read"]:
            events.append("added")
            release_members.add_to_release(row, notice, by=by)
        if not events and 'FROM "pages_servicenotice"' in sql:
            events.append("read")
        return execute(sql, *rest)

    with connection.execute_wrapper(add_after_the_row_was_read):
        browser.post(address, fields)

    notice.refresh_from_db()
    assert events == ["read", "added"]
    assert notice.release == row


def test_page_does_not_name_a_deleted_account() -> None:
    row, by = launch_release(), staff.account(is_superuser=True)
    releases.perform_release_step("publish", row, by=by)
    by.delete()

    shown = staff.sign_in().get(reverse("admin:publishing_release_change", args=[row.pk])).content.decode()

    assert "Published on Friday 1 March 2030" in shown
    assert "by None" not in shown
