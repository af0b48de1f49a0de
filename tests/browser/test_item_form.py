"""The form of an item in Chromium: the bar, its menu and keys, and the panel, at every width and without scripts."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_checks import find_axe_violations, first_look, look_faults, open_page
from tests.browser.staff_browser import StaffBrowser, last_message, open_menu, open_part

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ADD = {
    "article": "/admin/news/article/add/",
    "page": "/admin/pages/page/add/",
    "issue": "/admin/services/stampissue/add/",
    "person": "/admin/news/person/add/",
    "hotline": "/admin/services/hotline/add/",
}


@pytest.fixture
def staff_browser(portal: str, browser: "Browser", role_state: Callable[[str], Any]) -> StaffBrowser:
    return StaffBrowser(portal, browser, role_state)


def bar_is_in_view(page: "Page") -> bool:
    box = page.locator(".action-bar").bounding_box()
    height = page.evaluate("innerHeight")
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= height + 1


def bar_faults(page: "Page") -> list[str]:
    """Return the parts of the form, from its top, at which the bar is out of view."""
    height = page.evaluate("document.querySelector('.action-bar').getBoundingClientRect().bottom + scrollY")
    found = []
    for part in range(5):
        page.evaluate("top => scrollTo(0, top)", height * part / 5)
        found += [] if bar_is_in_view(page) else [f"no bar at {part} of 5"]
    return [*found, *find_axe_violations(page)]


@pytest.mark.parametrize("kind", ADD)
def test_bar_is_in_view_at_every_place_of_the_form(
    kind: str, portal: str, browser: "Browser", superuser_state: Any
) -> None:
    options = {"storage_state": superuser_state, "bypass_csp": True, **first_look()}
    with open_page(browser, portal + ADD[kind], **options) as (page, faults):
        assert (look_faults(page, of=bar_faults), faults) == ([], [])


def test_control_s_saves_from_inside_the_text(staff_browser: StaffBrowser) -> None:
    with staff_browser.open_as("Author", ADD["article"]) as page:
        page.fill("#id_title", "Saved by keyboard")
        page.click(".field-body .rich-text")
        page.keyboard.type("A text.")
        page.keyboard.press("Control+s")
        page.wait_for_url("**/change/")

        assert "Saved by keyboard" in last_message(page)
        assert "Saved" in page.inner_text(".bar-saved")


def test_enter_in_the_title_saves_the_draft(staff_browser: StaffBrowser) -> None:
    with staff_browser.open_as("Author", ADD["article"]) as page:
        page.fill("#id_title", "Enter")
        page.press("#id_title", "Enter")
        page.wait_for_url("**/change/")

        assert page.input_value("#id_title") == "Enter"


def test_menu_opens_and_closes_by_keyboard(staff_browser: StaffBrowser) -> None:
    form = staff_browser.submit_article("By keyboard", "A text.")
    with staff_browser.open_as("Publisher", form) as page:
        page.focus(".bar-menu summary")
        page.keyboard.press("Enter")
        page.wait_for_selector(".menu-sheet")
        groups = page.locator(".menu-sheet h2").all_inner_texts()
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")

        assert groups == ["Publish", "Review", "Delete", "Close"]
        assert page.locator(".bar-menu[open]").count() == 0
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_form_works_without_scripts(
    staff_browser: StaffBrowser, browser: "Browser", role_state: Callable[[str], Any]
) -> None:
    form = staff_browser.submit_article("Plain", "A text.")
    options = {"storage_state": role_state("Publisher"), "java_script_enabled": False}
    with open_page(browser, form, **options) as (page, _):
        parts = [page.locator(f"#{name}").is_visible() for name in ("status", "checks", "comments", "history")]
        open_menu(page)
        page.fill("#id_step_due_at", "2126-12-08T09:30")
        page.click(".bar-menu button[value=schedule]")

        assert parts == [True] * 4
        assert "8 December 2126, 09:30" in page.inner_text(".messagelist")


def panel_faults(page: "Page") -> list[str]:
    """Return what is wrong with each part of the panel, and with the open menu."""
    found = []
    for name in ("status", "checks", "comments", "history", "preview"):
        open_part(page, name)
        found += find_axe_violations(page, within=".side-panel")
    open_part(page, "checks")
    open_menu(page)
    found += find_axe_violations(page)
    page.keyboard.press("Escape")
    return found


def test_menu_and_every_part_of_the_panel_are_accessible(
    staff_browser: StaffBrowser, browser: "Browser", role_state: Callable[[str], Any]
) -> None:
    form, _public = staff_browser.publish_article("Panel in every look", "Zhou Mei spoke.")
    options = {"storage_state": role_state("Publisher"), "bypass_csp": True, **first_look()}
    with open_page(browser, form, **options) as (page, faults):
        assert (look_faults(page, of=panel_faults), faults) == ([], [])


def test_refused_step_marks_links_and_focuses_its_fields(staff_browser: StaffBrowser) -> None:
    with staff_browser.open_as("Author", ADD["article"]) as page:
        page.fill("#id_title", "No section")
        page.fill("#id_standfirst", "Somewhere.")
        page.click("button[value=submit]")
        page.wait_for_url("**_refused=submit")
        page.wait_for_function("document.activeElement.closest('.field-section') !== null")

        assert page.locator(".error-links a").all_inner_texts() == ["Section"]
        assert page.locator(".field-section .errorlist").inner_text() == "Choose a section."
        assert page.locator(".messagelist .success").count() == 0
        assert "Choose a section." in last_message(page)


def test_wide_preview_covers_the_form_unscaled_and_the_bar_stays(staff_browser: StaffBrowser) -> None:
    with staff_browser.open_as("Author", ADD["article"]) as page:
        page.set_viewport_size({"width": 1280, "height": 800})
        open_part(page, "preview")
        page.click("[data-width='768']")
        frame = page.locator("#preview iframe").bounding_box()
        bar = bar_is_in_view(page)
        page.click(".preview-close")

        assert frame is not None
        assert (frame["width"], frame["height"] > 400, bar) == (768, True, True)
        assert page.locator("#id_title").is_visible()
