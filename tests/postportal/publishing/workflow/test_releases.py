"""All of a release goes out in its second, or none of it."""

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
from postportal.publishing.workflow import releases, steps
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
        home, found = (Client().get(address).content.decode() for address in ("/", SEARCH))
    return {text: text in home + found for text in ("Hush fares", "Hush rates", "Hush notice")}


ALL = dict.fromkeys(("Hush fares", "Hush rates", "Hush notice"), True)
NONE = dict.fromkeys(ALL, False)


def test_all_of_it_shows_in_its_second_and_not_before() -> None:
    row = launch_release(at=DUE)

    assert shown(DUE - SECOND) == NONE
    assert shown(DUE) == ALL
    row.refresh_from_db()
    assert (row.stage, row.published_at, row.failure) == ("published", DUE, "")
    assert set(ServiceNotice.objects.values_list("publish_at", flat=True)) == {DUE}
    assert Article.objects.get(title="Hush fares").publish_at == DUE


def test_all_of_it_can_go_out_at_once() -> None:
    row = launch_release()

    releases.perform_release_step("publish", row, by=staff.account(is_superuser=True))

    assert shown(NOW) == ALL


@pytest.mark.parametrize("broken", ["draft", "notice", "deleted"])
def test_what_has_become_invalid_holds_back_everything(broken: str) -> None:
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
    assert "did not go out" in Comment.objects.filter(kind=Comment.Kind.FAILED).latest("pk").text


def test_what_was_deleted_meanwhile_is_no_part_of_it() -> None:
    row = launch_release(at=DUE)
    draft_of(row).delete()

    assert shown(DUE) == {**ALL, "Hush fares": False}


def test_release_from_which_all_is_gone_is_held_back() -> None:
    row = release("", pages.notice(publish_at=None))
    releases.perform_release_step("schedule", row, by=staff.account(is_superuser=True), due_at=DUE)
    ServiceNotice.objects.all().delete()

    publish_due(DUE)

    row.refresh_from_db()
    assert (row.stage, row.failure) == ("draft", "Nothing is in it any more.")


def test_two_corrections_that_want_the_same_address_hold_each_other_back() -> None:
    writer = staff.account("Editor")
    items = [
        editorial.correction(news.article(title, standfirst="By rail."), by=writer, slug="hush")
        for title in ("One", "Two")
    ]
    row = release("", *items)

    with pytest.raises(ValidationError) as refusal:
        releases.perform_release_step("schedule", row, by=staff.account(is_superuser=True), due_at=DUE)

    assert refusal.value.messages == ["They cannot go out together: two of them want the same number or address."]
    row.refresh_from_db()
    assert row.stage == "draft"
    assert row.published_at is None


def test_refusal_names_every_reason_of_every_item() -> None:
    author = staff.account("Editor")
    empty = editorial.draft_article("Empty", by=staff.account("Editor"), standfirst="")
    row = release("", editorial.draft_article("Own", by=author), empty, pages.notice("X", publish_at=None))
    ServiceNotice.objects.update(text="", language="xx")

    with pytest.raises(ValidationError) as refusal:
        releases.perform_release_step("schedule", row, by=author, due_at=DUE)

    assert "“Own”: You wrote some of it, so somebody else has to approve it first." in refusal.value.messages
    assert "“Empty”: It has neither a standfirst nor a text." in refusal.value.messages
    assert len(refusal.value.messages) == 4


def test_moment_has_to_be_in_the_future() -> None:
    with pytest.raises(ValidationError):
        launch_release(at=NOW)


def test_empty_release_does_not_go_out() -> None:
    with pytest.raises(ValidationError, match=r"Nothing is in it\."):
        releases.perform_release_step("publish", release(), by=staff.account(is_superuser=True))


@pytest.mark.parametrize("name", ["publish", "schedule", "force", "unschedule"])
@pytest.mark.parametrize("is_scheduled", [False, True])
def test_nothing_leaves_a_release_by_itself(name: str, is_scheduled: bool) -> None:
    row = launch_release(at=DUE if is_scheduled else None)
    article = draft_of(row)

    with pytest.raises(ValidationError) as refusal:
        steps.perform(name, article, by=staff.account(is_superuser=True), due_at=DUE, reason="Urgent.")

    assert "Take it out of the release first." in " ".join(refusal.value.messages)
    assert shown(NOW) == NONE


def test_schedule_taken_back_leaves_drafts_that_can_be_written() -> None:
    row = launch_release(at=DUE)

    releases.perform_release_step("unschedule", row, by=staff.account(is_superuser=True))

    assert shown(DUE) == NONE
    assert set(row.editions.values_list("stage", flat=True)) == {"draft"}


def test_only_a_publisher_lifts_its_embargo() -> None:
    row = release("", editorial.draft_article("Hush fares", by=staff.account("Author")))
    releases.perform_release_step("schedule", row, by=staff.account("Editor"), due_at=DUE)

    for name in ("publish", "unschedule"):
        with pytest.raises(ValidationError, match="embargo"):
            releases.perform_release_step(name, row, by=staff.account("Editor"))
    releases.perform_release_step("publish", row, by=staff.account("Publisher"))

    assert shown(NOW)["Hush fares"]


def test_log_and_history_say_with_what_it_went_out() -> None:
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


def test_note_of_a_correction_is_what_readers_are_told() -> None:
    letter = editorial.correction(
        news.article("Letter rates", standfirst="By rail."), by=staff.account("Editor"), title="Hush rates"
    )
    row = release()
    releases.add_to_release(row, letter, by=staff.account(is_superuser=True), note="Rates rise in May.")

    releases.perform_release_step("publish", row, by=staff.account(is_superuser=True))

    letter.refresh_from_db()
    assert (letter.change_note, letter.changed_at) == ("Rates rise in May.", NOW)


def test_page_of_readers_costs_no_more_for_releases() -> None:
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


def test_site_as_of_its_moment_shows_all_of_it() -> None:
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
