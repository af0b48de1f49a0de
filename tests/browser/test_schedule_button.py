"""The schedule button always names the time that it submits."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_checks import open_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
ADD_ARTICLE = "/admin/news/article/add/"
BUTTON = "button[value=schedule]"


def test_button_names_the_time_in_the_field(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, faults):
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
        assert faults == []


def test_button_names_no_time_without_scripts(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state, java_script_enabled=False) as (
        page,
        _,
    ):
        assert page.locator(BUTTON).inner_text() == "Schedule for the time above"
