"""Releases on the staff side: put together, scheduled and let out by whoever may."""

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
from postportal.publishing.admin.release import FAR_FUTURE
from postportal.publishing.models import Edition, Release
from postportal.publishing.workflow import releases
from postportal.publishing.workflow.due import publish_due
from tests.factories import editorial, news, pages, services, staff
from tests.factories.releases import draft_of, launch_release, release
from tests.postportal.publishing.revision_pages import messages_of

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2030, 3, 1, 1, 0, tzinfo=dt.UTC)
DUE = NOW + dt.timedelta(minutes=30)
# 09:30 in Beijing.
TYPED = "2030-03-01T09:30:00"


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def page_of(row: Release) -> str:
    return reverse("admin:publishing_release_change", args=[row.pk])


def press(browser: Client, row: Release, step: str, **said: str) -> Any:
    shown = browser.get(page_of(row)).content.decode()
    token = re.search(r'name="_token" value="(\w*)"', shown)
    address = reverse("admin:publishing_release_step", args=[row.pk, step])
    return browser.post(address, {"_token": token[1] if token else "", **said}, follow=True)


def move(browser: Client, row: Release, way: str, item: Any) -> Any:
    address = reverse("admin:publishing_release_member", args=[row.pk, way])
    return browser.post(address, {"member": f"{item._meta.label_lower}:{item.pk}"}, follow=True)


def test_launch_is_put_together_scheduled_and_goes_out() -> None:
    browser = staff.sign_in(role="Publisher")
    browser.post(reverse("admin:publishing_release_add"), {"name": "New tariff", "note": "", "_continue": "1"})
    row = Release.objects.get()
    items = [
        editorial.draft_article("Hush fares", by=staff.account("Author")),
        pages.notice("Hush notice", publish_at=None),
    ]
    offered = browser.get(page_of(row)).content.decode()

    for item in items:
        move(browser, row, "add", item)
    answer = press(browser, row, "schedule", due_at=TYPED)

    assert all(f'value="{item._meta.label_lower}:{item.pk}"' in offered for item in items)
    assert messages_of(answer) == ["All of “New tariff” goes out on Friday 1 March 2030, 09:30 Beijing time."]
    publish_due(DUE)
    shown = browser.get(page_of(row)).content.decode()
    assert "Went out on Friday 1 March 2030, 09:30 Beijing time" in shown
    assert Article.objects.get().publish_at == ServiceNotice.objects.get().publish_at == DUE


def test_page_lists_what_is_not_ready_and_why() -> None:
    empty = editorial.draft_article("Empty", by=staff.account("Author"), standfirst="")
    row = release("", empty, pages.notice("Ready notice", publish_at=None))

    shown = staff.sign_in(role="Publisher").get(page_of(row)).content.decode()

    assert "It has neither a standfirst nor a text." in shown
    assert shown.count("Ready</p>") == 1
    assert "Publish all now" not in shown


def test_page_says_that_two_want_the_same_address() -> None:
    writer = staff.account("Author")
    items = [
        editorial.correction(news.article(name, standfirst="x"), by=writer, slug="hush") for name in ("One", "Two")
    ]

    shown = staff.sign_in(role="Publisher").get(page_of(release("", *items))).content.decode()

    assert "They cannot go out together" in shown


def test_what_was_changed_since_the_page_was_shown_does_not_go_out() -> None:
    row, browser = launch_release(), staff.sign_in()
    browser.get(page_of(row))

    answer = browser.post(reverse("admin:publishing_release_step", args=[row.pk, "publish"]), {"_token": "old"})

    row.refresh_from_db()
    assert (answer.status_code, row.stage) == (302, "draft")
    assert "changed after you opened the page" in messages_of(browser.get(page_of(row)))[0]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "Say when it goes out."),
        ("soon", "Say when it goes out."),
        ("2020-01-01T00:00:00", "The moment it should go out at has passed."),
    ],
)
def test_schedule_without_a_moment_to_come_is_refused_in_words(typed: str, reason: str) -> None:
    row = launch_release()

    answer = press(staff.sign_in(), row, "schedule", due_at=typed)

    row.refresh_from_db()
    assert row.stage == "draft"
    assert messages_of(answer) == [reason]


def test_item_is_put_in_and_taken_out_from_its_own_form() -> None:
    article, browser = editorial.draft_article("Hush fares", by=staff.account("Author")), staff.sign_in(role="Editor")
    address = reverse("admin:news_article_release", args=[article.pk])
    form = browser.get(reverse("admin:news_article_change", args=[article.pk])).content.decode()

    browser.post(address, {"new_name": "New tariff"})
    joined = releases.release_of(article)
    waiting = browser.get(reverse("admin:news_article_change", args=[article.pk])).content.decode()
    browser.post(address, {"leave": "1"})

    assert f'href="{address}"' in form
    assert joined == Release.objects.get(name="New tariff")
    assert "It goes out with the release" in waiting
    assert releases.release_of(article) is None


@pytest.mark.parametrize("said", [{}, {"new_name": " "}, {"new_name": "x" * 151}, {"release": "999999"}])
def test_page_of_an_item_asks_again_for_a_release(said: dict[str, str]) -> None:
    article, browser = editorial.draft_article("Hush fares", by=staff.account("Author")), staff.sign_in()

    answer = browser.post(reverse("admin:news_article_release", args=[article.pk]), said)

    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not Release.objects.exists()


def test_refused_item_leaves_no_new_release_behind() -> None:
    article, browser = news.article(), staff.sign_in()

    answer = browser.post(reverse("admin:news_article_release", args=[article.pk]), {"new_name": "Launch"})

    assert messages_of(answer) == ["Nothing waits beside what readers see."]
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    "value", ["", "news.article:", "news.article:1e3", "auth.user:1", "x", "news.article:99999999"]
)
def test_nothing_is_put_in_that_is_not_there(value: str) -> None:
    row, browser = release(), staff.sign_in()

    answer = browser.post(reverse("admin:publishing_release_member", args=[row.pk, "add"]), {"member": value})

    assert answer.status_code == 302
    assert releases.members(row) == []


# Rights ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "look", "act"),
    [
        ("Author", 200, 403),
        ("Editor", 200, 302),
        ("Publisher", 200, 302),
        ("Philatelist", 200, 302),
        ("Service desk", 200, 302),
        ("Viewer", 200, 403),
    ],
)
def test_releases_are_worked_on_by_those_who_put_things_out(role: str, look: int, act: int) -> None:
    row, browser = launch_release(), staff.sign_in(role=role)
    names = [("member", "add"), ("member", "remove"), ("step", "schedule"), ("step", "publish")]
    addresses = [reverse(f"admin:publishing_release_{name}", args=[row.pk, what]) for name, what in names]

    assert browser.get(page_of(row)).status_code == look
    assert [browser.post(address).status_code for address in addresses] == [act] * 4
    assert [Client().post(address)["Location"].split("?")[0] for address in addresses] == ["/admin/login/"] * 4
    row.refresh_from_db()
    assert row.stage == "draft"


def test_service_desk_sees_no_titles_that_its_role_does_not_show() -> None:
    row, browser = launch_release(), staff.sign_in(role="Service desk")

    pages_shown = [browser.get(page_of(row)), press(browser, row, "publish")]
    row.failure = "“Hush fares”: wrong"
    row.save()
    pages_shown.append(browser.get(page_of(row)))

    for shown in pages_shown:
        assert "Hush fares" not in shown.content.decode()
        assert "Hush rates" not in shown.content.decode()
    assert "something that your role does not show" in pages_shown[0].content.decode()


def test_service_desk_moves_its_hotline_and_nothing_else() -> None:
    row, browser = release(), staff.sign_in(role="Service desk")
    hotline = services.hotline("Hush line", publish_at=None)
    article = editorial.draft_article("Hush fares", by=staff.account("Author"))

    move(browser, row, "add", hotline)
    move(browser, row, "add", article)

    assert [member.item for member in releases.members(row)] == [hotline]
    assert browser.get(reverse("admin:news_article_release", args=[article.pk])).status_code == 403


def test_each_needs_the_right_to_publish_what_is_in_it() -> None:
    row = release(
        "", editorial.draft_article("Hush fares", by=staff.account("Author")), pages.notice("N", publish_at=None)
    )

    for role in ("Philatelist", "Service desk"):
        with pytest.raises(ValidationError, match="Your role does not allow this"):
            releases.perform_release_step("publish", row, by=staff.account(role))
    releases.perform_release_step("publish", row, by=staff.account("Editor"))

    assert Release.objects.get().stage == "published"


def test_what_is_scheduled_or_out_is_not_deleted_and_what_is_out_not_renamed() -> None:
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
    assert browser.post(page_of(row), {"name": "Other"}).status_code == 403
    assert Release.objects.get().name == "New tariff"


def test_scheduled_member_is_not_changed_by_its_form() -> None:
    row = launch_release(at=DUE)
    form = reverse("admin:news_article_change", args=[draft_of(row).pk])

    assert staff.sign_in(role="Publisher").post(form, {"title": "Other"}).status_code == 403


# Around it ------------------------------------------------------------------------------------------------------------


def test_calendar_shows_a_release_as_one_event() -> None:
    launch_release(at=DUE)

    events = staff.sign_in().get("/admin/calendar/?view=list").context["events"]

    assert [(event.turn.value, event.text, event.at) for event in events] == [("release", "New tariff", DUE)]


def test_home_lists_what_did_not_go_out() -> None:
    row = launch_release(at=DUE)
    ServiceNotice.objects.update(publish_at=DUE + dt.timedelta(days=1))
    publish_due(DUE)

    browser = staff.sign_in()
    lists = [browser.get(f"/admin/waiting/{name}/").content.decode() for name in ("releases", "did-not-go-out")]

    assert f'href="{page_of(row)}"' in lists[0]
    assert "Hush fares" in lists[1]


def test_faults_of_a_release_go_once_it_is_scheduled_again() -> None:
    row = launch_release(at=DUE)
    ServiceNotice.objects.update(publish_at=DUE + dt.timedelta(days=1))
    publish_due(DUE)
    ServiceNotice.objects.update(publish_at=None)

    releases.perform_release_step("schedule", row, by=staff.account(is_superuser=True), due_at=FAR_FUTURE)

    row.refresh_from_db()
    assert (row.failure, set(Edition.objects.values_list("failure", flat=True))) == ("", {""})


def test_row_without_a_moment_is_hidden_and_listed_as_such() -> None:
    pages.notice("Hidden notice", publish_at=None)

    browser = staff.sign_in()
    listed = browser.get("/admin/pages/servicenotice/?visibility=hidden").content.decode()

    assert "Hidden notice" in listed
    assert "Hidden notice" not in browser.get("/admin/pages/servicenotice/?visibility=scheduled").content.decode()
