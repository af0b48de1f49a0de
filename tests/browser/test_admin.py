"""Checks of the staff pages: index, lists and forms."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_checks import faults_in_every_look, find_axe_violations, open_page
from tests.browser.pages import ADMIN_LISTS, DASHBOARD_PAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
# What the tokens of the portal decide: colours and font.
STYLES = """() => ["body", "#content h1", "#result_list th a", ".object-tools a", ".actions button", ".results td"].map(
    (selector) => (({ color, backgroundColor, fontFamily }) => [selector, color, backgroundColor, fontFamily])(
        getComputedStyle(document.querySelector(selector))))"""
LISTS_WITH_FORMS = ["/admin/news/article/", "/admin/services/stampissue/"]


def first_form_url(browser: "Browser", portal: str, listing: str, superuser_state: Any) -> str:
    """Return the path of the form of the first row in this list."""
    with open_page(browser, portal + listing, storage_state=superuser_state) as (shown, _):
        return str(shown.locator("#result_list tbody a").first.get_attribute("href"))


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/audit/entry/", *LISTS_WITH_FORMS, *(f"{path}add/" for path in LISTS_WITH_FORMS)]
)
def test_staff_page_is_accessible(path: str, portal: str, browser: "Browser", superuser_state: Any) -> None:
    assert faults_in_every_look(browser, portal + path, storage_state=superuser_state) == []


@pytest.mark.parametrize("listing", LISTS_WITH_FORMS)
def test_change_form_is_accessible_and_keeps_the_policy(
    listing: str, portal: str, browser: "Browser", superuser_state: Any
) -> None:
    form = first_form_url(browser, portal, listing, superuser_state)

    with open_page(browser, portal + form, storage_state=superuser_state) as (_, faults):
        assert faults == []
    with open_page(browser, portal + form, storage_state=superuser_state, bypass_csp=True) as (shown, _):
        assert find_axe_violations(shown) == []


def test_staff_pages_are_valid_html(
    portal: str, browser: "Browser", superuser_state: Any, validator: "Callable[[Path], list[str]]", tmp_path: Path
) -> None:
    context = browser.new_context(storage_state=superuser_state)
    forms = [first_form_url(browser, portal, listing, superuser_state) for listing in LISTS_WITH_FORMS]
    added = [f"{path}add/" for path in ADMIN_LISTS if not path.startswith("/admin/registers/")]
    for number, path in enumerate([*DASHBOARD_PAGES, *ADMIN_LISTS, *added, *forms]):
        response = context.request.get(portal + path)
        # If nobody can add a row, as with audit entries, there is no form to check.
        if response.status != 403:
            assert (path, response.status) == (path, 200)
            name = f"{number:03}{re.sub('[^a-z]+', '-', path)}.html"
            (tmp_path / name).write_text(response.text(), encoding="utf-8")
    context.close()

    assert validator(tmp_path) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_staff_page_looks_the_same_without_scripts(
    scheme: str, portal: str, browser: "Browser", superuser_state: Any
) -> None:
    url, options = f"{portal}/admin/news/article/", {"storage_state": superuser_state, "color_scheme": scheme}
    with open_page(browser, url, **options) as (page, _):
        with_scripts = page.evaluate(STYLES)
    with open_page(browser, url, java_script_enabled=False, **options) as (page, _):
        assert page.evaluate(STYLES) == with_scripts


@pytest.mark.parametrize("listing", LISTS_WITH_FORMS)
def test_list_of_items_fits_beside_menu_and_filters_on_a_laptop(
    listing: str, portal: str, browser: "Browser", superuser_state: Any
) -> None:
    viewport = {"width": 1280, "height": 900}
    with open_page(browser, portal + listing, storage_state=superuser_state, viewport=viewport) as (shown, _):
        hidden = shown.evaluate("(list => list.scrollWidth - list.clientWidth)(document.querySelector('.results'))")
    assert hidden <= 0


def test_rare_actions_of_a_list_are_folded_on_a_phone(portal: str, browser: "Browser", superuser_state: Any) -> None:
    url = f"{portal}/admin/news/article/"
    with open_page(browser, url, storage_state=superuser_state, viewport={"width": 320, "height": 700}) as (shown, _):
        buttons = shown.locator("#changelist .actions").first
        assert buttons.bounding_box()["height"] < 300  # type: ignore[index]
        shown.locator(".more-actions summary").click()
        assert shown.get_by_role("button", name="Delete selected articles").is_visible()
