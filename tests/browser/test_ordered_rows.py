"""Rows that are moved in Chromium: in a list and in a form."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.staff_browser import StaffBrowser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ROW, NUMBER = "#result_list tbody tr", "[name$='-order']:not([type=hidden])"


@pytest.fixture
def staff_browser(portal: str, browser: "Browser", role_state: Callable[[str], Any]) -> StaffBrowser:
    return StaffBrowser(portal, browser, role_state)


def header_labels(page: "Page") -> list[str]:
    return page.eval_on_selector_all(
        f"{ROW}:has([data-order-group=header]) .field-label", "cells => cells.map(cell => cell.innerText)"
    )


def test_menu_items_are_moved_by_keyboard_within_their_menu_and_saved(staff_browser: StaffBrowser) -> None:
    with staff_browser.open_as("Publisher", "/admin/pages/menuitem/") as page:
        before = header_labels(page)
        last = page.locator(f"{ROW}:has([data-order-group=header])").last
        last.locator("[data-move='1']").press("Enter")
        assert header_labels(page) == before
        last.locator("[data-move='-1']").press("Enter")
        moved = [*before[:-2], before[-1], before[-2]]
        assert page.inner_text("#content > [role=status]") == (
            f"Now number {len(before) - 1}. Save the list to keep the order."
        )
        page.click("[name=_save]")
        assert header_labels(page) == moved


def test_new_rows_of_a_form_come_last_and_blank_ones_stay_blank(staff_browser: StaffBrowser) -> None:
    with staff_browser.open_as("Philatelist", "/admin/services/stampissue/add/") as page:
        for number in range(3):
            page.click("#credits-group .add-row a")
            if number < 2:
                page.fill(f"#id_credits-{number}-name", f"Name {number}")
        page.evaluate("document.getElementById('stampissue_form').dispatchEvent(new Event('submit', {bubbles: true}))")
        rows = page.locator(f"#credits-group .inline-related:not(.empty-form) {NUMBER}")
        assert [field.input_value() for field in rows.all()] == ["1", "2", "0"]
        page.press("#credits-1 [data-move='-1']", "Enter")
        assert [field.get_attribute("name") for field in rows.all()] == [
            "credits-1-order",
            "credits-0-order",
            "credits-2-order",
        ]
        assert [field.input_value() for field in rows.all()] == ["1", "2", "0"]
