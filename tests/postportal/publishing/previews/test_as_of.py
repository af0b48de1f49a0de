"""The whole portal as it will be at a moment, for staff who may see everything."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from postportal.pages.models import ContactMessage
from postportal.publishing.models import Edition, State
from postportal.publishing.previews.as_of import SESSION_KEY
from postportal.publishing.workflow import steps
from services.models import StampIssue
from tests.factories import forms, news, pages, services, staff

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]
IN_AN_HOUR = dt.timedelta(hours=1)
CHOOSE = "/admin/as-of/"


def looking_ahead(at: dt.datetime, *, role: str = "Viewer", **fields: Any) -> Client:
    """A browser whose session says this moment, whoever it belongs to."""
    browser = staff.sign_in(staff.account(role, **fields))
    session = browser.session
    session[SESSION_KEY] = at.isoformat()
    session.save()
    return browser


def scheduled(title: str, *, at: dt.datetime, **fields: Any) -> Article:
    article = news.article(title, standfirst="By rail.", state=State.DRAFT, **fields)
    steps.perform("schedule", article, by=staff.account("Editor"), due_at=at)
    article.refresh_from_db()
    return article


def correction(title: str, *, at: dt.datetime) -> Article:
    """A live article whose new title goes out then."""
    article = news.article("Old title", standfirst="By rail.")
    browser, change = staff.sign_in(role="Editor"), reverse("admin:news_article_change", args=[article.pk])
    browser.post(change, forms.fill_form(browser, change, title=title, _continue="1"))
    steps.perform("schedule", article, by=staff.account("Editor"), due_at=at)
    return article


def state_of_everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Article, StampIssue, Edition, ContactMessage)]


def test_whole_portal_is_seen_as_it_will_be(client: Client) -> None:
    due = timezone.now() + IN_AN_HOUR
    new, changed = scheduled("Night mail returns", at=due), correction("New title", at=due)
    issue = services.stamp_issue("River ferry", state=State.DRAFT, year=2026, number=7)
    steps.perform("schedule", issue, by=staff.account("Philatelist"), due_at=due)
    person = news.person("Zhou", publish_at=due)
    pages.notice("Roads are closed.", publish_at=due)
    before, browser = state_of_everything(), looking_ahead(due)
    addresses = {
        "/": "Roads are closed.",
        "/news/": "Night mail returns",
        new.get_absolute_url(): "By rail.",
        changed.get_absolute_url(): "New title",
        issue.get_absolute_url(): "River ferry",
        person.get_absolute_url(): "Zhou",
        "/feeds/news.atom": "Night mail returns",
        "/search/?q=Night": "Night mail returns",
    }
    addresses = {address: text for address, text in addresses.items() if not address.startswith("/feeds")}
    feed = reverse("news:feed", args=["atom"])

    for address, text in {**addresses, feed: "Night mail returns"}.items():
        ahead, now = browser.get(address), client.get(address)
        assert (address, ahead.status_code, text in ahead.content.decode()) == (address, 200, True)
        assert (address, text in now.content.decode()) == (address, False)
    assert state_of_everything() == before


def test_nothing_shows_a_second_early() -> None:
    due = timezone.now() + IN_AN_HOUR
    new, changed = scheduled("Night mail returns", at=due), correction("New title", at=due)
    browser = looking_ahead(due - dt.timedelta(seconds=1))

    assert browser.get(new.get_absolute_url()).status_code == 404
    assert "Old title" in browser.get(changed.get_absolute_url()).content.decode()


def test_what_expires_until_then_is_gone() -> None:
    article = news.article("Fair", expire_at=timezone.now() + IN_AN_HOUR)

    assert looking_ahead(timezone.now() + 2 * IN_AN_HOUR).get(article.get_absolute_url()).status_code == 410


def test_drafts_stay_hidden() -> None:
    article = news.article("Secret", state=State.DRAFT)

    assert looking_ahead(timezone.now() + IN_AN_HOUR).get(article.get_absolute_url()).status_code == 404


def test_bar_says_the_moment_on_every_page_and_nobody_keeps_it() -> None:
    browser = looking_ahead(dt.datetime(2126, 12, 8, 1, 30, tzinfo=dt.UTC))

    for address in ("/", "/news/", "/zh-hans/", "/search/", "/contact/", "/no-such-page/"):
        answer = browser.get(
            address, headers={"If-None-Match": "*", "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
        )
        page = answer.content.decode()
        assert (address, "2126" in page, 'action="/admin/as-of/"' in page) == (address, True, True)
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "Sunday 8 December 2126, 09:30 Beijing time" in browser.get("/").content.decode()


def test_nothing_can_be_sent_from_there() -> None:
    browser = looking_ahead(timezone.now() + IN_AN_HOUR)

    answer = browser.post("/contact/", {"name": "A", "email": "a@example.org", "message": "Hello"})

    assert (answer.status_code, "go back to now first" in answer.content.decode()) == (403, True)
    assert ContactMessage.objects.count() == 0


def test_staff_side_stays_in_the_present() -> None:
    due = timezone.now() + IN_AN_HOUR
    article = scheduled("Night mail returns", at=due)
    browser = looking_ahead(due, role="Editor")

    browser.get(reverse("admin:news_article_changelist"))
    browser.get(reverse("admin:news_article_change", args=[article.pk]))
    browser.get("/healthz")

    article.refresh_from_db()
    assert (article.state, Edition.objects.get().stage) == (State.SCHEDULED, "scheduled")


def test_moment_that_has_passed_is_the_present() -> None:
    due = timezone.now() + IN_AN_HOUR
    browser = looking_ahead(due)

    with time_machine.travel(due, tick=False):
        page = browser.get("/").content.decode()

    assert "seen-as" not in page


ROLES = {
    "Editor": True,
    "Publisher": True,
    "Viewer": True,
    "Author": False,
    "Philatelist": False,
    "Service desk": False,
}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_see_everything_does_not_look_ahead(role: str) -> None:
    due = timezone.now() + IN_AN_HOUR
    article = scheduled("Night mail returns", at=due)
    browser = looking_ahead(due, role=role)
    fresh = staff.sign_in(role=role)

    shown = browser.get(article.get_absolute_url()).status_code
    chosen = fresh.post(CHOOSE, {"at": timezone.localtime(due).isoformat(timespec="seconds")[:19]}).status_code

    assert (shown, chosen) == ((200, 302) if ROLES[role] else (404, 403))
    assert (SESSION_KEY in fresh.session) == ROLES[role]
    assert ("Site as of…" in fresh.get("/admin/").content.decode()) == ROLES[role]


@pytest.mark.parametrize("fields", [{"is_staff": False}, {"is_active": False}])
def test_session_of_somebody_else_means_nothing(fields: dict[str, Any]) -> None:
    due = timezone.now() + IN_AN_HOUR
    article = scheduled("Night mail returns", at=due)

    answer = looking_ahead(due, **fields).get(article.get_absolute_url())

    assert answer.status_code == 404


def test_session_without_an_account_and_a_made_up_cookie_mean_nothing(client: Client) -> None:
    due = timezone.now() + IN_AN_HOUR
    article = scheduled("Night mail returns", at=due)
    session = client.session
    session[SESSION_KEY] = due.isoformat()
    session.save()
    forger = Client()
    forger.cookies["sessionid"] = "a" * 32
    forger.cookies[SESSION_KEY] = due.isoformat()

    for browser in (client, forger):
        answer = browser.get(article.get_absolute_url(), {SESSION_KEY: due.isoformat()})
        assert (answer.status_code, "seen-as" in answer.content.decode()) == (404, False)


@pytest.mark.parametrize("value", ["soon", "2126-02-30T00:00:00+00:00", "2126-01-01T00:00:00", "", 7, None])
def test_session_value_that_is_no_moment_means_nothing(value: Any) -> None:
    browser = staff.sign_in(role="Viewer")
    session = browser.session
    session[SESSION_KEY] = value
    session.save()

    assert "seen-as" not in browser.get("/").content.decode()


def test_moment_is_chosen_on_a_page_and_left_by_the_bar() -> None:
    article = scheduled("Night mail returns", at=timezone.now() + dt.timedelta(days=1))
    browser = staff.sign_in(role="Editor")

    page = browser.get(CHOOSE)
    at = timezone.localtime(timezone.now() + dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%S")
    ahead = browser.post(CHOOSE, {"at": at, "next": article.get_absolute_url()}, follow=True)
    told = browser.get(CHOOSE).content.decode()
    back = browser.post(CHOOSE, {"back": "1"}, follow=True)

    assert ("Night mail returns" in page.content.decode(), page.status_code) == (True, 200)
    assert ahead.redirect_chain == [(article.get_absolute_url(), 302)]
    assert ("seen-as" in ahead.content.decode(), "You see the site as of" in told) == (True, True)
    assert ("seen-as" in back.content.decode(), SESSION_KEY in browser.session) == (False, False)


def test_moment_of_a_scheduled_item_is_chosen_from_its_form() -> None:
    due = timezone.now() + dt.timedelta(hours=1, microseconds=5)
    article = scheduled("Night mail returns", at=due)
    browser = staff.sign_in(role="Viewer")
    page = browser.get(reverse("admin:news_article_change", args=[article.pk]))
    at = timezone.localtime(page.context["looks_ahead_to"]).strftime("%Y-%m-%dT%H:%M:%S.%f")
    assert f'name="at" value="{at}"' in page.content.decode()

    answer = browser.post(CHOOSE, {"at": at, "next": page.context["public_address"]}, follow=True)

    assert "Night mail returns" in answer.content.decode()


@pytest.mark.parametrize("at", ["", "soon", "1999-01-01T00:00:00"])
def test_moment_that_is_none_or_has_passed_is_refused(at: str) -> None:
    browser = staff.sign_in(role="Editor")

    answer = browser.post(CHOOSE, {"at": at})

    assert (answer.status_code, bool(answer.context["form"].errors), SESSION_KEY in browser.session) == (
        *(200, True),
        False,
    )


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_choice_leads_nowhere_else(address: str) -> None:
    browser = staff.sign_in(role="Editor")

    answer = browser.post(CHOOSE, {"at": "2126-12-08T09:30:00", "next": address})

    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_moment_of_a_link_is_proposed() -> None:
    answer = staff.sign_in(role="Editor").get(CHOOSE, {"at": "2126-12-08T01:30:00+00:00"})

    assert 'value="2126-12-08T09:30:00"' in answer.content.decode()


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert "/admin/login/" in client.get(CHOOSE)["Location"]
    assert "/admin/login/" in client.post(CHOOSE, {"at": "2126-12-08T09:30:00"})["Location"]


def test_shared_preview_stays_in_the_present() -> None:
    due = timezone.now() + IN_AN_HOUR
    article = scheduled("Night mail returns", at=due)
    browser = looking_ahead(due, role="Editor")
    browser.post(reverse("admin:news_article_share", args=[article.pk]), {"days": "1"})
    told = str(next(iter(browser.get(reverse("admin:news_article_change", args=[article.pk])).context["messages"])))

    answer = browser.get(told.split('href="http://testserver')[1].split('"', maxsplit=1)[0])

    assert (answer.status_code, "Back to now" in answer.content.decode()) == (200, False)
