"""Passkeys on the page of the account: adding and removing them."""

from typing import Any

import pytest
from django.test import Client
from django_otp.plugins.otp_static.models import StaticToken
from pytest_django import Settings

from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.staff.models import AuthenticatorApp, Passkey
from tests.factories.authenticator import DOMAIN
from tests.postportal.staff.passkey_browsers import (
    ADD,
    LOGIN,
    NEW_QUESTION,
    PASSWORD,
    QUESTION,
    SecureClient,
    add,
    answer_of,
    clock,
    log_in,
    person,
    with_passkey,
)

__all__ = ["clock"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def details() -> list[str]:
    return list(Entry.objects.filter(action=Action.TWO_FACTOR).order_by("number").values_list("detail", flat=True))


def test_first_passkey_gives_recovery_codes_and_the_second_does_not() -> None:
    browser = log_in(person())

    _device, first = add(browser)
    _device, second = add(browser, name="Key in the desk")

    assert (first.content.decode().count("<li><code>"), second.status_code) == (10, 302)
    assert details() == ["passkey added", "recovery codes created", "passkey added"]
    account = browser.get("/admin/account/").content.decode()
    assert "Key in the desk" in account
    assert "You have 10 recovery codes left" in account


def test_open_browser_is_not_enough_to_add_a_passkey(clock: Any) -> None:
    browser = log_in(person())
    clock.shift(11 * 60)

    page = browser.get(ADD)
    refused = [browser.post(NEW_QUESTION).status_code, browser.post(ADD, {"password": "x"}).status_code]
    confirmed = browser.post(ADD, {"password": PASSWORD})
    _device, added = add(browser)

    assert "Enter your password" in page.content.decode()
    assert (refused, confirmed.status_code, added.status_code) == ([403, 200], 302, 200)
    assert Entry.objects.filter(action=Action.LOGIN_FAILED).count() == 1
    # Whoever has a passkey confirms with it, not with the password.
    clock.shift(11 * 60)
    assert "Confirm with a passkey" in browser.get(ADD).content.decode()
    assert browser.post(ADD, {"password": PASSWORD}).status_code == 200


def test_open_browser_does_not_get_recovery_codes_by_setting_up_an_app(clock: Any) -> None:
    user = person()
    browser = log_in(user)
    device, _page = add(browser)
    clock.shift(11 * 60)

    page = browser.get("/admin/account/two-factor/")
    answer = browser.post("/admin/account/two-factor/", answer_of(browser, device))

    assert "Confirm with a passkey" in page.content.decode()
    assert not AuthenticatorApp.objects.exists()
    assert (answer.status_code, browser.get("/admin/account/two-factor/").status_code) == (302, 200)
    assert "QR code" in browser.get("/admin/account/two-factor/").content.decode()


def test_last_factor_stays_where_the_role_requires_one(settings: Settings, clock: Any) -> None:
    user, browser = person(), SecureClient()
    browser.force_login(user)
    other = log_in(user)
    device, _page = add(other)
    add(other, name="Second")
    settings.STAFF_TWO_FACTOR_ROLES = ["Editor"]

    answers = []
    for passkey in Passkey.objects.filter(user=user).order_by("-pk"):
        clock.shift(1)
        answers.append(browser.post(f"/admin/account/passkeys/{passkey.pk}/remove/", answer_of(browser, device)))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Passkey.objects.filter(user=user).count() == 1
    page = browser.get("/admin/account/").content.decode()
    assert "Add another passkey or an authenticator app first." in page
    assert "Remove passkey" not in page
    clock.shift(1)
    assert browser.post("/admin/account/two-factor/off/", answer_of(browser, device)).status_code == 403


def test_last_passkey_takes_the_recovery_codes_along_where_nothing_is_required(clock: Any) -> None:
    user, device = with_passkey()
    browser = SecureClient()
    browser.force_login(user)
    clock.shift(1)

    browser.post(f"/admin/account/passkeys/{Passkey.objects.get().pk}/remove/", answer_of(browser, device))

    assert (Passkey.objects.count(), StaticToken.objects.count()) == (0, 0)
    assert details()[-1] == "passkey removed"


def test_app_is_removed_with_a_passkey_which_remains(settings: Settings, clock: Any) -> None:
    user, device = with_passkey()
    AuthenticatorApp.objects.create(user=user, name="app", confirmed=True)
    browser, url = SecureClient(), "/admin/account/two-factor/remove-app/"
    browser.force_login(user)
    settings.STAFF_TWO_FACTOR_ROLES = ["Editor"]
    clock.shift(1)

    asked, wrong = browser.get(url), browser.post(url, {"code": "000000"})
    assert (asked.status_code, wrong.status_code, AuthenticatorApp.objects.count()) == (200, 200, 1)
    assert browser.post(url, answer_of(browser, device)).status_code == 302
    assert (AuthenticatorApp.objects.count(), Passkey.objects.count()) == (0, 1)
    assert details()[-1] == "app removed"
    # There is none any more.
    assert browser.get(url).status_code == 403


@pytest.mark.parametrize("url", ["/admin/account/two-factor/off/", "/admin/account/passkeys/{}/remove/"])
def test_last_passkey_stays_while_nothing_else_opens_the_account(url: str, clock: Any) -> None:
    user, device = with_passkey()
    codes = StaticToken.objects.count()
    browser, url = SecureClient(), url.format(Passkey.objects.get().pk)
    user.set_unusable_password()
    user.save()
    browser.force_login(user)
    clock.shift(1)

    answer = browser.post(url, answer_of(browser, device), follow=True)

    assert "this is the only way to log in to your account" in answer.content.decode()
    assert (Passkey.objects.count(), StaticToken.objects.count()) == (1, codes)
    # With a password it can go.
    user.set_password(PASSWORD)
    user.save()
    browser.force_login(user)
    clock.shift(1)
    browser.post(url, answer_of(browser, device))
    assert Passkey.objects.count() == 0


def test_passkeys_of_others_cannot_be_removed() -> None:
    with_passkey()
    browser = log_in(person(username="other"))

    assert browser.post(f"/admin/account/passkeys/{Passkey.objects.get().pk}/remove/").status_code == 404
    assert Passkey.objects.count() == 1


def test_passkeys_are_not_offered_on_another_origin() -> None:
    user = person()
    browser = Client(headers={"host": DOMAIN})
    browser.force_login(user)

    assert browser.get(ADD).status_code == 404
    assert "passkey" not in browser.get("/admin/account/").content.decode()
    assert "passkey" not in Client(headers={"host": DOMAIN}).get(LOGIN).content.decode()
    assert browser.post(QUESTION).status_code == 404
