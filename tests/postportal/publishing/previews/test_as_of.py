"""Preview of the whole site at a future time."""

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


def preview_at(at: dt.datetime, *, role: str = "Viewer", **fields: Any) -> Client:
    """Return a client whose session has this time, whether the user may preview the site or not."""
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
    """Return a live article with a new title scheduled for `at`."""
    article = news.article("Old title", standfirst="By rail.")
    browser, change = staff.sign_in(role="Editor"), reverse("admin:news_article_change", args=[article.pk])
    browser.post(change, forms.fill_form(browser, change, title=title, _continue="1"))
    steps.perform("schedule", article, by=staff.account("Editor"), due_at=at)
    return article


def all_rows() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Article, StampIssue, Edition, ContactMessage)]


def test_whole_site_is_shown_at_the_chosen_time(client: Client) -> None:
    due = timezone.now() + IN_AN_HOUR
    new, changed = scheduled("Night mail returns", at=due), correction("New title", at=due)
    issue = services.stamp_issue("River ferry", state=State.DRAFT, year=2026, number=7)
    steps.perform("schedule", issue, by=staff.account("Philatelist"), due_at=due)
    person = news.person("Zhou", publish_at=due)
    pages.notice("Roads are closed.", publish_at=due)
    before, browser = all_rows(), preview_at(due)
    pages_and_texts = {
        "/": "Roads are closed.",
        "/news/": "Night mail returns",
        new.get_absolute_url(): "By rail.",
        changed.get_absolute_url(): "New title",
        issue.get_absolute_url(): "River ferry",
        person.get_absolute_url(): "Zhou",
        reverse("news:feed", args=["atom"]): "Night mail returns",
        "/search/?q=Night": "Night mail returns",
    }

    for url, text in pages_and_texts.items():
        ahead, now = browser.get(url), client.get(url)
        assert (url, ahead.status_code, text in ahead.content.decode()) == (url, 200, True)
        assert (url, text in now.content.decode()) == (url, False)
    assert all_rows() == before


def test_nothing_is_shown_a_second_early() -> None:
    due = timezone.now() + IN_AN_HOUR
    new, changed = scheduled("Night mail returns", at=due), correction("New title", at=due)
    browser = preview_at(due - dt.timedelta(seconds=1))

    assert browser.get(new.get_absolute_url()).status_code == 404
    assert "Old title" in browser.get(changed.get_absolute_url()).content.decode()


def test_item_that_expires_before_then_is_gone() -> None:
    article = news.article("Fair", expire_at=timezone.now() + IN_AN_HOUR)

    assert preview_at(timezone.now() + 2 * IN_AN_HOUR).get(article.get_absolute_url()).status_code == 410


def test_drafts_stay_hidden() -> None:
    article = news.article("Secret", state=State.DRAFT)

    assert preview_at(timezone.now() + IN_AN_HOUR).get(article.get_absolute_url()).status_code == 404


def test_every_page_has_a_banner_with_the_time_and_is_not_cached() -> None:
    browser = preview_at(dt.datetime(2126, 12, 8, 1, 30, tzinfo=dt.UTC))

    for url in ("/", "/news/", "/zh-hans/", "/search/", "/contact/", "/no-such-page/"):
        answer = browser.get(url, headers={"If-None-Match": "*", "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})
        page = answer.content.decode()
        assert (url, "2126" in page, 'action="/admin/as-of/"' in page) == (url, True, True)
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "Sunday 8 December 2126, 09:30 Beijing time" in browser.get("/").content.decode()


def test_forms_cannot_be_submitted() -> None:
    browser = preview_at(timezone.now() + IN_AN_HOUR)

    answer = browser.post("/contact/", {"name": "A", "email": "a@example.org", "message": "Hello"})

    assert (answer.status_code, "you cannot submit forms" in answer.content.decode()) == (403, True)
    assert ContactMessage.objects.count() == 0


def test_admin_and_health_check_stay_in_the_present() -> None:
    due = timezone.now() + IN_AN_HOUR
    article = scheduled("Night mail returns", at=due)
    browser = preview_at(due, role="Editor")

    browser.get(reverse("admin:news_article_changelist"))
    browser.get(reverse("admin:news_article_change", args=[article.pk]))
    browser.get("/healthz")

    article.refresh_from_db()
    assert (article.state, Edition.objects.get().stage) == (State.SCHEDULED, "scheduled")


def test_time_that_has_passed_is_ignored() -> None:
    due = timezone.now() + IN_AN_HOUR
    browser = preview_at(due)

    with time_machine.travel(due, tick=False):
        page = browser.get("/").content.decode()

    assert "preview-bar" not in page


ROLES = {
    "Editor": True,
    "Publisher": True,
    "Viewer": True,
    "Author": False,
    "Philatelist": False,
    "Service desk": False,
}


@pytest.mark.parametrize("role", ROLES)
def test_only_roles_that_can_view_everything_can_preview_the_site(role: str) -> None:
    due = timezone.now() + IN_AN_HOUR
    article = scheduled("Night mail returns", at=due)
    browser = preview_at(due, role=role)
    fresh = staff.sign_in(role=role)

    shown = browser.get(article.get_absolute_url()).status_code
    status = fresh.post(CHOOSE, {"at": timezone.localtime(due).isoformat(timespec="seconds")[:19]}).status_code

    assert (shown, status) == ((200, 302) if ROLES[role] else (404, 403))
    assert (SESSION_KEY in fresh.session) == ROLES[role]
    assert ("Site at a future time" in fresh.get("/admin/").content.decode()) == ROLES[role]


@pytest.mark.parametrize("fields", [{"is_staff": False}, {"is_active": False}])
def test_session_of_an_account_without_access_is_ignored(fields: dict[str, Any]) -> None:
    due = timezone.now() + IN_AN_HOUR
    article = scheduled("Night mail returns", at=due)

    answer = preview_at(due, **fields).get(article.get_absolute_url())

    assert answer.status_code == 404


def test_anonymous_session_and_forged_cookie_are_ignored(client: Client) -> None:
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
        assert (answer.status_code, "preview-bar" in answer.content.decode()) == (404, False)


@pytest.mark.parametrize("value", ["soon", "2126-02-30T00:00:00+00:00", "2126-01-01T00:00:00", "", 7, None])
def test_invalid_session_value_is_ignored(value: Any) -> None:
    browser = staff.sign_in(role="Viewer")
    session = browser.session
    session[SESSION_KEY] = value
    session.save()

    assert "preview-bar" not in browser.get("/").content.decode()


def test_preview_link_stays_in_the_present() -> None:
    due = timezone.now() + IN_AN_HOUR
    article = scheduled("Night mail returns", at=due)
    browser = preview_at(due, role="Editor")
    browser.post(reverse("admin:news_article_share", args=[article.pk]), {"days": "1"})
    message = str(next(iter(browser.get(reverse("admin:news_article_change", args=[article.pk])).context["messages"])))

    answer = browser.get(message.split('href="http://testserver')[1].split('"', maxsplit=1)[0])

    assert (answer.status_code, "Return to the live site" in answer.content.decode()) == (200, False)
