"""The toolbar of the text editor in Chromium: one row, keyboard, menus, footnotes, headers of tables."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_checks import find_axe_violations, horizontal_overflow, open_page
from tests.browser.staff_browser import ADD_ARTICLE
from tests.browser.test_editor import confirm_dialog, focus_body, press_button, save_form, stored_html, type_keys

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
BAR = ".field-body .rich-toolbar"
SAME_ROW = """
bar => {
    const shown = [...bar.querySelectorAll('select, button')].filter(
        each => !each.closest('.rich-sheet') && each.checkVisibility());
    const rows = shown.map(each => Math.round(each.getBoundingClientRect().bottom / 20));
    return [new Set(rows).size, bar.scrollWidth <= bar.clientWidth];
}
"""


def focused_name(page: "Page") -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"))


@pytest.mark.parametrize("width", [320, 480, 768, 1280])
def test_toolbar_is_one_row(portal: str, browser: "Browser", superuser_state: Any, width: int) -> None:
    size: Any = {"width": width, "height": 800}
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state, viewport=size) as (page, _):
        focus_body(page)

        assert page.locator(BAR).evaluate(SAME_ROW) == [1, True]
        assert horizontal_overflow(page) == 0
        press_button(page, "redo" if width == 320 else "strike")
        page.click(f"{BAR} .rich-more")
        assert horizontal_overflow(page) == 0
        assert find_axe_violations(page) == []


def test_toolbar_stays_in_view_over_a_long_text(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, _):
        focus_body(page)
        for _number in range(40):
            page.keyboard.press("Enter")
        page.keyboard.type("End")

        assert page.locator(BAR).evaluate("bar => bar.getBoundingClientRect().top >= 0")
        assert page.locator(f"{BAR} .rich-bold").is_visible()


def test_toolbar_is_used_with_the_keyboard(portal: str, browser: "Browser", superuser_state: Any) -> None:
    # Wide enough for all tools of the bar.
    look = {"viewport": {"width": 1920, "height": 900}, "storage_state": superuser_state}
    with open_page(browser, portal + ADD_ARTICLE, **look) as (page, _):
        focus_body(page)
        type_keys(page, "Words")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Home")
        names = [focused_name(page)]
        for _number in range(2):
            page.keyboard.press("ArrowRight")
            names.append(focused_name(page))
        page.keyboard.press("End")
        names.append(focused_name(page))

        assert names == ["Paragraph style", "Bold", "Italic", "More tools"]
        page.keyboard.press("ArrowDown")
        assert focused_name(page) == "Strikethrough"
        page.keyboard.press("Escape")
        assert focused_name(page) == "More tools"
        page.keyboard.press("Escape")
        type_keys(page, "!")
        assert stored_html(page) == "<p>Words!</p>"


def test_block_is_added_by_name(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, _):
        focus_body(page)
        type_keys(page, "/", "Escape", "Enter", "/", "pull")
        page.keyboard.press("Enter")
        type_keys(page, "Closer now.")

        assert stored_html(page) == '<p>/</p><blockquote class="pull"><p>Closer now.</p></blockquote>'


def test_footnotes_are_numbered_in_the_order_of_the_text(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, faults):
        page.fill("#id_title", "With footnotes")
        focus_body(page)
        type_keys(page, "Second")
        for words, place in (("Of the end.", "End"), ("Of the start.", "Control+Home")):
            page.keyboard.press(place)
            page.wait_for_timeout(50)
            press_button(page, "footnote")
            page.fill("dialog [name=words]", words)
            confirm_dialog(page)
            page.wait_for_timeout(200)
        save_form(page)

        assert stored_html(page) == (
            '<p><a id="s-fnref-2" href="#s-fn-2"><sup>1</sup></a>Second'
            '<a id="s-fnref-1" href="#s-fn-1"><sup>2</sup></a></p>\n'
            '<ol class="notes"><li id="s-fn-2">Of the start. <a href="#s-fnref-2" aria-label="Back to the text">↩</a>'
            '</li><li id="s-fn-1">Of the end. <a href="#s-fnref-1" aria-label="Back to the text">↩</a></li></ol>'
        )
        assert faults == []


def test_struck_words_and_headers_of_tables_are_kept(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, _):
        page.fill("#id_title", "With a table")
        focus_body(page)
        press_button(page, "strike")
        type_keys(page, "old")
        page.keyboard.press("Enter")
        press_button(page, "table")
        page.fill("dialog [name=rows]", "2")
        page.fill("dialog [name=cols]", "2")
        confirm_dialog(page)
        press_button(page, "head-column")
        press_button(page, "head-row")
        type_keys(page, "a", "Tab", "b", "Tab", "c", "Tab", "d")
        save_form(page)

        assert stored_html(page).startswith("<p><s>old</s></p>")
        rows = '<tr><th scope="row">a</th><td>b</td></tr><tr><th scope="row">c</th><td>d</td></tr>'
        assert f"<tbody>{rows}</tbody>" in stored_html(page)


def test_very_long_text_is_returned_with_a_message(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, _):
        page.fill("#id_title", "Too long")
        focus_body(page)
        press_button(page, "html")
        page.locator("#id_body").evaluate("area => { area.value = '<p>word</p>'.repeat(250000); }")
        page.keyboard.press("Control+s")
        page.wait_for_selector(".errornote, .autosave-status.is-lost")

        assert len(page.input_value("#id_body")) > 2_000_000
