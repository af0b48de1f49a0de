"""The link dialog of the text editor in Chromium: found by name, by keyboard alone, and followed when renamed."""

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_checks import find_axe_violations, horizontal_overflow, open_page
from tests.browser.test_editor import focus_body, press_button, stored_html, type_keys

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ADD_ORGANIZATION, ADD_PAGE = "/admin/news/organization/add/", "/admin/pages/page/add/"
FIND, OPTION = "dialog [role=combobox]", "dialog [role=option][aria-selected=true]"


def save_organization(page: "Page") -> str:
    """Save the form, which is public at once, and return the public URL."""
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    page.wait_for_selector(".rich-text")
    return str(page.get_attribute(".viewsitelink", "href"))


def find(page: "Page", letters: str) -> None:
    page.keyboard.press("Control+k")
    page.locator(FIND).press_sequentially(letters)
    page.wait_for_selector(OPTION)


def test_link_is_made_with_three_letters_and_enter_and_follows_a_rename(
    portal: str, browser: "Browser", superuser_state: Any
) -> None:
    with open_page(browser, portal + ADD_ORGANIZATION, storage_state=superuser_state) as (page, faults):
        page.fill("#id_name", "Zebra Crossing Office")
        save_organization(page)
        target = page.url
        page.goto(portal + ADD_ORGANIZATION)
        page.fill("#id_name", "Striped Animals Office")
        page.click(".field-description .rich-text")
        find(page, "zeb")
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog", state="detached")
        stored = page.input_value("#id_description")
        public = save_organization(page)
        before = page.request.get(portal + public).text()
        page.goto(target)
        page.fill("#id_slug", "renamed-office")
        save_organization(page)
        after = page.request.get(portal + public).text()

        assert re.fullmatch(r'<p><a href="organization:\d+">Zebra Crossing Office</a></p>', stored)
        assert '<a href="/organizations/zebra-crossing-office/">Zebra Crossing Office</a>' in before
        assert '<a href="/organizations/renamed-office/">Zebra Crossing Office</a>' in after
        assert faults == []


@pytest.mark.parametrize("width", [320, 1280])
def test_draft_is_marked_and_needs_words_of_its_own(
    portal: str, browser: "Browser", superuser_state: Any, width: int
) -> None:
    size: Any = {"width": width, "height": 800}
    with open_page(browser, portal + ADD_PAGE, storage_state=superuser_state, viewport=size) as (page, _):
        page.fill("#id_title", f"Quagga {width}")
        page.click(".action-bar [name=_continue]")
        page.wait_for_selector(".messagelist .success")
        page.goto(portal + ADD_PAGE)
        focus_body(page)
        find(page, f"quagga {width}")
        assert "not public yet" in page.inner_text(OPTION)
        assert find_axe_violations(page) == []
        page.keyboard.press("Enter")
        assert "readers see the words without a link" in page.inner_text(".dialog-target")
        assert (find_axe_violations(page), horizontal_overflow(page)) == ([], 0)
        type_keys(page, "soon", "Enter")
        linked = stored_html(page)
        press_button(page, "link")
        page.wait_for_selector(".dialog-target strong")
        page.click("dialog button:has-text('Remove link')")
        page.wait_for_selector("dialog", state="detached")

        assert re.fullmatch(r'<p><a href="page:\d+">soon</a></p>', linked)
        assert stored_html(page) == "<p>soon</p>"
