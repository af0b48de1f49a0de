"""People choose their password by a link that was emailed to them, and nobody else learns or does anything by it."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.http import urlsafe_base64_encode
from environ import Env
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.staff.login_limits import MAX_LINKS_IN_NETWORK, MAX_LINKS_OF_ACCOUNT
from postportal.staff.models import Preferences
from postportal.web.mail_settings import mail_settings
from tests.factories import staff

pytestmark = pytest.mark.django_db
ASK, CHOOSE = "/admin/password/", "/admin/password/choose/"
OLD, NEW = "grue-Mast-71-fen", "quay-Lamp-38-oat"
NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
LINK = re.compile(r"https?://\S+")


def owner(**fields: Any) -> User:
    user = staff.account("Editor", **{"username": "li", "email": "li@post.example", **fields})
    user.set_password(OLD)
    user.save()
    return user


def ask(email: str = "li@post.example", browser: Client | None = None, **extra: str) -> Any:
    return (browser or Client()).post(ASK, {"email": email}, **extra)


def emailed_link() -> str:
    found = LINK.search(str(mail.outbox[-1].body))
    assert found
    return found[0]


def open_link(browser: Client, link: str) -> Any:
    return browser.get("/" + link.split("/", 3)[3])


def choose(browser: Client, password: str = NEW) -> Any:
    return browser.post(CHOOSE, {"new_password1": password, "new_password2": password})


def test_forgotten_password_is_replaced_by_the_link() -> None:
    user, browser = owner(), Client()
    assert "/admin/password/" in browser.get("/admin/login/").content.decode()

    ask(browser=browser)
    opened = open_link(browser, emailed_link())
    page = browser.get(CHOOSE)
    saved = choose(browser)

    assert (opened.status_code, opened["Location"], page.status_code) == (302, CHOOSE, 200)
    assert (saved.status_code, saved["Location"]) == (302, "/admin/login/")
    user.refresh_from_db()
    assert user.check_password(NEW)
    # Choosing a password is no login: the second factor comes with that.
    assert browser.get("/admin/").status_code == 302
    assert browser.post("/admin/login/", {"username": "li", "password": NEW}).status_code == 302


def test_link_can_be_used_once() -> None:
    owner()
    ask()
    link, browser = emailed_link(), Client()
    open_link(browser, link)
    choose(browser)

    assert (open_link(Client(), link).status_code, choose(browser, OLD).status_code) == (410, 410)


@pytest.mark.parametrize(
    "change", [{"email": "other@post.example"}, {"is_active": False}, {"is_staff": False}, {"last_login": "now"}]
)
def test_link_ends_with_a_change_of_the_account(change: dict[str, Any]) -> None:
    user, browser = owner(), Client()
    ask()
    open_link(browser, emailed_link())

    User.objects.filter(pk=user.pk).update(**{k: timezone.now() if v == "now" else v for k, v in change.items()})

    assert (open_link(Client(), emailed_link()).status_code, choose(browser).status_code) == (410, 410)


def test_link_ends_after_three_days() -> None:
    with time_machine.travel(NOW, tick=False):
        owner()
        ask()

    for minutes, status in ((-1, 302), (1, 410)):
        with time_machine.travel(NOW + dt.timedelta(days=3, minutes=minutes), tick=False):
            assert open_link(Client(), emailed_link()).status_code == status


def test_opening_the_link_uses_nothing_up() -> None:
    owner()
    ask()

    assert [open_link(Client(), emailed_link()).status_code for _ in range(2)] == [302, 302]


def test_link_of_one_account_does_not_fit_another() -> None:
    owner()
    other = staff.account("Editor", email="other@post.example")
    ask()
    token = emailed_link().rstrip("/").rpartition(":")[2]

    for uid in (urlsafe_base64_encode(str(other.pk).encode()), "x.y", "9" * 40, "é", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"):
        assert Client().get(f"/admin/password/link/{uid}:{token}/").status_code == 410


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}, {"email": ""}])
def test_answer_does_not_tell_whether_there_is_an_account(fields: dict[str, Any]) -> None:
    owner()
    staff.account(**{"username": "other", "email": "other@post.example", **fields})
    answers = [ask(email, follow=True) for email in ("li@post.example", "nobody@post.example", "other@post.example")]

    assert len({re.sub(r'value="[^"]+"', "", answer.content.decode()) for answer in answers}) == 1
    assert [email.to for email in mail.outbox] == [["li@post.example"]]


def test_account_without_a_password_gets_no_link_by_asking() -> None:
    user = owner()
    user.set_unusable_password()
    user.save()

    ask()

    assert mail.outbox == []


def test_two_accounts_with_one_address_get_no_link() -> None:
    owner()
    owner(username="li-2", email="LI@post.example")

    ask()

    assert mail.outbox == []


def test_network_asks_ten_times_and_an_account_gets_three_emails() -> None:
    owner()

    answers = [ask() for _ in range(MAX_LINKS_IN_NETWORK + 1)]

    assert [answer.status_code for answer in answers] == [302] * MAX_LINKS_IN_NETWORK + [429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert len(mail.outbox) == MAX_LINKS_OF_ACCOUNT


def test_link_begins_with_the_configured_host(settings: Settings) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://portal.example", ["*"]
    owner()

    ask(HTTP_HOST="evil.example")

    assert emailed_link().startswith("https://portal.example/admin/password/link/")
    assert "evil" not in str(mail.outbox[0].message())


def test_email_is_in_the_language_of_the_person() -> None:
    user = owner()
    Preferences.objects.create(user=user, language="zh-hans")
    ask()
    Preferences.objects.update(language="en")
    ask()

    assert "Your username: li" in str(mail.outbox[1].body)
    assert mail.outbox[1].subject == "Choose a new password on testserver"


def test_weak_password_is_refused() -> None:
    user, browser = owner(), Client()
    ask()
    open_link(browser, emailed_link())

    answer = choose(browser, "short-1")

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["new_password2"])
    user.refresh_from_db()
    assert user.check_password(OLD)


def test_pages_are_not_cached_and_requests_are_logged_without_the_address() -> None:
    user = owner()
    ask()
    ask("nobody@post.example")

    entries = Entry.objects.filter(action=Action.PASSWORD_LINK).order_by("number")
    assert [(entry.item_key, entry.detail) for entry in entries] == [(str(user.pk), ""), ("", "no email sent")]
    assert all("no-store" in Client().get(url)["Cache-Control"] for url in (ASK, CHOOSE))


def test_invited_person_chooses_a_password(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    fields = {"username": "na", "email": "na@post.example"}
    with django_capture_on_commit_callbacks(execute=True):
        staff.sign_in().post("/admin/auth/user/add/", fields)

    browser = Client()
    open_link(browser, emailed_link())
    choose(browser)

    assert mail.outbox[0].to == ["na@post.example"]
    assert "An account was created for you." in str(mail.outbox[0].body)
    assert browser.post("/admin/login/", {"username": "na", "password": NEW}).status_code == 302
    assert Entry.objects.filter(action=Action.INVITE).count() == 1


def use_no_mail_server(settings: Settings) -> None:
    url = Env.email_url_config("smtp://127.0.0.1:9")
    for name, value in mail_settings(url, timeout=5).items():
        setattr(settings, name, value)


def test_mail_server_that_is_down_is_told_to_the_administrator(settings: Settings) -> None:
    use_no_mail_server(settings)
    user, browser = owner(), staff.sign_in()

    page = browser.post(f"/admin/auth/user/{user.pk}/invite/", follow=True).content.decode()

    assert "The email to li@post.example could not be sent." in page
    assert Entry.objects.filter(action=Action.INVITE).count() == 0


def test_person_without_an_account_gets_nothing_when_the_server_is_down(settings: Settings) -> None:
    use_no_mail_server(settings)
    owner()

    assert (ask().status_code, ask("nobody@post.example").status_code) == (302, 302)
