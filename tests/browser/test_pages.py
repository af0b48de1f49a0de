from typing import TYPE_CHECKING

import pytest

from tests.browser.page_checks import faults_in_every_look, open_page
from tests.browser.pages import PAGES, Page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("page", [pytest.param(page, id=page.path) for page in PAGES]),
]


def test_page_is_accessible_and_fits(page: Page, portal: str, browser: "Browser") -> None:
    assert faults_in_every_look(browser, portal + page.path) == []


def test_page_keeps_the_policy_and_works_without_mouse_and_scripts(page: Page, portal: str, browser: "Browser") -> None:
    with open_page(browser, portal + page.path) as (shown, faults):
        shown.keyboard.press("Tab")
        target = shown.evaluate("document.activeElement.getAttribute('href') || ''")
        text = shown.locator("main").inner_text()

        assert faults == []
        # The first focus stop is a skip link, and its target exists.
        assert (target[:1], shown.locator(target).count()) == ("#", 1)
    with open_page(browser, portal + page.path, java_script_enabled=False) as (shown, _):
        assert shown.locator("main").inner_text() == text
