"""Comments at words of a text: selected, marked, found after edits; and names offered after @."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_checks import find_axe_violations
from tests.browser.staff_browser import StaffBrowser, open_part

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
MARKED = "() => [...(CSS.highlights.get('comment') ?? [])].map(String)"
MARKED_BEHIND = MARKED.replace("comment", "comment-behind")
SELECT = """([from, to]) => new Promise((done) => {
  document.addEventListener("selectionchange", () => done(), { once: true });
  const text = document.querySelector(".field-body .ProseMirror p").firstChild;
  getSelection().setBaseAndExtent(text, from, text, to);
})"""


def comment_title(page: "Page", *, from_word: int) -> None:
    """Select the end of the title, and comment on it."""
    page.locator("#id_title").evaluate("(area, start) => area.setSelectionRange(start, area.value.length)", from_word)
    page.focus("#id_title")
    page.wait_for_timeout(100)
    page.click("[data-use-selection]")
    assert page.locator("#comments [name=field]").first.input_value() == "title"
    page.fill("#id_comment_text", "Which van?")
    page.click("#comments button:has-text('Add comment')")
    page.wait_for_selector("#comments .comment-quote >> nth=1")


def test_selected_words_are_commented_and_stay_marked(
    portal: str, browser: "Browser", role_state: Callable[[str], Any]
) -> None:
    staff_browser = StaffBrowser(portal, browser, role_state)
    url = staff_browser.submit_article("The van leaves", "The van leaves at 9. In winter the van leaves at 10.")
    with staff_browser.open_as("Editor", url) as page:
        page.wait_for_selector(".field-body .ProseMirror p")
        open_part(page, "comments")
        page.evaluate(SELECT, [31, 45])
        page.click("[data-use-selection]")
        page.locator("#id_comment_text").press_sequentially("Is this so, @zhao")
        assert page.locator("[role=option][aria-selected=true]").inner_text() == "Zhao Rui"
        assert find_axe_violations(page) == []
        page.keyboard.press("Enter")
        page.click("#comments button:has-text('Add comment')")
        page.wait_for_selector("#comments .comment-quote")

        assert page.evaluate(MARKED) == ["the van leaves"]
        assert page.locator("#comments .comment-text").last.inner_text() == "Is this so, @Zhao Rui"
        comment_title(page, from_word=4)
        assert page.evaluate(MARKED_BEHIND) == ["van leaves"]
        # Typed before it: the words have moved, and are marked where they are.
        page.focus(".field-body .ProseMirror")
        page.keyboard.press("Control+Home")
        page.keyboard.type("Now the van leaves. ")
        start = page.evaluate("() => [...CSS.highlights.get('comment')][0].startOffset")
        assert start == 31 + len("Now the van leaves. ")
