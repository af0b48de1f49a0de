"""The long forms of registers in Chromium: a set of twelve stamps, and a hotline."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_checks import find_axe_violations, horizontal_overflow, open_page
from tests.browser.staff_browser import StaffBrowser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ADD = "/admin/services/stampissue/add/"
SHOWN_INPUTS = """() => [...document.querySelectorAll(
    ".desk form :is(input:not([type=hidden]), select, textarea, [contenteditable=true])")].filter(
    (field) => field.checkVisibility({visibilityProperty: true}) && field.getBoundingClientRect().width > 2).length"""


# Fields of which a box around them hides a part, although the page itself does not scroll sideways.
CUT_OFF = """() => [...document.querySelectorAll("#content :is(input, select, textarea)")].filter((field) => {
  if (!field.checkVisibility({ visibilityProperty: true }) || field.closest(".visually-hidden")) return false;
  const clips = (box) => box && (getComputedStyle(box).overflowX === "visible" ? clips(box.parentElement) : box);
  const box = clips(field.parentElement);
  return box && field.getBoundingClientRect().right > box.getBoundingClientRect().right + 1;
}).map((field) => field.name)"""


@pytest.fixture
def staff_browser(portal: str, browser: "Browser", role_state: Callable[[str], Any]) -> StaffBrowser:
    return StaffBrowser(portal, browser, role_state)


def names(page: "Page") -> list[str]:
    return page.eval_on_selector_all(
        "#stamps-group .stamp-row:not(.empty-form) [name$='-name']", "fields => fields.map(field => field.value)"
    )


@pytest.mark.parametrize("width", [320, 1280])
def test_form_of_twelve_stamps_shows_sixty_inputs_at_most(
    width: int, portal: str, browser: "Browser", role_state: Callable[[str], Any]
) -> None:
    look = {"viewport": {"width": width, "height": 900}, "bypass_csp": True, "storage_state": role_state("Philatelist")}
    with open_page(browser, portal + ADD, **look) as (page, faults):
        for _number in range(12):
            page.click("#stamps-group .add-row a")
        page.click("#stamps-2 .stamp-more summary")
        page.click("#stamps-4 .stamp-more summary")

        assert page.locator(".stamp-more[open]").count() == 1
        assert page.evaluate(SHOWN_INPUTS) <= 60
        assert page.evaluate(CUT_OFF) == []
        assert (find_axe_violations(page), horizontal_overflow(page), faults) == ([], 0, [])


def test_stamps_are_reordered_by_keyboard_and_by_dragging(staff_browser: StaffBrowser) -> None:
    with staff_browser.open_as("Philatelist", ADD) as page:
        for number in range(3):
            page.click("#stamps-group .add-row a")
            page.fill(f"#id_stamps-{number}-name", f"Stamp {number + 1}")
        page.focus("#stamps-2 [data-move='-1']")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        assert names(page) == ["Stamp 3", "Stamp 1", "Stamp 2"]
        assert page.inner_text("#stamps-2 .stamp-mark") == "1"
        assert page.evaluate("document.activeElement.closest('.stamp-row').id") == "stamps-2"

        page.drag_and_drop("#stamps-2 .stamp-mark", "#stamps-1 .stamp-mark")
        assert names(page) == ["Stamp 1", "Stamp 2", "Stamp 3"]


@pytest.mark.parametrize("width", [320, 1280])
def test_hotline_form_has_no_faults(width: int, portal: str, browser: "Browser", superuser_state: Any) -> None:
    look = {"viewport": {"width": width, "height": 900}, "bypass_csp": True, "storage_state": superuser_state}
    with open_page(browser, portal + "/admin/services/hotline/1/change/", **look) as (page, faults):
        assert page.evaluate(CUT_OFF) == []
        assert (find_axe_violations(page), horizontal_overflow(page), faults) == ([], 0, [])
