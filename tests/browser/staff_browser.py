"""What people of the newsroom do at the form of an article, in the words they would use."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ADD_ARTICLE = "/admin/news/article/add/"


class StaffBrowser:
    """A portal, a browser, and the cookies of each role."""

    def __init__(self, portal: str, browser: "Browser", staff: Callable[[str], Any]) -> None:
        self.portal, self.browser, self.role_state = portal, browser, staff

    @contextmanager
    def open_as(self, role: str, address: str) -> "Iterator[Page]":
        """Somebody with this role, at a page of the staff side."""
        context = self.browser.new_context(storage_state=self.role_state(role), reduced_motion="reduce")
        page = context.new_page()
        page.set_default_timeout(20_000)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address if address.startswith("http") else self.portal + address)
        try:
            yield page
        finally:
            context.close()
        assert faults == []

    def submit_article(self, title: str, text: str) -> str:
        """Return the form of an article that an author has submitted."""
        with self.open_as("Author", ADD_ARTICLE) as page:
            page.fill("#id_title", title)
            write_body(page, text)
            choose_suggestion(page, ".field-section", "Specimens")
            page.click("button[value=submit]")
            assert last_message(page) == f"“{title}” waits for review."
            return page.url

    def publish_article(self, title: str, text: str) -> tuple[str, str]:
        """Return the form of an article that readers see, and its public address."""
        form = self.submit_article(title, text)
        with self.open_as("Publisher", form) as page:
            page.click("button[value=publish]")
            assert last_message(page) == f"“{title}” is published."
            return form, self.portal + str(page.get_attribute(".viewsitelink", "href"))

    def fetch_as_reader(self, address: str) -> "tuple[int, str]":
        """What somebody without an account gets: the status and the page."""
        context = self.browser.new_context()
        answer = context.request.get(address if address.startswith("http") else self.portal + address)
        found = answer.status, answer.text()
        context.close()
        return found


def write_body(page: "Page", text: str) -> None:
    """Replace the text, as somebody types it."""
    page.wait_for_selector(".field-body .rich-text")
    page.click(".field-body .rich-text")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    wait_until(lambda: page.input_value("#id_body") == f"<p>{text}</p>")


def choose_suggestion(page: "Page", field: str, words: str) -> None:
    """Type into a field that suggests, and take what it finds."""
    page.click(f"{field} .select2-selection")
    # The box takes the keys a moment after it opens: what is typed before that is lost.
    page.locator(".select2-container--open .select2-search__field").fill(words)
    page.locator(".select2-container--open .select2-results__option--highlighted", has_text=words).first.wait_for()
    page.keyboard.press("Enter")


def last_message(page: "Page") -> str:
    """What the portal says about what was just done."""
    return str(page.locator(".messagelist li").last.inner_text())


def wait_until(is_true: Callable[[], bool], *, seconds: int = 20) -> None:
    """Wait as long as somebody would."""
    for _ in range(seconds * 20):
        if is_true():
            return
        time.sleep(0.05)
    raise AssertionError("It did not happen.")
