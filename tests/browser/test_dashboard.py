"""Dashboard and quick search in Chromium: few clicks, by keyboard, without scripts, at 320 pixels."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_checks import faults_in_every_look, find_axe_violations, open_page
from tests.browser.pages import DASHBOARD_PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

# Lists that one click on the dashboard opens.
ONE_CLICK = {
    "Scheduled, under embargo and expiring": "/admin/calendar/",
    "Dead links": "/admin/waiting/broken-links/",
    "Pictures without alternative text": "/admin/waiting/decorative/",
    "Due for review": "/admin/waiting/stale/",
    "Hotlines due for verification": "/admin/waiting/hotlines/",
}


@pytest.mark.parametrize("path", DASHBOARD_PAGES)
def test_page_is_accessible(path: str, portal: str, browser: "Browser", superuser_state: Any) -> None:
    assert faults_in_every_look(browser, portal + path, storage_state=superuser_state) == []


@pytest.mark.parametrize("label", ONE_CLICK)
def test_list_is_one_click_from_the_dashboard(
    label: str, portal: str, browser: "Browser", superuser_state: Any
) -> None:
    with open_page(browser, f"{portal}/admin/", storage_state=superuser_state) as (shown, faults):
        # Lists without work are folded.
        shown.locator(".idle-queues summary").click()
        shown.get_by_role("link", name=label).click()
        shown.wait_for_url(f"**{ONE_CLICK[label]}")

        assert faults == []


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_article_is_found_with_two_clicks(key: str, portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, f"{portal}/admin/", storage_state=superuser_state) as (shown, faults):
        shown.keyboard.press(key)
        shown.keyboard.type("night mail returns")  # The first click: typing into one field.
        shown.get_by_role("option").first.wait_for()
        shown.keyboard.press("ArrowDown")
        shown.keyboard.press("Enter")  # The second: choosing a result.
        shown.wait_for_url("**/admin/news/article/*/change/")

        assert faults == []


def combobox_state(shown: "Page") -> dict[str, str | None]:
    field = shown.locator("#quick-search-text")
    names = ("aria-expanded", "aria-activedescendant")
    return {name: field.get_attribute(name) for name in names}


def test_combobox_announces_its_choice_and_closes(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, f"{portal}/admin/", storage_state=superuser_state, bypass_csp=True) as (shown, _):
        shown.keyboard.press("/")
        shown.keyboard.type("post")
        shown.get_by_role("option").first.wait_for()
        opened = combobox_state(shown)
        shown.keyboard.press("ArrowDown")
        chosen = combobox_state(shown)
        violations = find_axe_violations(shown)
        shown.keyboard.press("Escape")

        assert opened == {"aria-expanded": "true", "aria-activedescendant": None}
        assert chosen == {"aria-expanded": "true", "aria-activedescendant": "quick-search-0"}
        assert violations == []
        assert combobox_state(shown) == {"aria-expanded": "false", "aria-activedescendant": None}
        assert shown.locator("#quick-search-text").evaluate("field => field === document.activeElement")


def test_slash_in_a_field_does_not_open_quick_search(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, f"{portal}/admin/news/article/add/", storage_state=superuser_state) as (shown, _):
        shown.locator("[name=title]").click()
        shown.keyboard.type("a/b")

        assert shown.locator("[name=title]").input_value() == "a/b"


def test_quick_search_and_calendar_work_without_scripts(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, f"{portal}/admin/", storage_state=superuser_state, java_script_enabled=False) as (shown, _):
        shown.fill("#quick-search-text", "night mail returns")
        shown.press("#quick-search-text", "Enter")
        found = shown.locator(".worklist a").first.inner_text()
        shown.goto(f"{portal}/admin/calendar/")
        shown.get_by_role("link", name="Week", exact=True).click()
        # The click does not wait until the next page is loaded.
        shown.locator("table.week").wait_for()

        assert found == "Night mail returns to the mountain line after eleven years"
        assert shown.locator("table.week tbody tr").count() == 7
