"""A long import in Chromium: its page goes on by itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from postportal.interchange.limits import MAX_REQUEST_WRITES, MAX_SHOWN
from tests.browser.page_checks import find_axe_violations
from tests.browser.staff_browser import StaffBrowser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_open_page_checks_all_rows_of_a_long_file(
    portal: str, browser: "Browser", role_state: Callable[[str], Any]
) -> None:
    lines = [f"source-{number},Source {number}" for number in range(MAX_REQUEST_WRITES + 1)]
    file = {"name": "sources.csv", "mimeType": "text/csv", "buffer": "\n".join(["slug,name", *lines]).encode()}
    with StaffBrowser(portal, browser, role_state).open_as("Editor", "/admin/registers/sources/") as page:
        page.set_input_files("[name=file]", file)
        page.click("[value='Check file']")
        # Only the page that is loaded again has the report.
        page.wait_for_selector(".import-outcome")

        assert page.inner_text(".import-counts").split("\n")[0] == f"{len(lines)} New"
        assert page.locator(".import-outcome").count() == MAX_SHOWN
        assert find_axe_violations(page, within="#content") == []
