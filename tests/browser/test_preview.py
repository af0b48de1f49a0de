"""The page beside the form, as an editor uses it: with hashed files and the strict policy."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_checks import find_axe_violations, horizontal_overflow, open_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ADD_ARTICLE = "/admin/news/article/add/"
TOGGLE = ".preview-toggle"


def wait_for_heading(page: "Page", text: str) -> Any:
    found = page.frame_locator("#preview iframe").locator(f"h1:has-text('{text}')")
    found.wait_for(timeout=15000)
    return found


def test_typing_refreshes_the_preview_at_three_widths(portal: str, browser: "Browser", signed_in: Any) -> None:
    viewport = {"width": 1600, "height": 900}
    with open_page(browser, portal + ADD_ARTICLE, storage_state=signed_in, viewport=viewport) as (page, faults):
        page.click(TOGGLE)
        wait_for_heading(page, "(no title yet)")
        steps = page.evaluate("history.length")
        page.fill("#id_title", "Night mail")
        wait_for_heading(page, "Night mail")
        widths = []
        for width in (375, 768, 1280):
            page.click(f"[data-width='{width}']")
            page.fill("#id_title", f"Night mail at {width}")
            wait_for_heading(page, f"Night mail at {width}")
            frame = page.locator("#preview iframe").element_handle().content_frame()
            widths.append(frame.evaluate("[innerWidth, document.documentElement.scrollWidth <= innerWidth]"))
        page.click(".field-body .rich-text")
        page.keyboard.type("Just typed into the text.")
        page.frame_locator("#preview iframe").locator("text=Just typed into the text.").wait_for(timeout=15000)

        assert widths == [[375, True], [768, True], [1280, True]]
        # “Back” leaves the form.
        assert page.evaluate("history.length") == steps
        assert horizontal_overflow(page) == 0
        assert faults == []
        page.goto(f"{portal}/admin/news/article/?q=Night+mail+at")
        assert page.locator("#result_list tbody tr").count() == 0


def test_preview_without_scripts_opens_in_a_tab_of_its_own(portal: str, browser: "Browser", signed_in: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=signed_in, java_script_enabled=False) as (page, _):
        page.fill("#id_title", "Typed without scripts")
        with page.context.expect_page() as other:
            page.click("button[formtarget]")
        tab = other.value
        tab.wait_for_load_state()

        assert tab.locator("h1").first.inner_text() == "Typed without scripts"
        assert tab.locator(".seen-as").inner_text().startswith("Preview")


def test_link_is_made_in_one_step_and_the_typed_text_stays(portal: str, browser: "Browser", signed_in: Any) -> None:
    with open_page(browser, portal + ADD_ARTICLE, storage_state=signed_in) as (page, faults):
        page.fill("#id_title", "Shared with a colleague")
        page.click("[name=_continue]")
        page.wait_for_selector("#shared")
        page.fill("#id_title", "Typed and not saved")
        page.click("#shared button:has-text('Make a link')")
        page.wait_for_selector("#shared .part-told a")
        target = str(page.get_attribute("#shared .part-told a", "href"))

        assert page.input_value("#id_title") == "Typed and not saved"
        with open_page(browser, target) as (outside, outer_faults):
            assert outside.locator("h1").first.inner_text() == "Shared with a colleague"
            assert horizontal_overflow(outside) == 0
            assert find_preview_violations(browser, target) == []
            assert outer_faults == []
        page.click("#shared .shared-links button")
        page.wait_for_selector("#shared .part-told:has-text('revoked')")
        with open_page(browser, target) as (outside, _):
            assert outside.locator("h1").first.inner_text() == "This address leads nowhere"
        assert faults == []


def find_preview_violations(browser: "Browser", target: str) -> list[str]:
    """The policy of a preview lets no script in, not even that of the check."""
    with open_page(browser, target, bypass_csp=True) as (page, _):
        return find_axe_violations(page)


@pytest.mark.parametrize("width", [320, 1600])
def test_form_with_its_preview_is_accessible(portal: str, browser: "Browser", signed_in: Any, width: int) -> None:
    viewport = {"width": width, "height": 900}
    options = {"storage_state": signed_in, "viewport": viewport, "bypass_csp": True}
    with open_page(browser, portal + ADD_ARTICLE, **options) as (page, faults):
        page.click(TOGGLE)
        wait_for_heading(page, "(no title yet)")

        assert find_axe_violations(page) == []
        assert horizontal_overflow(page) == 0
        assert faults == []


@pytest.mark.parametrize("width", [320, 1280])
def test_site_as_of_a_moment_is_chosen_browsed_and_left(
    portal: str, browser: "Browser", signed_in: Any, width: int
) -> None:
    options = {"storage_state": signed_in, "viewport": {"width": width, "height": 900}, "bypass_csp": True}
    with open_page(browser, portal + "/admin/as-of/", **options) as (page, faults):
        assert find_axe_violations(page) == []
        assert horizontal_overflow(page) == 0
        page.fill("[name=at]", "2126-12-08T09:30")
        page.click("button:has-text('See the site as of then')")
        page.wait_for_selector(".seen-as")
        assert "8 December 2126, 09:30 Beijing time" in page.locator(".seen-as").inner_text()
        assert find_axe_violations(page) == []
        page.goto(f"{portal}/news/")
        assert page.locator(".seen-as").count() == 1
        assert horizontal_overflow(page) == 0
        page.click(".seen-as button")
        page.wait_for_load_state()
        assert (page.locator(".seen-as").count(), page.url) == (0, f"{portal}/")
        assert faults == []
