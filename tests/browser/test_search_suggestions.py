"""Search suggestions in Chromium, by keyboard and mouse, and a search field that works without them."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.page_checks import find_axe_violations, first_look, look_faults, open_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser
FIELD = "#search-query"


def type_query(shown: "Page", text: str) -> None:
    shown.locator(FIELD).press_sequentially(text)
    shown.get_by_role("option").first.wait_for()


def test_open_list_is_accessible(portal: str, browser: "Browser") -> None:
    with open_page(browser, f"{portal}/search/", bypass_csp=True, **first_look()) as (shown, faults):
        type_query(shown, "pos")
        shown.keyboard.press("ArrowDown")

        field = shown.get_by_role("combobox").last
        assert look_faults(shown, of=lambda page: [*list_faults(page), *find_axe_violations(page)]) == []
        assert field.get_attribute("aria-expanded") == "true"
        active = shown.locator(f"#{field.get_attribute('aria-activedescendant')}")
        assert active.get_attribute("aria-selected") == "true"
        assert shown.locator(f"{FIELD} ~ [role=status]").inner_text() == "Suggestions: 8"
        assert faults == []


def list_faults(shown: "Page") -> list[str]:
    return [] if shown.get_by_role("option").last.is_visible() else ["The list is closed."]


def test_suggestion_is_chosen_and_opened_by_keyboard(portal: str, browser: "Browser") -> None:
    with open_page(browser, f"{portal}/search/") as (shown, faults):
        type_query(shown, "zhou")
        for key, is_chosen in (("ArrowUp", True), ("ArrowDown", False), ("ArrowDown", True)):
            shown.keyboard.press(key)
            assert (shown.locator("[aria-selected=true]").count() == 1) == is_chosen, key
        shown.keyboard.press("Enter")
        shown.wait_for_url("**/people/zhou-mei/")

        assert faults == []


def test_suggestion_is_opened_with_a_click(portal: str, browser: "Browser") -> None:
    with open_page(browser, f"{portal}/search/") as (shown, faults):
        type_query(shown, "zhou")
        shown.get_by_role("option", name="Zhou Mei").click()
        shown.wait_for_url("**/people/zhou-mei/")

        assert faults == []


def test_escape_closes_and_enter_searches(portal: str, browser: "Browser") -> None:
    with open_page(browser, f"{portal}/search/") as (shown, faults):
        type_query(shown, "zhou")
        shown.keyboard.press("Escape")
        assert (shown.get_by_role("option").count(), shown.locator(FIELD).input_value()) == (0, "zhou")
        shown.keyboard.press("Enter")
        shown.wait_for_url("**/search/?q=zhou")

        assert faults == []


def test_enter_searches_without_a_chosen_suggestion(portal: str, browser: "Browser") -> None:
    with open_page(browser, f"{portal}/search/") as (shown, faults):
        type_query(shown, "zhou")
        shown.keyboard.press("Enter")
        shown.wait_for_url("**/search/?q=zhou")

        assert faults == []


def test_late_response_does_not_replace_a_newer_one(portal: str, browser: "Browser") -> None:
    def delay(route: "Route") -> None:
        if "q=zh&" in f"{route.request.url}&":
            shown.wait_for_timeout(400)
        route.continue_()

    with open_page(browser, f"{portal}/search/") as (shown, _):
        shown.route("**/suggestions/**", delay)
        shown.locator(FIELD).press_sequentially("zh")
        shown.wait_for_timeout(200)
        shown.locator(FIELD).press_sequentially("ou m")
        shown.get_by_role("option").first.wait_for()
        shown.wait_for_timeout(600)

        assert shown.get_by_role("option").all_inner_texts() == ["Zhou Mei\nPerson"]


def test_field_works_without_suggestions_and_without_scripts(portal: str, browser: "Browser") -> None:
    with open_page(browser, f"{portal}/search/") as (shown, _):
        shown.route("**/suggestions/**", lambda route: route.abort())
        shown.locator(FIELD).press_sequentially("zhou")
        shown.wait_for_timeout(300)
        assert shown.get_by_role("option").count() == 0
        shown.keyboard.press("Enter")
        shown.wait_for_url("**/search/?q=zhou")
    with open_page(browser, f"{portal}/search/", java_script_enabled=False) as (shown, _):
        assert shown.locator(FIELD).get_attribute("role") is None
        shown.fill(FIELD, "zhou")
        shown.keyboard.press("Enter")
        shown.wait_for_url("**/search/?q=zhou")
