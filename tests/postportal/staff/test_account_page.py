import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.publishing.models import Comment
from postportal.publishing.workflow.notifications import recipients
from postportal.staff.models import Preferences
from tests.factories import editorial, staff

pytestmark = pytest.mark.django_db
ACCOUNT, ELSEWHERE = "/admin/account/", "/admin/account/log-out-elsewhere/"
PASSWORD = "grue-Mast-71-fen"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


def editor(**fields: Any) -> User:
    user = staff.account("Editor", **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(user: User, agent: str = FIREFOX) -> Client:
    browser = Client(HTTP_USER_AGENT=agent)
    answer = browser.post("/admin/login/", {"username": user.username, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def test_people_change_their_name_language_and_emails() -> None:
    user = editor()
    browser = log_in(user)

    answer = browser.post(ACCOUNT, {"first_name": "Li", "last_name": "Na", "language": "zh-hans"})

    user.refresh_from_db()
    assert (answer.status_code, user.get_full_name()) == (302, "Li Na")
    saved = Preferences.objects.get(user=user)
    assert (saved.language, saved.has_comment_mails, saved.has_review_mails) == ("zh-hans", False, False)
    assert browser.get("/admin/").headers["Content-Language"] == "zh-Hans"
    # In another browser too.
    assert log_in(user, PHONE).get("/admin/").headers["Content-Language"] == "zh-Hans"


@pytest.mark.parametrize("field", ["username", "email", "is_superuser", "is_staff", "groups", "password", "user"])
def test_nothing_else_can_be_changed_there(field: str) -> None:
    user, other = editor(email="li@post.example"), staff.account()
    before = User.objects.filter(pk=user.pk).values().get()

    log_in(user).post(ACCOUNT, {"first_name": "Li", field: other.pk})

    after = User.objects.filter(pk=user.pk).values().get()
    assert {name for name in before if before[name] != after[name]} == {"first_name", "last_login"}
    assert (user.groups.get().name, Preferences.objects.get().user) == ("Editor", user)


def test_list_of_sessions_names_browsers() -> None:
    user = editor()
    with time_machine.travel(dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC), tick=False):
        log_in(user, PHONE)
        browser = log_in(user)
        log_in(editor(username="somebody-else"), "Opera OPR/1 Windows")
        page = browser.get(ACCOUNT)

    names = [(row.browser, row.is_current) for row in page.context["sessions"]]
    assert names == [("Firefox on Linux", True), ("Safari on iPhone", False)]
    assert "no-store" in page["Cache-Control"]
    # The page is no way to the keys of sessions.
    assert not any(row.session_key in page.content.decode() for row in Session.objects.all())


def test_last_use_is_noted_every_five_minutes() -> None:
    start, user = timezone.now(), editor()
    with time_machine.travel(start, tick=False):
        phone, browser = log_in(user, PHONE), log_in(user)
    for minutes, noted in ((4, 0), (6, 6)):
        with time_machine.travel(start + dt.timedelta(minutes=minutes), tick=False):
            phone.get("/admin/")
            sessions = browser.get(ACCOUNT).context["sessions"]
        assert sessions[1].seen_at == start + dt.timedelta(minutes=noted)


def test_logging_out_elsewhere_ends_only_the_other_sessions_of_the_user() -> None:
    user, other = editor(), editor(username="somebody-else")
    browser, phone, colleague = log_in(user), log_in(user, PHONE), log_in(other)

    browser.post(ELSEWHERE)

    statuses = [each.get("/admin/").status_code for each in (browser, phone, colleague)]
    assert statuses == [200, 302, 200]
    entry = Entry.objects.get(action=Action.LOGOUT)
    assert (entry.item_key, entry.detail) == (str(user.pk), "elsewhere: 1")
    assert browser.get(ELSEWHERE).status_code == 405


def test_sessions_from_before_a_new_password_are_not_listed() -> None:
    user = editor()
    log_in(user, PHONE)
    user.set_password(PASSWORD + "x")
    user.save()

    browser = staff.sign_in(user)

    assert [row.is_current for row in browser.get(ACCOUNT).context["sessions"]] == [True]


def test_emails_that_are_not_wanted_are_not_sent() -> None:
    writer, reader = staff.account("Author", email="a@post.example"), staff.account("Publisher", email="p@post.example")
    article = editorial.submitted_article("Fares", by=writer)
    submitted = Comment.objects.of(article).get(kind=Comment.Kind.SUBMITTED)
    assert reader in recipients(submitted)

    Preferences.objects.create(user=reader, has_review_mails=False)

    assert reader not in recipients(submitted)
