"""What a release refuses, and what those who work on one of its items are told of the others."""

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
from postportal.publishing.workflow import releases
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
    ("due_at", "reason"), [(None, "Say when it goes out."), (NOW, "The moment it should go out at has passed.")]
)
def test_rows_that_only_come_and_go_need_a_moment_to_come(due_at: dt.datetime | None, reason: str) -> None:
    row = release("", pages.notice("Hush notice", publish_at=None))

    with pytest.raises(ValidationError) as refusal:
        releases.perform_release_step("schedule", row, by=staff.account(is_superuser=True), due_at=due_at)

    assert refusal.value.messages == [reason]


def test_what_goes_away_before_the_release_goes_out_is_refused_when_it_is_scheduled() -> None:
    notice = pages.notice("Hush notice", publish_at=None, expire_at=DUE)
    row, by = release("", notice), staff.account(is_superuser=True)

    with pytest.raises(ValidationError) as refusal:
        releases.perform_release_step("schedule", row, by=by, due_at=DUE)
    releases.perform_release_step("schedule", row, by=by, due_at=DUE - SECOND)

    assert refusal.value.messages == [f"“{notice}”: “Public until” comes before the moment it goes out."]


def test_what_was_made_to_go_away_meanwhile_is_named() -> None:
    row = release("", pages.notice("Hush notice", publish_at=None))
    releases.perform_release_step("schedule", row, by=staff.account(is_superuser=True), due_at=DUE)
    ServiceNotice.objects.update(expire_at=DUE)

    publish_due(DUE)

    row.refresh_from_db()
    assert "“Public until” comes before the moment it goes out." in row.failure


def test_fault_of_one_item_is_not_told_to_those_who_work_on_another() -> None:
    launch_release(at=DUE)
    ServiceNotice.objects.update(text="Hush notice", language="xx")

    publish_due(DUE)

    said = Comment.objects.filter(kind=Comment.Kind.FAILED).values_list("text", flat=True)
    kept = Edition.objects.values_list("failure", flat=True)
    told = "The release “New tariff” did not go out.\nSomething else in its release was not ready."
    assert "Hush notice" in Release.objects.get().failure
    assert set(said) == {told}
    assert set(kept) == {"Something else in its release was not ready."}


def test_edition_saved_while_its_row_was_waited_for_is_the_one_that_goes_out() -> None:
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


def test_form_of_a_release_leaves_its_stage_as_it_is() -> None:
    row = launch_release(at=DUE)
    read = Release.objects.get()
    publish_due(DUE)
    read.name = "New tariffs"

    ReleaseAdmin(Release, admin.site).save_model(HttpRequest(), read, None, change=True)

    row.refresh_from_db()
    assert (row.name, row.stage, row.due_at) == ("New tariffs", "published", None)


def test_row_in_a_scheduled_release_is_not_deleted() -> None:
    launch_release(at=DUE)
    notice = ServiceNotice.objects.get()
    address = reverse("admin:pages_servicenotice_delete", args=[notice.pk])

    refused = staff.sign_in().post(address, {"post": "yes"})

    assert refused.status_code == 403
    assert ServiceNotice.objects.exists()


def test_form_that_is_saved_while_the_row_joins_does_not_take_it_out() -> None:
    notice = pages.notice("Hush notice", publish_at=None)
    row, by = release(), staff.account(is_superuser=True)
    browser, address = staff.sign_in(), reverse("admin:pages_servicenotice_change", args=[notice.pk])
    fields = forms.fill_form(browser, address)
    turns: list[str] = []

    def join_after_the_row_was_read(execute: Any, sql: str, *rest: Any) -> Any:
        if turns == ["read"]:
            turns.append("joined")
            releases.add_to_release(row, notice, by=by)
        if not turns and 'FROM "pages_servicenotice"' in sql:
            turns.append("read")
        return execute(sql, *rest)

    with connection.execute_wrapper(join_after_the_row_was_read):
        browser.post(address, fields)

    notice.refresh_from_db()
    assert turns == ["read", "joined"]
    assert notice.release == row


def test_page_names_nobody_who_is_gone() -> None:
    row, by = launch_release(), staff.account(is_superuser=True)
    releases.perform_release_step("publish", row, by=by)
    by.delete()

    shown = staff.sign_in().get(reverse("admin:publishing_release_change", args=[row.pk])).content.decode()

    assert "Went out on Friday 1 March 2030" in shown
    assert "by None" not in shown
