"""Rich text editor and picture library in Chromium, with hashed file names and the strict policy."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from tests.browser.page_checks import open_page
from tests.browser.staff_browser import choose_suggestion

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ADD_ARTICLE = "/admin/news/article/add/"


def type_keys(page: "Page", *texts: str) -> None:
    """Type slowly enough for the editor to process each key before the next."""
    for text in texts:
        if len(text) > 1 and text in {"Enter", "Tab", "ArrowDown", "Home", "End", "Escape"}:
            page.keyboard.press(text)
        else:
            page.keyboard.type(text)
        page.wait_for_timeout(50)


def press_button(page: "Page", name: str) -> None:
    """Press a tool of the toolbar, in the menu in which it is."""
    tool = page.locator(f".field-body .rich-{name}")
    if not tool.is_visible():
        page.locator(f".field-body .rich-menu:has(.rich-{name}) > .rich-button").click()
    tool.click()
    page.wait_for_timeout(50)


def confirm_dialog(page: "Page") -> None:
    """Confirm the dialog. Its close event is a task of its own, and the text changes only then."""
    page.click("dialog .default")
    page.wait_for_selector("dialog", state="detached")


def stored_html(page: "Page") -> str:
    return page.input_value("#id_body")


def focus_body(page: "Page") -> None:
    page.wait_for_selector(".field-body .rich-text")
    page.click(".field-body .rich-text")


def save_form(page: "Page") -> None:
    page.click(".action-bar [name=_continue]")
    page.wait_for_selector(".messagelist .success")
    page.wait_for_selector(".field-body .rich-text")


def test_editor_writes_html_that_the_sanitizer_keeps(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, faults):
        page.fill("#id_title", "Written in the browser")
        focus_body(page)
        type_keys(page, "First words", "Enter")
        page.select_option(".field-body .rich-block", "2")
        type_keys(page, "A heading", "Enter")
        press_button(page, "bullets")
        type_keys(page, "one", "Enter", "two", "Enter", "Enter")
        press_button(page, "quote")
        type_keys(page, "What she said")
        press_button(page, "source")
        type_keys(page, "Zhou Mei", "Enter")
        press_button(page, "inset")
        type_keys(page, "A correction", "Enter", "Enter")
        press_button(page, "table")
        page.fill("dialog [name=caption]", "Prices")
        page.fill("dialog [name=rows]", "2")
        page.fill("dialog [name=cols]", "2")
        confirm_dialog(page)
        type_keys(page, "To", "Tab", "Price", "Tab", "Abroad", "Tab", "6.00")
        press_button(page, "right")
        choose_suggestion(page, ".field-section", "Specimens")
        save_form(page)

        assert stored_html(page) == (
            "<p>First words</p>\n"
            '<h2 id="s-a-heading">A heading</h2>\n'
            "<ul><li>one</li><li>two</li></ul>\n"
            '<blockquote class="quote"><p>What she said</p><footer>Zhou Mei</footer></blockquote>\n'
            '<div class="inset"><p>A correction</p></div>\n'
            '<div class="tw" role="region" tabindex="0" aria-label="Prices"><table><caption>Prices</caption>'
            '<thead><tr><th scope="col">To</th><th scope="col">Price</th></tr></thead>'
            '<tbody><tr><td>Abroad</td><td class="r">6.00</td></tr></tbody></table></div>'
        )
        assert faults == []


def test_hotline_is_picked_from_a_list_and_stays(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, faults):
        page.fill("#id_title", "With a hotline")
        focus_body(page)
        type_keys(page, "Call ")
        press_button(page, "hotline")
        page.select_option("dialog [name=url]", label="Postal Business: 11185")
        confirm_dialog(page)
        choose_suggestion(page, ".field-section", "Specimens")
        save_form(page)
        assert re.fullmatch(r'<p>Call <a href="hotline:\d+">11185</a></p>', stored_html(page))

        focus_body(page)
        type_keys(page, "End", " now")
        save_form(page)

        assert re.fullmatch(r'<p>Call <a href="hotline:\d+">11185</a> now</p>', stored_html(page))
        assert faults == []


def test_document_is_found_by_its_title_and_stays(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, faults):
        page.fill("#id_title", "With a document")
        focus_body(page)
        type_keys(page, "Use the ")
        press_button(page, "document")
        page.fill("#document-words", "claim")
        page.click(".dialog-documents button:has-text('Claim form'):only-child")
        choose_suggestion(page, ".field-section", "Specimens")
        save_form(page)

        size = r"\(PDF, 1(?:\s|&nbsp;)page, 1(?:\s|&nbsp;)KB\)"
        link = rf'<a href="document:\d+">Claim form for lost parcels \(fictional\) {size}</a>'
        assert re.fullmatch(rf"<p>Use the {link}</p>", stored_html(page))
        assert faults == []


# Everything the cleaner keeps. The last block of the text is the one that is edited.
RICH_HTML = (
    '<h2 id="s-part">Part</h2>\n<p lang="zh-Hans">邮政 <em>a</em> <strong>b</strong> H<sub>2</sub>O m<sup>2</sup></p>\n'
    '<p><a href="/about/">here</a> <a href="https://upu.example/" rel="noopener">there</a> '
    '<span lang="ar" dir="rtl">بريد</span> <cite>Book</cite> <q>quoted</q> <abbr title="World">W</abbr><br>line</p>\n'
    '<ol start="3"><li>three<ul><li>inner</li></ul></li></ol>\n<hr>\n'
    '<figure><img src="/media/images/a.webp" srcset="/media/images/a.webp 480w, /media/images/b.webp 800w" '
    'sizes="(min-width:44rem) 41rem, 92vw" width="800" height="500" alt="A van" loading="lazy" decoding="async">'
    '<figcaption>On its way. <span class="cr">Picture: Li Na</span></figcaption></figure>\n'
    '<div class="tw" role="region" tabindex="0" aria-label="T of here"><table>'
    '<caption lang="en">T <em>of</em> <a href="/x/">here</a></caption>'
    '<thead><tr><th scope="col" rowspan="2">A</th><th class="r" scope="col" colspan="2">B</th></tr>'
    '<tr><th scope="col">C</th><th scope="col">D</th></tr></thead>'
    '<tbody><tr><th id="s-x" scope="row">x</th><td class="r" colspan="2">1<table><tbody>'
    "<tr><td>in</td><td>ner</td></tr></tbody></table></td></tr></tbody><tfoot><tr><td>Sum</td><td>1</td><td>2</td></tr></tfoot></table></div>\n"
    '<p>Was <s>8</s> <del lang="en">7</del> <ins>6</ins> <code>a b</code><a id="s-here"></a> '
    '<a id="s-ref" href="#s-note">1</a></p>\n'
    "<pre>one\n  two <strong>b</strong>\n\nthree</pre>\n"
    '<dl><dt id="s-term">Term</dt><dd>Meaning<ul><li>a</li></ul></dd>'
    "<dd><p>b</p><p>c</p></dd><dt>Other</dt><dd></dd></dl>\n"
    '<blockquote class="quote"><p>q</p><pre>x</pre><footer>Who</footer></blockquote>\n'
    '<div class="inset"><dl><dt>a</dt><dd>b</dd></dl><hr></div>\n'
    '<ol reversed="reversed" type="a"><li id="s-note" value="7">n <a href="#s-ref">back</a></li>'
    "<li></li><li>o</li></ol>\n"
    '<figure id="s-f"><a href="/about/"><img src="/media/images/a.webp" alt="" loading="lazy" decoding="async"></a>'
    "<figcaption>c</figcaption></figure>\n"
    '<p id="s-end">End</p>'
)


def test_editing_a_text_keeps_its_markup(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, _):
        page.fill("#id_title", "Round trip")
        focus_body(page)
        press_button(page, "html")
        page.fill("#id_body", RICH_HTML)
        choose_suggestion(page, ".field-section", "Specimens")
        save_form(page)
        stored = stored_html(page)
        page.click(".field-body .rich-text h2")
        type_keys(page, "End", "x")
        page.keyboard.press("Backspace")
        save_form(page)

        assert stored == RICH_HTML
        assert stored_html(page) == stored


def test_invalid_link_is_explained(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, _):
        focus_body(page)
        press_button(page, "link")
        page.fill("dialog [name=href]", "javascript:alert(1)")
        page.fill("dialog [name=text]", "about us")
        page.click("dialog .default")
        errors = page.locator("dialog .dialog-error:visible").all_text_contents()
        page.fill("dialog [name=href]", "/about/")
        confirm_dialog(page)

        assert errors == ["Enter a URL that starts with https://, /, mailto: or tel:."]
        assert stored_html(page) == '<p><a href="/about/">about us</a></p>'


def test_picture_is_chosen_or_uploaded_by_keyboard(
    portal: str, browser: "Browser", superuser_state: Any, tmp_path: Path
) -> None:
    Image.new("RGB", (900, 600), "#0b4a3a").save(tmp_path / "van.png")
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, _):
        focus_body(page)
        press_button(page, "picture")
        page.wait_for_selector(".dialog-picture")
        page.locator(".dialog-picture").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".field-body .rich-text figure")
        press_button(page, "picture")
        page.click(".dialog-upload summary")
        page.set_input_files("dialog [type=file]", tmp_path / "van.png")
        page.click(".dialog-upload .default")
        page.wait_for_selector("dialog .dialog-error:visible")
        page.fill("dialog [name=alt]", "A green van")
        page.fill("dialog [name=credit]", "Picture: Wen Hao")
        page.click(".dialog-upload .default")
        page.wait_for_selector(".field-body .rich-text figure >> nth=1")

        assert page.locator(".rich-text figure img").nth(1).get_attribute("alt") == "A green van"
        assert '<figcaption><span class="cr">Picture: Wen Hao</span></figcaption>' in stored_html(page)


def test_focal_point_is_set_with_a_click_and_moves_the_crops(
    portal: str, browser: "Browser", superuser_state: Any
) -> None:
    with open_page(browser, f"{portal}/admin/images/image/1/change/", storage_state=superuser_state) as (page, faults):
        crop = "document.querySelector('canvas[data-ratio=\"0.8\"]').toDataURL()"
        before = page.evaluate(crop)
        whole = page.locator(".crops-whole img")
        size = whole.bounding_box()
        whole.click(position={"x": size["width"] * 0.1, "y": size["height"] * 0.9})

        assert abs(float(page.input_value("#id_focal_x")) - 0.1) < 0.01
        assert abs(float(page.input_value("#id_focal_y")) - 0.9) < 0.01
        assert page.evaluate(crop) != before
        assert faults == []


def test_html_can_be_written_without_scripts(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state, java_script_enabled=False) as (
        page,
        _,
    ):
        assert page.locator("#id_body").is_visible()
