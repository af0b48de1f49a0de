"""A release is published on time as a whole, or not at all."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.models import Article
from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.pages.models import ServiceNotice
from postportal.publishing.models import Comment, Edition, Release, State
from postportal.publishing.workflow import release_members, releases, steps
from postportal.publishing.workflow.due import publish_due
from tests.factories import editorial, news, pages, staff
from tests.factories.releases import draft_of, launch_release, release

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2030, 3, 1, 1, 0, tzinfo=dt.UTC)
DUE = NOW + dt.timedelta(minutes=30)
SECOND = dt.timedelta(seconds=1)
SEARCH = "/search/?q=hush"


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def shown(at: dt.datetime) -> dict[str, bool]:
    with time_machine.travel(at, tick=False):
        home, results = (Client().get(url).content.decode() for url in ("/", SEARCH))
    return {text: text in home + results for text in ("Hush fares", "Hush rates", "Hush notice")}


ALL = dict.fromkeys(("Hush fares", "Hush rates", "Hush notice"), True)
NONE = dict.fromkeys(ALL, False)


def test_release_is_published_on_time() -> None:
    row = launch_release(at=DUE)

    assert shown(DUE - SECOND) == NONE
    assert shown(DUE) == ALL
    row.refresh_from_db()
    assert (row.stage, row.published_at, row.failure) == ("published", DUE, "")
    assert set(ServiceNotice.objects.values_list("publish_at", flat=True)) == {DUE}
    assert Article.objects.get(title="Hush fares").publish_at == DUE


def test_release_can_be_published_immediately() -> None:
    row = launch_release()

    releases.perform_release_step("publish", row, by=staff.account(is_superuser=True))

    assert shown(NOW) == ALL


@pytest.mark.parametrize("broken", ["draft", "notice", "deleted"])
def test_invalid_item_prevents_the_whole_publication(broken: str) -> None:
    row = launch_release(at=DUE)
    if broken == "draft":
        Article.objects.filter(pk=draft_of(row).pk).update(slug="No slug")
    elif broken == "notice":
        ServiceNotice.objects.update(publish_at=DUE + dt.timedelta(days=1))
    else:
        Article.objects.filter(title="Letter rates").update(state=State.UNPUBLISHED, withdrawal_reason="Wrong.")
        Edition.objects.filter(content__isnull=False).update(stage="draft", due_at=None)

    assert shown(DUE) == NONE
    row.refresh_from_db()
    assert (row.stage, row.due_at) == ("draft", None)
    assert "“" in row.failure
    assert set(row.editions.values_list("stage", flat=True)) == {"draft"}
    assert Comment.objects.filter(kind=Comment.Kind.FAILED).count() == 2
    assert "was not published" in Comment.objects.filter(kind=Comment.Kind.FAILED).latest("pk").text


def test_deleted_item_is_left_out() -> None:
    row = launch_release(at=DUE)
    draft_of(row).delete()

    assert shown(DUE) == {**ALL, "Hush fares": False}


def test_release_whose_items_were_deleted_fails() -> None:
    row = release("", pages.notice(publish_at=None))
    releases.perform_release_step("schedule", row, by=staff.account(is_superuser=True), due_at=DUE)
    ServiceNotice.objects.all().delete()

    publish_due(DUE)

    row.refresh_from_db()
    assert (row.stage, row.failure) == ("draft", "The release is empty.")


def test_changes_to_the_same_url_cannot_be_published_together() -> None:
    writer = staff.account("Editor")
    items = [
        editorial.correction(news.article(title, standfirst="By rail."), by=writer, slug="hush")
        for title in ("One", "Two")
    ]
    row = release("", *items)

    with pytest.raises(ValidationError) as refusal:
        releases.perform_release_step("schedule", row, by=staff.account(is_superuser=True), due_at=DUE)

    text = "These items cannot be published together because two of them use the same number or URL."
    assert refusal.value.messages == [text]
    row.refresh_from_db()
    assert row.stage == "draft"
    assert row.published_at is None


def test_refusal_lists_all_reasons_of_all_items() -> None:
    author = staff.account("Editor")
    empty = editorial.draft_article("Empty", by=staff.account("Editor"), standfirst="")
    row = release("", editorial.draft_article("Own", by=author), empty, pages.notice("X", publish_at=None))
    ServiceNotice.objects.update(text="", language="xx")

    with pytest.raises(ValidationError) as refusal:
        releases.perform_release_step("schedule", row, by=author, due_at=DUE)

    assert "“Own”: You wrote part of this text, so someone else must approve it first." in refusal.value.messages
    assert "“Empty”: Add a standfirst or body text." in refusal.value.messages
    assert len(refusal.value.messages) == 4


def test_publication_time_must_be_in_the_future() -> None:
    with pytest.raises(ValidationError):
        launch_release(at=NOW)


def test_empty_release_cannot_be_published() -> None:
    with pytest.raises(ValidationError, match="The release is empty"):
        releases.perform_release_step("publish", release(), by=staff.account(is_superuser=True))


@pytest.mark.parametrize("name", ["publish", "schedule", "force", "unschedule"])
@pytest.mark.parametrize("is_scheduled", [False, True])
def test_items_of_a_release_cannot_be_published_alone(name: str, is_scheduled: bool) -> None:
    row = launch_release(at=DUE if is_scheduled else None)
    article = draft_of(row)

    with pytest.raises(ValidationError) as refusal:
        steps.perform(name, article, by=staff.account(is_superuser=True), due_at=DUE, reason="Urgent.")

    assert "Remove it from the release first." in " ".join(refusal.value.messages)
    assert shown(NOW) == NONE


def test_cancelled_schedule_leaves_drafts() -> None:
    row = launch_release(at=DUE)

    releases.perform_release_step("unschedule", row, by=staff.account(is_superuser=True))

    assert shown(DUE) == NONE
    assert set(row.editions.values_list("stage", flat=True)) == {"draft"}


def test_only_a_publisher_can_lift_the_embargo() -> None:
    row = release("", editorial.draft_article("Hush fares", by=staff.account("Author")))
    releases.perform_release_step("schedule", row, by=staff.account("Editor"), due_at=DUE)

    for name in ("publish", "unschedule"):
        with pytest.raises(ValidationError, match="embargo"):
            releases.perform_release_step(name, row, by=staff.account("Editor"))
    releases.perform_release_step("publish", row, by=staff.account("Publisher"))

    assert shown(NOW)["Hush fares"]


def test_log_and_history_name_the_release() -> None:
    row = launch_release(at=DUE)
    article = draft_of(row)

    publish_due(DUE)

    entries = Entry.objects.filter(action=Action.RELEASE).values_list("item_label", "detail")
    assert sorted(entries) == [
        ("news.article", "New tariff"),
        ("news.article", "New tariff"),
        ("pages.servicenotice", "New tariff"),
        ("publishing.release", "New tariff"),
    ]
    history = staff.sign_in().get(f"/admin/news/article/{article.pk}/history/").content.decode()
    assert "New tariff" in history


def test_note_is_shown_to_readers() -> None:
    letter = editorial.correction(
        news.article("Letter rates", standfirst="By rail."), by=staff.account("Editor"), title="Hush rates"
    )
    row = release()
    release_members.add_to_release(row, letter, by=staff.account(is_superuser=True), note="Rates rise in May.")

    releases.perform_release_step("publish", row, by=staff.account(is_superuser=True))

    letter.refresh_from_db()
    assert (letter.change_note, letter.changed_at) == ("Rates rise in May.", NOW)


def test_releases_add_no_queries_to_public_pages() -> None:
    browser = Client()

    def queries() -> int:
        browser.get("/news/")
        with CaptureQueriesContext(connection) as captured:
            browser.get("/news/")
        return len(captured)

    launch_release()
    before = queries()
    releases.perform_release_step("schedule", Release.objects.get(), by=staff.account(is_superuser=True), due_at=DUE)

    assert queries() == before


def test_site_preview_shows_the_release() -> None:
    launch_release(at=DUE)
    browser = staff.sign_in()

    page = browser.get("/admin/as-of/").content.decode()
    browser.post("/admin/as-of/", {"at": DUE.isoformat()})
    home = browser.get("/").content.decode()

    assert "New tariff" in page
    assert "Hush fares" in home
    assert "Hush notice" in home
    assert shown(NOW) == NONE
    assert Release.objects.get().stage == "scheduled"
