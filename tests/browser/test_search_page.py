"""The search page in Chromium: after a filter is chosen the results are in view."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.page_checks import open_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
SEARCH = "/search/?q=post"


def test_first_result_is_in_view_on_a_phone_after_a_filter_is_chosen(portal: str, browser: "Browser") -> None:
    with open_page(browser, portal + SEARCH, viewport={"width": 390, "height": 844}) as (page, faults):
        page.click(".facets summary")
        page.check(".facets [name=type][value=article]")
        page.click(".facets button")
        page.wait_for_url("**type=article**")
        first = page.locator(".result").first.bounding_box()

        assert page.locator(".facets summary").inner_text().split() == ["Filter", "results", "(1)"]
        assert first is not None
        assert first["y"] < 844
        assert faults == []


def test_filters_are_open_next_to_the_results_on_a_wide_screen(portal: str, browser: "Browser") -> None:
    with open_page(browser, portal + SEARCH, viewport={"width": 1280, "height": 900}) as (page, _):
        assert page.locator(".facets [name=type]").first.is_visible()
        assert not page.locator(".facets summary").is_visible()
