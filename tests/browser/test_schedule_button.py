"""The button that schedules never says another moment than the one it sends."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_checks import open_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
ADD_ARTICLE = "/admin/news/article/add/"
BUTTON = "button[value=schedule]"


def test_button_says_the_moment_in_the_field(portal: str, browser: "Browser", signed_in: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=signed_in) as (page, faults):
        said = []
        for moment in ("2026-12-08T09:30:00", "2026-12-08T09:30:05", "2027-01-01T00:00:00", ""):
            page.fill("#id_step_due_at", moment)
            said.append(page.locator(BUTTON).text_content())

        assert said == [
            "Schedule for Tuesday 8 December 2026, 09:30 Beijing time",
            "Schedule for Tuesday 8 December 2026, 09:30:05 Beijing time",
            "Schedule for Friday 1 January 2027, 00:00 Beijing time",
            "Schedule for the moment above",
        ]
        assert faults == []


def test_button_says_nothing_wrong_without_scripts(portal: str, browser: "Browser", signed_in: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=signed_in, java_script_enabled=False) as (page, _):
        assert page.locator(BUTTON).text_content() == "Schedule for the moment above"
