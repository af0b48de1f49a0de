"""What people of the newsroom do at the form of an article, in the words they would use."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ADD = "/admin/news/article/add/"


class Newsroom:
    """A portal, a browser, and the cookies of each role."""

    def __init__(self, portal: str, browser: "Browser", staff: Callable[[str], Any]) -> None:
        self.portal, self.browser, self.staff = portal, browser, staff

    @contextmanager
    def at(self, role: str, address: str) -> "Iterator[Page]":
        """Somebody with this role, at a page of the staff side."""
        context = self.browser.new_context(storage_state=self.staff(role), reduced_motion="reduce")
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

    def submitted(self, title: str, text: str) -> str:
        """Return the form of an article that an author has submitted."""
        with self.at("Author", ADD) as page:
            page.fill("#id_title", title)
            write(page, text)
            choose(page, ".field-section", "Specimens")
            page.click("button[value=submit]")
            assert told(page) == f"“{title}” waits for review."
            return page.url

    def published(self, title: str, text: str) -> tuple[str, str]:
        """Return the form of an article that readers see, and its public address."""
        form = self.submitted(title, text)
        with self.at("Publisher", form) as page:
            page.click("button[value=publish]")
            assert told(page) == f"“{title}” is published."
            return form, self.portal + str(page.get_attribute(".viewsitelink", "href"))

    def reader(self, address: str) -> "tuple[int, str]":
        """What somebody without an account gets: the status and the page."""
        context = self.browser.new_context()
        answer = context.request.get(address if address.startswith("http") else self.portal + address)
        found = answer.status, answer.text()
        context.close()
        return found


def write(page: "Page", text: str) -> None:
    """Replace the text, as somebody types it."""
    page.wait_for_selector(".field-body .rich-text")
    page.click(".field-body .rich-text")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    until(lambda: page.input_value("#id_body") == f"<p>{text}</p>")


def choose(page: "Page", field: str, words: str) -> None:
    """Type into a field that suggests, and take what it finds."""
    page.click(f"{field} .select2-selection")
    # The box takes the keys a moment after it opens: what is typed before that is lost.
    page.locator(".select2-container--open .select2-search__field").fill(words)
    page.locator(".select2-container--open .select2-results__option--highlighted", has_text=words).first.wait_for()
    page.keyboard.press("Enter")


def told(page: "Page") -> str:
    """What the portal says about what was just done."""
    return str(page.locator(".messagelist li").last.inner_text())


def until(is_true: Callable[[], bool], *, seconds: int = 20) -> None:
    """Wait as long as somebody would."""
    for _ in range(seconds * 20):
        if is_true():
            return
        time.sleep(0.05)
    raise AssertionError("It did not happen.")
