from typing import TYPE_CHECKING

import pytest

from tests.browser.page_checks import open_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SHOW_LIST = """type => {
    const list = document.createElement("ol");
    if (type) list.type = type;
    document.querySelector(".prose").append(list);
    return getComputedStyle(list).listStyleType;
}"""


NUMBERS = {"": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}


def test_numbered_lists_keep_their_kind_of_numbers(portal: str, browser: "Browser") -> None:
    with open_page(browser, f"{portal}/about/") as (shown, _):
        assert {kind: shown.evaluate(SHOW_LIST, kind) for kind in NUMBERS} == NUMBERS
