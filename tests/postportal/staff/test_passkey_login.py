"""Passkeys as a whole login, as its second step, and as the second factor that a role requires."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django_otp.plugins.otp_static.models import StaticToken
from pytest_django import Settings

from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.staff.login_limits import MAX_FAILURES_IN_NETWORK, MAX_FAILURES_OF_ACCOUNT_IN_NETWORK
from postportal.staff.models import Passkey
from postportal.staff.second_factor import make_recovery_codes
from tests.factories.authenticator import ORIGIN, PRESENT, Authenticator
from tests.postportal.staff.passkey_browsers import (
    LOGIN,
    PASSWORD,
    QUESTION,
    SecureClient,
    answer_of,
    clock,
    is_logged_in,
    person,
    with_passkey,
)

__all__ = ["clock"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_passkey_logs_in_without_name_and_password(clock: Any) -> None:
    user, device = with_passkey()
    clock.shift(1)
    browser = SecureClient()

    answer = browser.post(LOGIN, {**answer_of(browser, device), "next": "/admin/account/"})

    assert (answer.status_code, answer["Location"], is_logged_in(browser)) == (302, "/admin/account/", True)
    entry = Entry.objects.filter(action=Action.LOGIN).latest("number")
    assert entry.actor_name == user.username


def test_passkey_without_fingerprint_is_only_a_second_step(clock: Any) -> None:
    user, device = with_passkey()
    device.flags = PRESENT
    clock.shift(1)
    browser = SecureClient()

    alone = browser.post(LOGIN, answer_of(browser, device))
    between = is_logged_in(browser)
    page = browser.post(LOGIN, {"username": user.username, "password": PASSWORD})
    passed = page.context["form"].note
    answer = browser.post(LOGIN, {"passed": passed, **answer_of(browser, device, passed=passed)})

    assert "This passkey was not accepted" in alone.content.decode()
    assert "Continue with a passkey" in page.content.decode()
    assert (between, answer.status_code, is_logged_in(browser)) == (False, 302, True)


def test_recovery_code_replaces_a_lost_passkey(clock: Any) -> None:
    user, _device = with_passkey()
    codes = make_recovery_codes(user)
    browser = SecureClient()

    page = browser.post(LOGIN, {"username": user.username, "password": PASSWORD})
    answer = browser.post(LOGIN, {"passed": page.context["form"].note, "code": codes[0]})

    assert (answer.status_code, StaticToken.objects.count()) == (302, 9)


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_passkey_of_a_closed_account_opens_nothing(field: str, clock: Any) -> None:
    _user, device = with_passkey()
    User.objects.update(**{field: False})
    clock.shift(1)
    browser = SecureClient()

    assert browser.post(LOGIN, answer_of(browser, device)).status_code == 200
    assert not is_logged_in(browser)


def test_wrong_passkeys_are_counted_like_wrong_passwords(clock: Any) -> None:
    user, device = with_passkey()
    device.origin = "https://evil.example"
    clock.shift(1)
    browser = SecureClient()

    for _number in range(MAX_FAILURES_OF_ACCOUNT_IN_NETWORK):
        browser.post(LOGIN, answer_of(browser, device))
    device.origin = ORIGIN
    refused = browser.post(LOGIN, answer_of(browser, device))

    assert (refused.status_code, is_logged_in(browser)) == (429, False)
    assert Entry.objects.filter(action=Action.LOGIN_FAILED, detail=user.username).count() == 10


def test_unknown_passkeys_close_their_network_and_nobody_elses() -> None:
    browser, stranger = SecureClient(), Authenticator()
    answer = answer_of(browser, stranger)

    statuses = [browser.post(LOGIN, answer).status_code for _number in range(MAX_FAILURES_IN_NETWORK + 1)]

    assert statuses == [200] * MAX_FAILURES_IN_NETWORK + [429]
    assert SecureClient(REMOTE_ADDR="192.0.2.7").post(LOGIN, answer).status_code == 200


def test_question_of_the_second_step_needs_the_password() -> None:
    _user, _device = with_passkey()

    assert SecureClient().post(QUESTION).json()["options"]["allowCredentials"] == []
    assert SecureClient().post(QUESTION, {"passed": "forged"}).status_code == 403
    assert SecureClient().get(QUESTION).status_code == 405


def test_first_factor_that_a_role_requires_can_be_a_passkey(settings: Settings, clock: Any) -> None:
    settings.STAFF_TWO_FACTOR_ROLES = ["Editor"]
    user, browser, device = person(), SecureClient(), Authenticator()
    page = browser.post(LOGIN, {"username": user.username, "password": PASSWORD})
    passed = page.context["form"].note
    question = browser.post(QUESTION, {"passed": passed}).json()
    answer = {"passed": passed, "passkey": device.create(question["options"]), "passkey_note": question["note"]}

    forged = browser.post(LOGIN, {**answer, "passkey_note": "forged"})
    between = is_logged_in(browser)
    accepted = browser.post(LOGIN, {**answer, "passkey_name": "Phone"}, follow=True)

    assert "Create passkey and log in" in page.content.decode()
    assert ("The passkey could not be added." in forged.content.decode(), between) == (True, False)
    assert "Create recovery codes" in accepted.content.decode()
    assert (Passkey.objects.get().name, is_logged_in(browser)) == ("Phone", True)
    # The note of the first step is used up, and whoever has a passkey is asked for it.
    clock.shift(1)
    assert browser.post(LOGIN, answer).context["form"].has_error("__all__", "too_late")
    again = browser.post(LOGIN, {"username": user.username, "password": PASSWORD})
    assert "Create passkey" not in again.content.decode()


def test_first_passkey_without_a_name_is_called_passkey(settings: Settings) -> None:
    settings.STAFF_TWO_FACTOR_ROLES = ["Editor"]
    user, browser, device = person(), SecureClient(), Authenticator()
    passed = browser.post(LOGIN, {"username": user.username, "password": PASSWORD}).context["form"].note
    question = browser.post(QUESTION, {"passed": passed}).json()

    answer = {"passed": passed, "passkey": device.create(question["options"]), "passkey_note": question["note"]}

    assert browser.post(LOGIN, answer).status_code == 302
    assert Passkey.objects.get().name == "Passkey"


def test_passkey_counts_where_a_second_factor_is_required(settings: Settings, clock: Any) -> None:
    user, device = with_passkey()
    settings.STAFF_TWO_FACTOR_ROLES = ["Editor"]
    clock.shift(1)
    browser = SecureClient()

    page = browser.post(LOGIN, {"username": user.username, "password": PASSWORD})
    assert "Set it up now" not in page.content.decode()
    assert browser.post(LOGIN, answer_of(browser, device)).status_code == 302
