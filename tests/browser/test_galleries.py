"""Galleries in the text editor, and the crop of a picture from the form of an article."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_checks import find_axe_violations, open_page
from tests.browser.staff_browser import ADD_ARTICLE
from tests.browser.test_editor import confirm_dialog, focus_body, stored_html, type_keys
from tests.browser.test_paste import TEXT, give_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_dropped_pictures_become_a_gallery_and_are_put_in_order(
    portal: str, browser: "Browser", superuser_state: Any
) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, faults):
        focus_body(page)
        type_keys(page, "Two pictures")
        give_files(page, f"{TEXT} p", "one.png", "two.png")
        page.wait_for_selector(".dialog-new-picture >> nth=1")
        for number, words in enumerate(("First", "Second")):
            page.locator("dialog [name=alt]").nth(number).fill(words)
        confirm_dialog(page)
        page.click(".rich-notice .default")
        page.wait_for_selector(f"{TEXT} .gallery figure >> nth=1")

        page.click(f"{TEXT} .gallery figcaption >> nth=0")
        page.click("button:has-text('Pictures and order')")
        page.click("dialog [aria-label='Move picture 2 up']")
        # Axe itself sets styles that the policy blocks.
        assert faults == []
        assert find_axe_violations(page) == []
        page.click("dialog .default")

        html = stored_html(page)
        assert html.count('<div class="gallery">') == 1
        assert html.index('alt="Second"') < html.index('alt="First"')


def test_lead_picture_is_cropped_with_the_keyboard(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, faults):
        give_files(page, ".picture-field", "lead.png")
        page.fill("dialog [name=alt]", "The green train")
        confirm_dialog(page)
        number = page.input_value(".picture-field select")
        page.click(".picture-frame")
        corner = page.locator("dialog .crops-corner").first
        corner.focus()
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("ArrowRight")
        assert faults == []
        assert find_axe_violations(page) == []
        page.click("dialog .default")
        page.wait_for_selector("dialog", state="detached")

        page.goto(f"{portal}/admin/images/image/{number}/change/")
        assert float(page.input_value("#id_crop_left")) == 0.06
