"""A password alone opens nothing where a second factor is set up or required, and no text is lost on the way."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from pytest_django import Settings

from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.roles import ADMINISTRATOR
from postportal.staff.login_limits import MAX_FAILURES_OF_ACCOUNT_IN_NETWORK
from postportal.staff.models import AuthenticatorApp, Autosave
from postportal.staff.second_factor import SUPERUSERS, check_two_factor_roles, make_recovery_codes
from tests.factories import forms, staff

pytestmark = pytest.mark.django_db
LOGIN, PASSWORD = "/admin/login/", "grue-Mast-71-fen"
NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _fixed_time() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def person(role: str = "Editor", *, has_app: bool = True, **fields: Any) -> User:
    user = staff.account(role, **fields)
    user.set_password(PASSWORD)
    user.save()
    if has_app:
        AuthenticatorApp.objects.create(user=user, name="app", confirmed=True)
    return user


def code_of(user: User) -> str:
    device = AuthenticatorApp.objects.get(user=user)
    return f"{totp(device.bin_key):06d}"


def wrong_code_of(user: User) -> str:
    return f"{(int(code_of(user)) + 1) % 1_000_000:06d}"


def enter_password(browser: Client, user: User, **extra: str) -> Any:
    return browser.post(LOGIN, {"username": user.username, "password": PASSWORD, **extra})


def enter_code(browser: Client, page: Any, code: str, **extra: str) -> Any:
    return browser.post(LOGIN, {"passed": page.context["form"].note, "code": code, **extra})


def is_logged_in(browser: Client) -> bool:
    return bool(browser.get("/admin/").status_code == 200)


def test_password_is_followed_by_a_code() -> None:
    user, browser = person(), Client()

    page = enter_password(browser, user)
    between = is_logged_in(browser)
    answer = enter_code(browser, page, code_of(user))

    assert (page.status_code, between) == (200, False)
    assert "Enter the code of your authenticator app" in page.content.decode()
    assert (answer.status_code, is_logged_in(browser)) == (302, True)
    assert Entry.objects.filter(action=Action.LOGIN).count() == 1
    assert PASSWORD not in page.content.decode()


def test_people_without_a_second_factor_log_in_as_before() -> None:
    browser = Client()

    assert enter_password(browser, person(has_app=False)).status_code == 302
    assert is_logged_in(browser)


@pytest.mark.parametrize("code", ["", "abc", "12345", "٣٤٥٦٧٨", "1" * 33, "\x00", "' OR 1"])
def test_wrong_code_opens_nothing_and_is_counted(code: str) -> None:
    user, browser = person(), Client()

    answer = enter_code(browser, enter_password(browser, user), code)

    assert (answer.status_code, is_logged_in(browser)) == (200, False)
    assert Entry.objects.filter(action=Action.LOGIN).count() == 0


def test_code_is_accepted_once() -> None:
    user = person()
    code = code_of(user)
    first, second = Client(), Client()
    enter_code(first, enter_password(first, user), code)

    enter_code(second, enter_password(second, user), code)

    assert (is_logged_in(first), is_logged_in(second)) == (True, False)


def test_guessing_codes_is_limited_like_guessing_passwords() -> None:
    user, browser = person(), Client()
    page = enter_password(browser, user)

    for _number in range(MAX_FAILURES_OF_ACCOUNT_IN_NETWORK):
        assert enter_code(browser, page, wrong_code_of(user)).status_code == 200
    refused = enter_code(browser, page, code_of(user))

    assert (refused.status_code, int(refused["Retry-After"]) > 0, is_logged_in(browser)) == (429, True, False)
    assert Entry.objects.filter(action=Action.LOGIN_FAILED, detail=user.username).count() == 10


def test_right_code_right_after_a_wrong_one_is_refused() -> None:
    """The library slows down guessing from many networks."""
    user, browser = person(), Client()
    page = enter_password(browser, user)
    enter_code(browser, page, wrong_code_of(user))

    assert enter_code(browser, page, code_of(user)).status_code == 200
    with time_machine.travel(NOW + dt.timedelta(seconds=2), tick=False):
        assert enter_code(browser, page, code_of(user)).status_code == 302


@pytest.mark.parametrize("change", ["forged", "late", "deactivated", "new password", "used"])
def test_note_of_the_first_step_ends(change: str) -> None:
    user, browser = person(), Client()
    note = enter_password(browser, user).context["form"].note
    at = NOW
    if change == "forged":
        note = note[:-2] + "xx"
    elif change == "late":
        at += dt.timedelta(minutes=15, seconds=1)
    elif change == "deactivated":
        User.objects.update(is_active=False)
    elif change == "new password":
        user.set_password(PASSWORD + "x")
        user.save()
    else:
        browser.post(LOGIN, {"passed": note, "code": code_of(user)})
        browser, at = Client(), NOW + dt.timedelta(minutes=1)

    with time_machine.travel(at, tick=False):
        answer = browser.post(LOGIN, {"passed": note, "code": code_of(user)})
        assert (answer.status_code, is_logged_in(browser)) == (200, False)


def test_note_of_one_person_does_not_open_the_account_of_another() -> None:
    user, victim, browser = person(), person(username="victim"), Client()
    page = enter_password(browser, user)

    enter_code(browser, page, code_of(victim), username=victim.username)

    assert not is_logged_in(browser)


def test_recovery_code_is_accepted_once() -> None:
    user = person()
    codes = make_recovery_codes(user)
    first, second = Client(), Client()

    enter_code(first, enter_password(first, user), codes[0].upper())
    enter_code(second, enter_password(second, user), codes[0])

    assert (is_logged_in(first), is_logged_in(second), StaticToken.objects.count()) == (True, False, 9)
    assert Entry.objects.filter(action=Action.TWO_FACTOR, detail="recovery code used").count() == 1


@pytest.mark.parametrize(("role", "fields"), [("Publisher", {}), ("", {"is_superuser": True})])
def test_required_second_factor_is_set_up_before_the_first_login(
    role: str, fields: dict[str, Any], settings: Settings
) -> None:
    settings.STAFF_TWO_FACTOR_ROLES = ["Publisher", SUPERUSERS]
    user, other, browser = person(role, has_app=False, **fields), person(has_app=False), Client()

    page = enter_password(browser, user)
    between = is_logged_in(browser)
    wrong = enter_code(browser, page, wrong_code_of(user))
    with time_machine.travel(NOW + dt.timedelta(seconds=2), tick=False):
        answer = enter_code(browser, wrong, code_of(user))

    assert "Your role needs two-factor login." in page.content.decode()
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page.content.decode()
    assert (between, wrong.status_code, answer.status_code) == (False, 200, 302)
    assert "Create recovery codes" in browser.get("/admin/").content.decode()
    assert enter_password(Client(), other).status_code == 302


def test_unknown_role_is_reported(settings: Settings) -> None:
    settings.STAFF_TWO_FACTOR_ROLES = ["Publisher", "Publishers"]

    assert [error.id for error in check_two_factor_roles()] == ["portal.E065"]
    settings.STAFF_TWO_FACTOR_ROLES = ["Publisher", SUPERUSERS]
    assert check_two_factor_roles() == []


def test_unsaved_form_comes_back_after_both_steps() -> None:
    user, browser = person(), Client()
    add = reverse("admin:news_article_add")
    fields = forms.fill_form(staff.sign_in(user), add, title="Mine", _continue="1")

    held = browser.post(add, fields)
    kept = {"next": held.context["next"], "_kept": held.context["form_data"]}
    page = enter_password(browser, user, **kept)
    wrong = enter_code(browser, page, wrong_code_of(user), **kept)
    with time_machine.travel(NOW + dt.timedelta(seconds=2), tick=False):
        answer = enter_code(browser, wrong, code_of(user), **kept)
        restored = forms.form_values(browser.get(answer["Location"]))

    for step in (page, wrong):
        content = step.content.decode()
        assert 'name="_kept" value="' in content
        assert f'name="next" value="{add}"' in content
    assert (answer.status_code, restored["title"]) == (302, "Mine")
    assert Autosave.objects.get().user == user


def test_login_leads_to_no_other_site_after_both_steps() -> None:
    user, browser = person(), Client()

    page = enter_password(browser, user, next="//elsewhere.example/")
    answer = enter_code(browser, page, code_of(user), next="//elsewhere.example/")

    assert answer["Location"] == "/admin/"


def reset_url(user: User) -> str:
    return reverse("admin:auth_user_reset_two_factor", args=[user.pk])


def test_administrator_resets_a_lost_phone() -> None:
    user, chief = person(), staff.account(ADMINISTRATOR)
    make_recovery_codes(user)
    browser = staff.sign_in(chief)
    assert "Reset two-factor login" in browser.get(f"/admin/auth/user/{user.pk}/change/").content.decode()

    answer = browser.post(reset_url(user))

    assert (answer.status_code, AuthenticatorApp.objects.count(), StaticToken.objects.count()) == (302, 0, 0)
    entry = Entry.objects.filter(action=Action.TWO_FACTOR).latest("number")
    assert (entry.actor_name, entry.item_key, entry.detail) == (chief.username, str(user.pk), "reset")
    assert enter_password(Client(), user).status_code == 302


def test_second_factor_is_not_reset_by_others_or_for_oneself() -> None:
    admin, user, chief = person("", is_superuser=True), person(), person(ADMINISTRATOR)

    statuses = [
        staff.sign_in(chief).post(reset_url(admin)).status_code,
        staff.sign_in(chief).post(reset_url(chief)).status_code,
        staff.sign_in(admin).post(reset_url(admin)).status_code,
        staff.sign_in(role="Publisher").post(reset_url(user)).status_code,
        staff.sign_in().post(reset_url(User(pk=0))).status_code,
        staff.sign_in().get(reset_url(user)).status_code,
    ]

    assert statuses == [403, 403, 403, 403, 403, 405]
    assert AuthenticatorApp.objects.count() == 3
