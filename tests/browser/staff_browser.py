"""Work of newsroom staff in the browser: opening pages by role, writing, submitting and publishing articles."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.browser.page_checks import borrow_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ADD_ARTICLE = "/admin/news/article/add/"


class StaffBrowser:
    """A portal and a browser with the cookies of each role."""

    def __init__(self, portal: str, browser: "Browser", role_state: Callable[[str], Any]) -> None:
        self.portal, self.browser, self.role_state = portal, browser, role_state

    @contextmanager
    def open_as(self, role: str, url: str) -> "Iterator[Page]":
        """Open a path or URL with the account of this role, and fail if a script of the page raises an error."""
        faults: list[str] = []
        with borrow_page(self.browser, storage_state=self.role_state(role)) as page:
            page.set_default_timeout(20_000)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.goto(url if url.startswith("http") else self.portal + url)
            yield page
            assert faults == []

    def submit_article(self, title: str, text: str) -> str:
        """Submit an article as the author, and return the URL of its form."""
        with self.open_as("Author", ADD_ARTICLE) as page:
            page.fill("#id_title", title)
            write_body(page, text)
            choose_suggestion(page, ".field-section", "Specimens")
            page.click("button[value=submit]")
            assert last_message(page) == f"“{title}” was submitted for review."
            return page.url

    def publish_article(self, title: str, text: str) -> tuple[str, str]:
        """Publish an article, and return the URL of its form and its public URL."""
        form = self.submit_article(title, text)
        with self.open_as("Publisher", form) as page:
            page.click("button[value=publish]")
            assert last_message(page) == f"“{title}” was published."
            return form, self.portal + str(page.get_attribute(".viewsitelink", "href"))

    def fetch_as_reader(self, url: str) -> "tuple[int, str]":
        """Fetch a path or URL without an account, and return the status and the text of the response."""
        context = self.browser.new_context()
        response = context.request.get(url if url.startswith("http") else self.portal + url)
        status, text = response.status, response.text()
        context.close()
        return status, text


def write_body(page: "Page", text: str) -> None:
    """Replace the text by typing."""
    page.wait_for_selector(".field-body .rich-text")
    page.click(".field-body .rich-text")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    wait_until(lambda: page.input_value("#id_body") == f"<p>{text}</p>")


def choose_suggestion(page: "Page", field: str, words: str) -> None:
    """Type into a field with suggestions, and choose the first one."""
    search = page.locator(".select2-container--open .select2-search__field")

    def open_list() -> bool:
        # On a busy machine a click now and then opens nothing, and a person would click again.
        if not search.is_visible():
            page.click(f"{field} .select2-selection")
        return search.is_visible()

    wait_until(open_list)
    # The list accepts keys only a moment after it opens; earlier ones are lost.
    search.fill(words)
    page.locator(".select2-container--open .select2-results__option--highlighted", has_text=words).first.wait_for()
    page.keyboard.press("Enter")


def open_menu(page: "Page") -> None:
    """Open the menu of the action bar."""
    page.click(".bar-menu summary")


def open_part(page: "Page", name: str) -> None:
    """Choose a tab of the side panel: status, checks, comments, history or preview."""
    page.click(f"#tab-{name}")


def last_message(page: "Page") -> str:
    """Return the last message of the portal about an action."""
    return str(page.locator(".messagelist li").last.inner_text())


def wait_until(is_true: Callable[[], bool], *, seconds: int = 20) -> None:
    """Wait until the condition is true. Raise AssertionError after the given number of seconds."""
    for _ in range(seconds * 20):
        if is_true():
            return
        time.sleep(0.05)
    raise AssertionError(f"Still not true after {seconds} seconds.")
