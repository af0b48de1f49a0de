import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib import admin
from django.contrib.auth.models import User
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from pytest_django import Settings

from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.staff.models import AuthenticatorApp
from tests.factories import staff

pytestmark = pytest.mark.django_db
SET_UP, CODES, OFF = "/admin/account/two-factor/", "/admin/account/recovery-codes/", "/admin/account/two-factor/off/"
NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _fixed_time() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def code_of(user: User) -> str:
    return f"{totp(AuthenticatorApp.objects.get(user=user).bin_key):06d}"


def with_app(role: str = "Editor") -> User:
    user = staff.account(role)
    AuthenticatorApp.objects.create(user=user, name="app", confirmed=True)
    return user


def details() -> list[str]:
    return list(Entry.objects.filter(action=Action.TWO_FACTOR).order_by("number").values_list("detail", flat=True))


def test_app_is_set_up_with_its_first_code_and_gives_recovery_codes() -> None:
    user = staff.account("Editor")
    browser = staff.sign_in(user)

    page = browser.get(SET_UP)
    assert not AuthenticatorApp.objects.get().confirmed
    answer = browser.post(SET_UP, {"code": code_of(user)})

    assert AuthenticatorApp.objects.get().confirmed
    assert answer.content.decode().count("<li><code>") == StaticToken.objects.count() == 10
    assert "no-store" in page["Cache-Control"]
    assert "style=" not in page.content.decode()
    assert details() == ["set up", "recovery codes created"]
    # The secret is not shown again.
    assert browser.get(SET_UP).status_code == 302
    assert "You have 10 recovery codes left" in browser.get("/admin/account/").content.decode()


def test_wrong_first_code_turns_nothing_on() -> None:
    browser = staff.sign_in(role="Editor")
    browser.get(SET_UP)

    answer = browser.post(SET_UP, {"code": "abc"})

    assert list(answer.context["form"].errors) == ["code"]
    assert (AuthenticatorApp.objects.get().confirmed, StaticDevice.objects.count()) == (False, 0)


@pytest.mark.parametrize("url", [CODES, OFF])
def test_open_browser_is_not_enough_to_change_it(url: str) -> None:
    browser = staff.sign_in(with_app())

    answers = [browser.get(url), browser.post(url, {}), browser.post(url, {"code": "abc"})]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert (AuthenticatorApp.objects.count(), StaticToken.objects.count(), details()) == (1, 0, [])


def test_new_recovery_codes_replace_the_old_ones() -> None:
    user = with_app()
    browser = staff.sign_in(user)
    browser.post(CODES, {"code": code_of(user)})
    old = set(StaticToken.objects.values_list("token", flat=True))

    with time_machine.travel(NOW + dt.timedelta(minutes=1), tick=False):
        browser.post(CODES, {"code": code_of(user)})

    new = set(StaticToken.objects.values_list("token", flat=True))
    assert (len(new), old & new) == (10, set())


def test_second_factor_is_turned_off_with_a_code_unless_it_is_required(settings: Settings) -> None:
    user = with_app()
    browser = staff.sign_in(user)

    settings.STAFF_TWO_FACTOR_ROLES = ["Editor"]
    refused = browser.post(OFF, {"code": code_of(user)})
    settings.STAFF_TWO_FACTOR_ROLES = []
    with time_machine.travel(NOW + dt.timedelta(minutes=1), tick=False):
        answer = browser.post(OFF, {"code": code_of(user)})

    assert (refused.status_code, answer.status_code, AuthenticatorApp.objects.count()) == (403, 302, 0)
    assert details() == ["turned off"]


def test_secrets_have_no_pages_of_their_own() -> None:
    assert not {AuthenticatorApp, StaticDevice, StaticToken} & set(admin.site._registry)
