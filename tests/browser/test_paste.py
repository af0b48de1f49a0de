"""Pastes and drops into the text editor in Chromium, under the strict policy."""

from typing import TYPE_CHECKING, Any

import pytest

from postportal.richtext.sanitize import clean_html
from tests.browser.clipboards import PASTE, Clipboard, expected_text, read_clipboards
from tests.browser.page_checks import find_axe_violations, open_page
from tests.browser.staff_browser import ADD_ARTICLE, wait_until
from tests.browser.test_editor import confirm_dialog, focus_body, press_button, save_form, stored_html, type_keys

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
TEXT = ".field-body .rich-text"
# Files cannot be put on the clipboard by a key, so the event has them.
GIVE_FILES = """
async ([selector, event, urls, names]) => {
    const data = new DataTransfer();
    for (const [index, url] of urls.entries()) {
        const blob = await (await fetch(url)).blob();
        const type = names[index].endsWith('pdf') ? 'application/pdf' : blob.type;
        data.items.add(new File([blob], names[index], {type}));
    }
    const target = document.querySelector(selector);
    const area = target.getBoundingClientRect();
    const place = {clientX: area.left + 40, clientY: area.top + 25, bubbles: true, cancelable: true};
    const given = event === 'paste'
        ? new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})
        : new DragEvent(event, {dataTransfer: data, ...place});
    return target.dispatchEvent(given);
}
"""
PICTURE_URL = "/static/portal/icons/link-preview.png"


def paste(page: "Page", clipboard: Clipboard) -> str:
    """Replace the text with that of the clipboard, and return what the editor says was left out."""
    page.click(TEXT)
    page.keyboard.press("Control+a")
    page.evaluate(PASTE, [TEXT, clipboard.type, clipboard.text])
    page.wait_for_timeout(50)
    lines = page.locator(".field-body .rich-notice p").all_text_contents()
    return " ".join(lines)


def give_files(page: "Page", selector: str, *names: str, event: str = "drop") -> bool:
    """Drop or paste files, and return True if the browser would still act on them itself."""
    return bool(page.evaluate(GIVE_FILES, [selector, event, [PICTURE_URL] * len(names), list(names)]))


def test_clipboard_of_each_program_becomes_clean_text(portal: str, browser: "Browser", superuser_state: Any) -> None:
    """Clean what the editor sends as a save does, and save the last one to prove it: each save takes a second."""
    results: dict[str, str] = {}
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, faults):
        page.fill("#id_title", "Pasted")
        focus_body(page)
        for clipboard in read_clipboards():
            notice = paste(page, clipboard)
            results[clipboard.name] = expected_text(clean_html(stored_html(page)), notice)
        save_form(page)

        assert results == {clipboard.name: clipboard.expected for clipboard in read_clipboards()}
        assert results[clipboard.name] == expected_text(stored_html(page), notice)
        assert faults == []


def test_first_row_of_a_pasted_table_becomes_its_header(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, faults):
        focus_body(page)
        paste(page, next(each for each in read_clipboards() if each.name == "excel-no-header"))
        page.click(".rich-notice .default")

        assert page.locator(f"{TEXT} th").all_inner_texts() == ["Central", "01/03/2026"]
        assert faults == []


def test_text_copied_in_the_editor_stays_as_it_is(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, _):
        focus_body(page)
        page.evaluate(PASTE, [TEXT, "text/html", '<p data-pm-slice="1 1 []">a <code>b</code> <ins>c</ins></p>'])

        assert stored_html(page) == "<p>a <code>b</code> <ins>c</ins></p>"


def test_html_of_programs_is_cleaned_when_the_html_view_is_left(
    portal: str, browser: "Browser", superuser_state: Any
) -> None:
    clipboard = next(each for each in read_clipboards() if each.name == "google-docs-table")
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, faults):
        page.fill("#id_title", "Pasted as HTML")
        focus_body(page)
        press_button(page, "html")
        page.fill("#id_body", clipboard.text)
        page.click(".rich-back")
        notice = page.locator(".field-body .rich-notice p").all_text_contents()
        save_form(page)

        assert expected_text(stored_html(page), " ".join(notice)) == clipboard.expected
        assert faults == []


def test_dropped_pictures_are_described_and_uploaded(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, _):
        focus_body(page)
        type_keys(page, "Two pictures")

        assert give_files(page, f"{TEXT} p", "one.png", "two.png", "prices.pdf") is False
        page.wait_for_selector(".dialog-new-picture >> nth=1")
        page.locator("dialog [name=alt]").nth(0).fill("A green van")
        page.locator("dialog [name=credit]").nth(0).fill("Picture: Wen Hao")
        page.click("dialog .default")
        # The second one has no alternative text.
        page.wait_for_selector("dialog .dialog-error:not([hidden]):has-text('alternative')")
        assert page.locator(".dialog-new-picture").count() == 1
        assert find_axe_violations(page) == []
        page.locator("dialog [name=is_decorative]").check()
        confirm_dialog(page)

        assert page.locator(f"{TEXT} figure img").evaluate_all("list => list.map(img => img.alt)") == [
            "A green van",
            "",
        ]
        assert page.locator(".rich-notice p").all_text_contents() == [
            "“prices.pdf” was left out: it is no picture.",
            "The pictures are one below the other.",
        ]


def test_pasted_screenshot_is_uploaded(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, faults):
        focus_body(page)
        give_files(page, TEXT, "image.png", event="paste")
        page.wait_for_selector("dialog .focal-preview")
        page.fill("dialog [name=alt]", "A screen")
        confirm_dialog(page)

        wait_until(lambda: 'alt="A screen"' in stored_html(page))
        assert faults == []


def test_lead_picture_takes_four_steps(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, faults):
        give_files(page, ".picture-field", "lead.png")
        page.click("dialog .focal-preview", position={"x": 20, "y": 20})
        page.fill("dialog [name=alt]", "The green train")
        page.fill("dialog [name=credit]", "Picture: Wen Hao")
        confirm_dialog(page)

        assert page.locator(".picture-field .thumbnail").count() == 1
        number = page.input_value(".picture-field select")
        page.goto(f"{portal}/admin/images/image/{number}/change/")
        assert (page.input_value("#id_alt"), page.input_value("#id_credit")) == ("The green train", "Picture: Wen Hao")
        assert float(page.input_value("#id_focal_x")) < 0.2
        assert faults == []


def test_file_dropped_beside_the_text_leaves_the_form_open(
    portal: str, browser: "Browser", superuser_state: Any
) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, _):
        assert give_files(page, "h1", "one.png") is False
        assert page.locator("dialog").count() == 0


def test_file_dropped_onto_the_library_is_the_one_to_upload(
    portal: str, browser: "Browser", superuser_state: Any
) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, _):
        focus_body(page)
        press_button(page, "picture")
        page.wait_for_selector(".dialog-picture")
        give_files(page, "dialog", "van.png")
        page.fill(".dialog-upload [name=alt]", "A van")
        page.click(".dialog-upload .default")
        page.wait_for_selector(f"{TEXT} figure")

        assert 'alt="A van"' in stored_html(page)
