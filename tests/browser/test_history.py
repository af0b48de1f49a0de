"""History in Chromium: two clicks to the changes, three to restore the old text."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_checks import faults_in_every_look, open_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
LISTS = ["/admin/news/article/", "/admin/services/stampissue/", "/admin/pages/page/"]


@pytest.mark.parametrize("listing", LISTS)
def test_old_text_is_restored_with_three_clicks(
    listing: str, portal: str, browser: "Browser", superuser_state: Any
) -> None:
    with open_page(browser, portal + listing, storage_state=superuser_state) as (page, faults):
        page.locator("#result_list tbody tr:has-text('Live') th a").last.click()
        form = page.url
        old_title = page.input_value("#id_title")
        page.fill("#id_title", f"{old_title} at last")
        page.fill("#id_save_note", "The readers asked for it.")
        page.click(".action-bar [name=_continue]")

        page.click("#tab-history")
        page.click(".historylink")
        assert page.locator(".history-note").first.inner_text() == "The readers asked for it."
        page.get_by_role("link", name="View changes").first.click()
        assert page.locator("ins").first.inner_text().split() == ["+", "[added:]", "at", "last"]
        page.get_by_role("button", name="Restore version").first.click()

        assert (page.url, page.input_value("#id_title"), faults) == (form, old_title, [])


def test_history_and_comparison_are_accessible(portal: str, browser: "Browser", superuser_state: Any) -> None:
    # An old article: newer ones may be scheduled by other tests, and then their forms cannot be edited.
    with open_page(browser, f"{portal}{LISTS[0]}?q=stamp+carnival", storage_state=superuser_state) as (page, _):
        page.locator("#result_list tbody a").first.click()
        page.fill("#id_standfirst", "Viewed on a phone and on a desk.")
        page.click(".action-bar [name=_continue]")
        page.click("#tab-history")
        page.click(".historylink")
        history = page.url
        page.get_by_role("link", name="View changes").first.click()
        comparison = page.url

    for url in (history, comparison):
        assert (url, faults_in_every_look(browser, url, storage_state=superuser_state)) == (url, [])
