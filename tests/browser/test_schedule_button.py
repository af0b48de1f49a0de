"""The schedule button always names the time that it submits."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_checks import open_page
from tests.browser.staff_browser import StaffBrowser, open_menu

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
BUTTON = ".bar-menu button[value=schedule] b"


@pytest.fixture
def staff_browser(portal: str, browser: "Browser", role_state: Callable[[str], Any]) -> StaffBrowser:
    return StaffBrowser(portal, browser, role_state)


def test_button_names_the_time_in_the_field(staff_browser: StaffBrowser) -> None:
    form = staff_browser.submit_article("Boats on Sunday", "The boats sail.")
    with staff_browser.open_as("Publisher", form) as page:
        open_menu(page)
        labels = []
        for due_at in ("2026-12-08T09:30:00", "2026-12-08T09:30:05", "2027-01-01T00:00:00", ""):
            page.fill("#id_step_due_at", due_at)
            labels.append(page.locator(BUTTON).inner_text())

        assert labels == [
            "Schedule for Tuesday 8 December 2026, 09:30 Beijing time",
            "Schedule for Tuesday 8 December 2026, 09:30:05 Beijing time",
            "Schedule for Friday 1 January 2027, 00:00 Beijing time",
            "Schedule for the time above",
        ]


def test_button_names_no_time_without_scripts(
    staff_browser: StaffBrowser, browser: "Browser", role_state: Callable[[str], Any]
) -> None:
    form = staff_browser.submit_article("Boats on Monday", "The boats sail.")
    options = {"storage_state": role_state("Publisher"), "java_script_enabled": False}
    with open_page(browser, form, **options) as (page, _):
        open_menu(page)
        assert page.locator(BUTTON).inner_text() == "Schedule for the time above"
