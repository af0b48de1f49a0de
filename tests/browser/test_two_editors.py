"""Edit conflicts and autosave in Chromium."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import sign_in
from tests.browser.page_checks import find_axe_violations, horizontal_overflow, open_page, wait_after_clicks
from tests.browser.running_portal import SECOND_SUPERUSER, SUPERUSER
from tests.browser.staff_browser import wait_until
from tests.browser.test_admin import first_form_url

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ARTICLES = "/admin/news/article/"


@contextmanager
def open_form(browser: "Browser", url: str, state: Any, **options: Any) -> "Iterator[Page]":
    """Open the form on a page whose clock the test controls."""
    context = browser.new_context(storage_state=state, reduced_motion="reduce", **options)
    page = wait_after_clicks(context.new_page())
    page.clock.install()
    try:
        page.goto(url, wait_until="load")
        yield page
    finally:
        context.close()


@pytest.fixture
def second_state(browser: "Browser", portal: str) -> Any:
    """Return the cookies of a second superuser."""
    return sign_in(SECOND_SUPERUSER, browser, portal)


def wait_for_autosave(page: "Page") -> None:
    with page.expect_response("**/autosave/") as response:
        page.clock.run_for(20_500)
    assert response.value.status == 200


def leave_page(page: "Page") -> None:
    """Leave the page. The request that it sends then belongs to no page any more, so only its effect can be waited
    for."""
    page.goto("about:blank")


def discard_offers(page: "Page") -> None:
    """Discard the unsaved text that other tests have left, of which only the newest is offered."""
    while page.locator("text=Discard changes").count():
        page.click("text=Discard changes")


def test_unsaved_text_is_autosaved_and_can_be_restored(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_form(browser, f"{portal}{ARTICLES}add/", superuser_state) as page:
        discard_offers(page)
        page.fill("#id_title", "Half a title")
        page.click(".field-body .rich-text")
        page.keyboard.type("Half a text")
        wait_for_autosave(page)
        page.wait_for_selector(".autosave-status:has-text('Changes autosaved at')")
        page.fill("#id_standfirst", "Typed right before leaving")
        leave_page(page)
    with open_form(browser, f"{portal}{ARTICLES}add/", superuser_state, java_script_enabled=False) as page:

        def standfirst_of_restored() -> str:
            page.goto(f"{portal}{ARTICLES}add/")
            page.click("text=Restore changes")
            return page.input_value("#id_standfirst")

        wait_until(lambda: standfirst_of_restored() == "Typed right before leaving")
        assert page.input_value("#id_title") == "Half a title"
        assert "<p>Half a text</p>" in page.input_value("#id_body")
        page.goto(f"{portal}{ARTICLES}add/")
        page.click("text=Discard changes")
        assert page.locator("text=Restore changes").count() == 0


def test_opening_a_form_autosaves_nothing(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_form(
        browser, portal + first_form_url(browser, portal, ARTICLES, superuser_state), superuser_state
    ) as page:
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.clock.run_for(45_000)
        page.wait_for_timeout(300)

        assert [url for url in requests if "autosave" in url] == []
        assert len([url for url in requests if "presence" in url]) == 2


def create_article(browser: "Browser", portal: str, state: Any) -> str:
    """Create an article that no other test has open, and return the URL of its form."""
    with open_form(browser, f"{portal}{ARTICLES}add/", state) as page:
        page.fill("#id_title", "Opened by two")
        page.click(".action-bar [name=_continue]")
        page.wait_for_selector(".messagelist .success")
        return page.url


def test_other_editors_are_shown_until_they_leave(
    portal: str, browser: "Browser", superuser_state: Any, second_state: Any
) -> None:
    form = create_article(browser, portal, superuser_state)
    notice = ".presence p:has-text('page-checks-editor has just opened this.')"
    with open_form(browser, form, superuser_state) as page:
        with open_form(browser, form, second_state) as other:
            page.clock.run_for(20_500)
            page.wait_for_selector(notice)
            other.wait_for_selector(".presence p:text-is('page-checks has just opened this.')")
            leave_page(other)
        wait_until(lambda: not asked_again(page, notice))


def asked_again(page: "Page", notice: str) -> bool:
    """Return True if the notice is still there after the page has asked who else has the form open."""
    with page.expect_response("**/presence/**"):
        page.clock.run_for(20_500)
    page.wait_for_timeout(100)
    return page.locator(notice).count() > 0


@pytest.mark.parametrize("width", [320, 1280])
def test_conflict_shows_both_texts_and_is_resolved_by_keyboard(
    width: int, portal: str, browser: "Browser", superuser_state: Any, second_state: Any
) -> None:
    form = portal + first_form_url(browser, portal, ARTICLES, superuser_state)
    look = {"viewport": {"width": width, "height": 900}, "bypass_csp": True}
    with (
        open_page(browser, form, storage_state=superuser_state, **look) as (page, _),
        open_form(browser, form, second_state) as other,
    ):
        page.fill("#id_standfirst", f"The slow train at {width}.")
        other.fill("#id_standfirst", f"The fast train at {width}.")
        other.click(".action-bar [name=_continue]")
        other.wait_for_selector(".messagelist")
        page.click(".action-bar [name=_continue]")
        page.wait_for_selector(".conflict-part")

        assert page.locator("del").all_text_contents() == ["fast"]
        assert page.locator("ins").all_text_contents() == ["slow"]
        assert (find_axe_violations(page), horizontal_overflow(page)) == ([], 0)
        page.locator(".conflict-side input[value=mine]").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_selector(".messagelist .success")
        assert page.input_value("#id_standfirst") == f"The slow train at {width}."


def test_expired_session_loses_no_text(portal: str, browser: "Browser", superuser_state: Any) -> None:
    form = portal + first_form_url(browser, portal, ARTICLES, superuser_state)
    with open_page(browser, form, storage_state=superuser_state, bypass_csp=True) as (page, _):
        page.fill("#id_standfirst", "Typed before the session expired")
        page.context.clear_cookies(name="sessionid")
        page.click(".action-bar [name=_continue]")
        page.wait_for_selector("[name=username]")
        assert find_axe_violations(page) == []
        page.fill("[name=username]", SUPERUSER[0])
        page.fill("[name=password]", SUPERUSER[1])
        page.click("#login-form [type=submit]")
        page.wait_for_selector("#id_standfirst")

        assert page.input_value("#id_standfirst") == "Typed before the session expired"
