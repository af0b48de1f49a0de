"""Previews in Chromium, with hashed file names and the strict policy."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_checks import find_axe_violations, horizontal_overflow, open_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ADD_ARTICLE = "/admin/news/article/add/"
TAB = "#tab-preview"


def wait_for_heading(page: "Page", text: str) -> Any:
    heading = page.frame_locator("#preview iframe").locator(f"h1:has-text('{text}')")
    heading.wait_for(timeout=15000)
    return heading


def test_typing_updates_the_preview_at_three_widths(portal: str, browser: "Browser", superuser_state: Any) -> None:
    viewport = {"width": 1600, "height": 900}
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state, viewport=viewport) as (page, faults):
        page.click(TAB)
        wait_for_heading(page, "(no title yet)")
        history_length = page.evaluate("history.length")
        page.fill("#id_title", "Quoins and kiosks")
        wait_for_heading(page, "Quoins and kiosks")
        widths = []
        for width in (375, 768, 1280):
            page.click(f"[data-width='{width}']")
            page.fill("#id_title", f"Quoins and kiosks at {width}")
            wait_for_heading(page, f"Quoins and kiosks at {width}")
            frame = page.locator("#preview iframe").element_handle().content_frame()
            widths.append(frame.evaluate("[innerWidth, document.documentElement.scrollWidth <= innerWidth]"))
        page.click(".preview-close")
        page.click(".field-body .rich-text")
        page.keyboard.type("Typed into the text.")
        page.frame_locator("#preview iframe").locator("text=Typed into the text.").wait_for(timeout=15000)

        assert widths == [[375, True], [768, True], [1280, True]]
        # The “back” button of the browser leaves the form.
        assert page.evaluate("history.length") == history_length
        assert horizontal_overflow(page) == 0
        assert faults == []
        # Words that no other test writes: unpublished changes are searched, too.
        page.goto(f"{portal}/admin/news/article/?q=quoins+kiosks")
        assert page.locator("#result_list tbody tr").count() == 0


def test_preview_without_scripts_opens_in_a_new_tab(portal: str, browser: "Browser", superuser_state: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state, java_script_enabled=False) as (
        page,
        _,
    ):
        page.fill("#id_title", "Typed without scripts")
        with page.context.expect_page() as other:
            page.click("button[formtarget]")
        tab = other.value
        tab.wait_for_load_state()

        assert tab.locator("h1").first.inner_text() == "Typed without scripts"
        assert tab.locator(".preview-bar").inner_text().startswith("Preview")


def test_preview_link_is_created_with_one_click_and_unsaved_text_stays(
    portal: str, browser: "Browser", superuser_state: Any
) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=superuser_state) as (page, faults):
        page.fill("#id_title", "Shared with a colleague")
        page.click(".action-bar [name=_continue]")
        page.wait_for_selector(".messagelist .success")
        page.click(TAB)
        page.fill("#id_title", "Typed and not saved")
        page.click("#preview_links button:has-text('Create link')")
        page.wait_for_selector("#preview_links .panel-message a")
        target = str(page.get_attribute("#preview_links .panel-message a", "href"))

        assert page.input_value("#id_title") == "Typed and not saved"
        with open_page(browser, target) as (outside, outside_faults):
            assert outside.locator("h1").first.inner_text() == "Shared with a colleague"
            assert horizontal_overflow(outside) == 0
            assert find_preview_violations(browser, target) == []
            assert outside_faults == []
        page.click("#preview_links .shared-links button")
        page.wait_for_selector("#preview_links .panel-message:has-text('revoked')")
        with open_page(browser, target) as (outside, _):
            assert outside.locator("h1").first.inner_text() == "This link has expired or is not valid"
        assert faults == []


def find_preview_violations(browser: "Browser", target: str) -> list[str]:
    """Check a preview with its policy bypassed, because the policy forbids all scripts, including axe."""
    with open_page(browser, target, bypass_csp=True) as (page, _):
        return find_axe_violations(page)


@pytest.mark.parametrize("width", [320, 1600])
def test_form_with_preview_is_accessible(portal: str, browser: "Browser", superuser_state: Any, width: int) -> None:
    viewport = {"width": width, "height": 900}
    options = {"storage_state": superuser_state, "viewport": viewport, "bypass_csp": True}
    with open_page(browser, portal + ADD_ARTICLE, **options) as (page, faults):
        page.click(TAB)
        wait_for_heading(page, "(no title yet)")

        assert find_axe_violations(page) == []
        assert horizontal_overflow(page) == 0
        assert faults == []


@pytest.mark.parametrize("width", [320, 1280])
def test_site_is_previewed_at_a_future_time(portal: str, browser: "Browser", superuser_state: Any, width: int) -> None:
    options = {"storage_state": superuser_state, "viewport": {"width": width, "height": 900}, "bypass_csp": True}
    with open_page(browser, portal + "/admin/as-of/", **options) as (page, faults):
        assert find_axe_violations(page) == []
        assert horizontal_overflow(page) == 0
        page.fill("[name=at]", "2126-12-08T09:30")
        page.click("button:has-text('Preview the site at this time')")
        page.wait_for_selector(".preview-bar")
        assert "8 December 2126, 09:30 Beijing time" in page.locator(".preview-bar").inner_text()
        assert find_axe_violations(page) == []
        page.goto(f"{portal}/news/")
        assert page.locator(".preview-bar").count() == 1
        assert horizontal_overflow(page) == 0
        page.click(".preview-bar button")
        page.wait_for_load_state()
        assert (page.locator(".preview-bar").count(), page.url) == (0, f"{portal}/")
        assert faults == []
