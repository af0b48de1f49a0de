import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from news.models import Article
from postportal.pages.models import ServiceNotice
from postportal.publishing.models import Edition, Release
from postportal.publishing.workflow import release_members, releases
from postportal.publishing.workflow.due import publish_due
from tests.factories import editorial, news, pages, services, staff
from tests.factories.releases import draft_of, launch_release, release
from tests.postportal.publishing.revision_pages import messages_of

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2030, 3, 1, 1, 0, tzinfo=dt.UTC)
DUE = NOW + dt.timedelta(minutes=30)
# 09:30 in Beijing.
DUE_AT_INPUT = "2030-03-01T09:30:00"


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def release_url(row: Release) -> str:
    return reverse("admin:publishing_release_change", args=[row.pk])


def take_step(browser: Client, row: Release, step: str, **fields: str) -> Any:
    page = browser.get(release_url(row)).content.decode()
    token = re.search(r'name="_token" value="(\w*)"', page)
    address = reverse("admin:publishing_release_step", args=[row.pk, step])
    return browser.post(address, {"_token": token[1] if token else "", **fields}, follow=True)


def move(browser: Client, row: Release, direction: str, item: Any) -> Any:
    address = reverse("admin:publishing_release_member", args=[row.pk, direction])
    return browser.post(address, {"member": f"{item._meta.label_lower}:{item.pk}"}, follow=True)


def test_release_is_filled_scheduled_and_published() -> None:
    browser = staff.sign_in(role="Publisher")
    browser.post(reverse("admin:publishing_release_add"), {"name": "New tariff", "note": "", "_continue": "1"})
    row = Release.objects.get()
    items = [
        editorial.draft_article("Hush fares", by=staff.account("Author")),
        pages.notice("Hush notice", publish_at=None),
    ]
    offered = browser.get(release_url(row)).content.decode()

    for item in items:
        move(browser, row, "add", item)
    answer = take_step(browser, row, "schedule", due_at=DUE_AT_INPUT)

    assert all(f'value="{item._meta.label_lower}:{item.pk}"' in offered for item in items)
    assert messages_of(answer) == [
        "All items in “New tariff” are scheduled for Friday 1 March 2030, 09:30 Beijing time."
    ]
    publish_due(DUE)
    shown = browser.get(release_url(row)).content.decode()
    assert "Published on Friday 1 March 2030, 09:30 Beijing time" in shown
    assert Article.objects.get().publish_at == ServiceNotice.objects.get().publish_at == DUE


def test_page_lists_items_that_are_not_ready_with_reasons() -> None:
    empty = editorial.draft_article("Empty", by=staff.account("Author"), standfirst="")
    row = release("", empty, pages.notice("Ready notice", publish_at=None))

    shown = staff.sign_in(role="Publisher").get(release_url(row)).content.decode()

    assert "Add a standfirst or body text." in shown
    assert shown.count("Ready</p>") == 1
    assert "Publish all now" not in shown


def test_page_warns_of_two_items_with_the_same_url() -> None:
    writer = staff.account("Author")
    items = [
        editorial.correction(news.article(name, standfirst="x"), by=writer, slug="hush") for name in ("One", "Two")
    ]

    shown = staff.sign_in(role="Publisher").get(release_url(release("", *items))).content.decode()

    assert "These items cannot be published together" in shown


def test_item_changed_since_the_page_was_shown_is_not_published() -> None:
    row, browser = launch_release(), staff.sign_in()
    browser.get(release_url(row))

    answer = browser.post(reverse("admin:publishing_release_step", args=[row.pk, "publish"]), {"_token": "old"})

    row.refresh_from_db()
    assert (answer.status_code, row.stage) == (200, "draft")
    assert "changed after you opened the page" in messages_of(answer)[0]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "Choose a publication time."),
        ("soon", "Choose a publication time."),
        ("2020-01-01T00:00:00", "The publication time must be in the future."),
    ],
)
def test_schedule_without_a_future_time_is_refused_with_a_reason(typed: str, reason: str) -> None:
    row = launch_release()

    answer = take_step(staff.sign_in(), row, "schedule", due_at=typed)

    row.refresh_from_db()
    assert row.stage == "draft"
    assert messages_of(answer) == [reason]
    # What was typed is in the field, with what is wrong with it.
    field = answer.context["schedule_form"]["due_at"]
    assert (field.value(), len(field.errors)) == (typed, 1)


@pytest.mark.parametrize(
    "value", ["", "news.article:", "news.article:1e3", "auth.user:1", "x", "news.article:99999999"]
)
def test_missing_item_cannot_be_added(value: str) -> None:
    row, browser = release(), staff.sign_in()

    answer = browser.post(reverse("admin:publishing_release_member", args=[row.pk, "add"]), {"member": value})

    assert answer.status_code == 302
    assert release_members.members(row) == []


# Permissions ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "may_act"),
    [
        ("Author", False),
        ("Editor", True),
        ("Publisher", True),
        ("Philatelist", True),
        ("Service desk", True),
        ("Viewer", False),
    ],
)
def test_releases_are_for_roles_that_publish(role: str, may_act: bool) -> None:
    row, browser = launch_release(), staff.sign_in(role=role)
    names = [("member", "add"), ("member", "remove"), ("step", "schedule"), ("step", "publish")]
    addresses = [reverse(f"admin:publishing_release_{name}", args=[row.pk, what]) for name, what in names]

    assert browser.get(release_url(row)).status_code == 200
    # Steps without the mark of the page are refused on the same page.
    assert [browser.post(url).status_code for url in addresses] == ([302, 302, 200, 200] if may_act else [403] * 4)
    assert [Client().post(address)["Location"].split("?")[0] for address in addresses] == ["/admin/login/"] * 4
    row.refresh_from_db()
    assert row.stage == "draft"


def test_service_desk_sees_no_titles_of_items_it_may_not_view() -> None:
    row, browser = launch_release(), staff.sign_in(role="Service desk")

    pages_shown = [browser.get(release_url(row)), take_step(browser, row, "publish")]
    row.failure = "“Hush fares”: wrong"
    row.save()
    pages_shown.append(browser.get(release_url(row)))

    for shown in pages_shown:
        assert "Hush fares" not in shown.content.decode()
        assert "Hush rates" not in shown.content.decode()
    assert "an item that you do not have permission to view" in pages_shown[0].content.decode()


def test_service_desk_adds_and_removes_only_its_hotlines() -> None:
    row, browser = release(), staff.sign_in(role="Service desk")
    hotline = services.hotline("Hush line", publish_at=None)
    article = editorial.draft_article("Hush fares", by=staff.account("Author"))

    move(browser, row, "add", hotline)
    move(browser, row, "add", article)

    assert [member.item for member in release_members.members(row)] == [hotline]
    assert browser.get(reverse("admin:news_article_release", args=[article.pk])).status_code == 403


def test_publishing_a_release_requires_permission_for_every_item() -> None:
    row = release(
        "", editorial.draft_article("Hush fares", by=staff.account("Author")), pages.notice("N", publish_at=None)
    )

    for role in ("Philatelist", "Service desk"):
        with pytest.raises(ValidationError, match="Your role does not allow this"):
            releases.perform_release_step("publish", row, by=staff.account(role))
    releases.perform_release_step("publish", row, by=staff.account("Editor"))

    assert Release.objects.get().stage == "published"


def test_scheduled_release_is_not_deleted_and_published_one_not_changed() -> None:
    row, browser = launch_release(at=DUE), staff.sign_in()
    delete = reverse("admin:publishing_release_delete", args=[row.pk])

    scheduled = browser.post(delete, {"post": "yes"}).status_code
    listed = browser.post(
        reverse("admin:publishing_release_changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
    ).status_code
    publish_due(DUE)

    assert (scheduled, listed) == (403, 403)
    assert browser.post(delete, {"post": "yes"}).status_code == 403
    assert browser.post(release_url(row), {"name": "Other"}).status_code == 403
    assert Release.objects.get().name == "New tariff"


def test_form_of_a_scheduled_member_changes_nothing() -> None:
    row = launch_release(at=DUE)
    form = reverse("admin:news_article_change", args=[draft_of(row).pk])

    assert staff.sign_in(role="Publisher").post(form, {"title": "Other"}).status_code == 403


# Calendar and home ----------------------------------------------------------------------------------------------------


def test_calendar_shows_a_release_as_one_event() -> None:
    launch_release(at=DUE)

    events = staff.sign_in().get("/admin/calendar/?view=list").context["events"]

    assert [(event.event_type.value, event.text, event.at) for event in events] == [("release", "New tariff", DUE)]


def test_home_lists_failed_releases() -> None:
    row = launch_release(at=DUE)
    ServiceNotice.objects.update(publish_at=DUE + dt.timedelta(days=1))
    publish_due(DUE)

    browser = staff.sign_in()
    lists = [browser.get(f"/admin/waiting/{name}/").content.decode() for name in ("releases", "failed-to-publish")]

    assert f'href="{release_url(row)}"' in lists[0]
    assert "Hush fares" in lists[1]


def test_failure_of_a_release_is_cleared_when_it_is_scheduled_again() -> None:
    row = launch_release(at=DUE)
    ServiceNotice.objects.update(publish_at=DUE + dt.timedelta(days=1))
    publish_due(DUE)
    ServiceNotice.objects.update(publish_at=None)

    chief, due_at = staff.account(is_superuser=True), DUE + dt.timedelta(days=1)
    releases.perform_release_step("schedule", row, by=chief, due_at=due_at)

    row.refresh_from_db()
    assert (row.failure, set(Edition.objects.values_list("failure", flat=True))) == ("", {""})


def test_row_without_a_time_is_hidden_and_listed_as_hidden() -> None:
    pages.notice("Hidden notice", publish_at=None)

    browser = staff.sign_in()
    listed = browser.get("/admin/pages/servicenotice/?visibility=hidden").content.decode()

    assert "Hidden notice" in listed
    assert "Hidden notice" not in browser.get("/admin/pages/servicenotice/?visibility=scheduled").content.decode()
