"""Checks of a page in Chromium: errors, accessibility, width."""

import functools
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

NODE_MODULES = Path(__file__).parent / "node_modules"
AXE = NODE_MODULES / "axe-core" / "axe.min.js"
CHROMIUM_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-dev-shm-usage"),
]
ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Each width and each scheme once: no style is decided by both. All four are for the pages that have what others have
# only at one width, such as the menu.
ALL_LOOKS = [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]
LOOKS = [(320, "dark"), (1280, "light")]
FRAME_PAGES = {"/", "/admin/", "/admin/news/article/add/"}
RUN_AXE = """
async ([rules, within]) => {
    // A bar that sticks covers whatever happens to be behind it, which scrolls clear of it.
    for (const bar of document.querySelectorAll('.finish, .action-bar')) bar.style.position = 'relative';
    const found = await axe.run(within || document, {runOnly: rules, resultTypes: ['violations']});
    for (const bar of document.querySelectorAll('.finish, .action-bar')) bar.style.position = '';
    return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')} ${n.failureSummary || ''}`));
}
"""
# Pictures below the fold are loaded when they come near, so the page is scrolled through once. A picture that is passed
# before a frame is rendered is never loaded, and its decode() never ends, so in the end all are loaded eagerly.
LOAD_ALL_PICTURES = """
async () => {
    const isLazy = [...document.images].some(image => image.loading === 'lazy');
    for (let y = 0; isLazy && y < document.body.scrollHeight; y += 800) {
        scrollTo(0, y);
        await new Promise(done => setTimeout(done, 10));
    }
    scrollTo(0, 0);
    for (const image of document.images) image.loading = 'eager';
    const loaded = Promise.all([document.fonts.ready, ...[...document.images].map(i => i.decode().catch(() => {}))]);
    const late = new Promise(done => setTimeout(done, 20000, 'late'));
    if (await Promise.race([loaded, late]) !== 'late') return '';
    return `late: ${[...document.images].filter(image => !image.complete).map(image => image.src)}`;
}
"""
SHOW_FOCUS = """
() => [document.activeElement, ...document.querySelectorAll('dialog, .select2-container--open')]
    .map((node, index) => `${index ? 'Open' : 'Focus'}: ${(node ? node.outerHTML : '').slice(0, 600)}`).join('\\n')
"""
# Contexts that a test has left, by browser and options.
_idle_contexts: "dict[tuple[int, str], list[BrowserContext]]" = {}


def find_chromium() -> str | None:
    """Return the Chromium program to run, or None. The headless shell starts faster and renders the same."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    programs = (shutil.which(name) for name in names)
    return os.environ.get("CHROMIUM") or next(filter(None, programs), None)


@contextmanager
def borrow_page(
    browser: "Browser", *, viewport: Any = None, color_scheme: Any = "light", **options: Any
) -> "Iterator[Page]":
    """Yield a new page with the options of a context.

    A context that another test has used is used again, with the cookies of its start: it has the styles and scripts of
    the portal in its cache. One with a failure is not."""
    idle = _idle_contexts.setdefault((id(browser), json.dumps(options, sort_keys=True)), [])
    context = idle.pop() if idle else browser.new_context(reduced_motion="reduce", **options)
    page = wait_after_clicks(context.new_page())
    page.set_viewport_size(viewport or {"width": 1280, "height": 720})
    page.emulate_media(color_scheme=color_scheme, reduced_motion="reduce")
    try:
        yield page
    except BaseException:
        context.close()
        raise
    for opened in context.pages:
        opened.close()
    context.clear_cookies()
    context.add_cookies(options.get("storage_state", {}).get("cookies", []))
    idle.append(context)


@contextmanager
def open_page(browser: "Browser", url: str, **options: Any) -> "Iterator[tuple[Page, list[str]]]":
    """Open the URL, and yield the page and a list of the errors that occur on it. A failure says how the page stood."""
    with borrow_page(browser, **options) as page, tell_state(page) as faults:
        origin = "/".join(url.split("/")[:3])
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("request", lambda request: faults.extend(foreign_requests(request.url, origin)))
        page.on("response", lambda response: faults.extend(failed_responses(response.status, response.url, url)))
        # A missing file is reported above, with its URL.
        page.on("console", lambda line: faults.extend(console_errors(line.type, line.text)))
        page.goto(url, wait_until="load")
        if options.get("java_script_enabled", True):
            faults.extend(filter(None, [page.evaluate(LOAD_ALL_PICTURES)]))
        yield page, faults


@contextmanager
def tell_state(page: "Page") -> Iterator[list[str]]:
    """Yield a list for the errors of the page, and add it to an exception with the requests that have no answer, the
    element with the focus and the open lists: what else is there to go by if a test fails once in a hundred runs?"""
    faults: list[str] = []
    unanswered: list[str] = []
    page.on("request", lambda request: unanswered.append(request.url))
    page.on("requestfinished", lambda request: unanswered.remove(request.url) if request.url in unanswered else None)
    try:
        yield faults
    except Exception as error:
        error.add_note(f"On {page.url}\nErrors: {faults}\nUnanswered: {unanswered}")
        error.add_note(page.evaluate(SHOW_FOCUS))
        raise


def wait_after_clicks(page: "Page") -> "Page":
    """Make each click() of the page wait until the page that it leads to has loaded with its scripts: Playwright only
    waits for its first bytes, and what is read or pressed then may not be there yet."""
    click = page.click

    def click_and_wait(*args: Any, **options: Any) -> None:
        click(*args, **options)
        page.wait_for_load_state()

    page.click = click_and_wait
    return page


def foreign_requests(url: str, origin: str) -> list[str]:
    return [] if url.startswith((origin + "/", "data:", "blob:")) else [f"other host: {url}"]


def failed_responses(status: int, url: str, page_url: str) -> list[str]:
    return [f"{status}: {url}"] if status >= 400 and url != page_url else []


def console_errors(kind: str, text: str) -> list[str]:
    return [f"console: {text}"] if kind == "error" and not text.startswith("Failed to load resource") else []


def faults_in_every_look(browser: "Browser", url: str, **options: Any) -> list[str]:
    """Return what is wrong with a page on a phone and on a desk, in light and dark.

    It is opened once, as opening takes longer than looking. The page's own policy would not let axe run in it."""
    with open_page(browser, url, bypass_csp=True, **first_look(), **options) as (page, faults):
        looks = ALL_LOOKS if urlsplit(url).path in FRAME_PAGES else LOOKS
        return faults + look_faults(page, looks=looks)


def first_look() -> dict[str, Any]:
    """Return the options of a page that is about to be looked at."""
    return {"viewport": {"width": LOOKS[0][0], "height": 900}, "color_scheme": LOOKS[0][1]}


def look_faults(
    page: "Page", *, of: "Callable[[Page], list[str]] | None" = None, looks: list[tuple[int, str]] = LOOKS
) -> list[str]:
    """Return what is wrong in these looks with an open page, or what `of` finds there."""
    faults = []
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = [*filter(None, [page.evaluate(LOAD_ALL_PICTURES)]), *(of or find_axe_violations)(page)]
        if overflow := horizontal_overflow(page):
            found.append(f"wider than the window by {overflow} pixels")
        faults += [f"{width} {scheme}: {fault}" for fault in found]
    return faults


def find_axe_violations(page: "Page", *, within: str = "") -> list[str]:
    """Return what axe finds on the page, or only within the element of this selector."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe_script())
    return list(page.evaluate(RUN_AXE, [ALL_RULES, within]))


@functools.cache
def axe_script() -> str:
    return AXE.read_text(encoding="utf-8")


def horizontal_overflow(page: "Page") -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
