"""Passkeys in Chromium, with its own authenticator: added on the page of the account, then used to log in."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_checks import find_axe_violations, wait_after_clicks
from tests.browser.running_portal import NAMES_BY_ROLE, SUPERUSER

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ACCOUNT, PASSWORD = list(NAMES_BY_ROLE)[-1], SUPERUSER[1]


def add_authenticator(page: "Page") -> Any:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    authenticator = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return session, authenticator


def enter_password(page: "Page", portal: str) -> None:
    page.goto(f"{portal}/admin/login/?next=/admin/account/")
    page.fill("[name=username]", ACCOUNT)
    page.fill("[name=password]", PASSWORD)
    page.click("#login-form [type=submit]")


def test_passkey_is_added_and_logs_in_alone_and_as_second_step(browser: "Browser", portal: str) -> None:
    portal = portal.replace("127.0.0.1", "localhost")
    # axe may not run under the policy of the page; the second test runs under it.
    context = browser.new_context(bypass_csp=True)
    page = wait_after_clicks(context.new_page())
    add_authenticator(page)
    enter_password(page, portal)

    page.click("text=Add a passkey")
    page.fill("[name=name]", "Virtual phone")
    assert find_axe_violations(page) == []
    page.click("[value='Create passkey']")
    page.wait_for_selector(".account-codes")
    assert page.locator(".account-codes li").count() == 10

    # The same device is not added twice.
    page.goto(f"{portal}/admin/account/passkeys/add/")
    page.fill("[name=name]", "Again")
    page.click("[value='Create passkey']")
    page.wait_for_selector("text=This device already has a passkey of your account.")

    context.clear_cookies()
    page.goto(f"{portal}/admin/login/?next=/admin/account/")
    assert find_axe_violations(page) == []
    page.click("text=Log in with a passkey")
    page.wait_for_selector("text=Virtual phone")

    context.clear_cookies()
    enter_password(page, portal)
    page.wait_for_selector("[name=code]")
    page.click("text=Continue with a passkey")
    page.wait_for_selector("text=Virtual phone")

    page.click("text=Turn off two-factor login")
    page.click("text=Confirm with a passkey")
    page.wait_for_selector("text=Two-factor login was turned off.")
    context.close()


def test_login_without_a_passkey_says_so(browser: "Browser", portal: str) -> None:
    portal = portal.replace("127.0.0.1", "localhost")
    context = browser.new_context()
    page = wait_after_clicks(context.new_page())
    session, authenticator = add_authenticator(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    page.goto(f"{portal}/admin/login/")

    page.click("text=Log in with a passkey")

    page.wait_for_selector("text=The passkey was not used. Try again.")
    context.close()
