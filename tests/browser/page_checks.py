"""Checks of a page in Chromium: errors, accessibility, width."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NODE_MODULES = Path(__file__).parent / "node_modules"
AXE = NODE_MODULES / "axe-core" / "axe.min.js"
CHROMIUM_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-dev-shm-usage"),
]
ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS = [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]
# All other rules give the same result in both colour schemes.
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RUN_AXE = """
async rules => {
    // A bar that sticks covers whatever happens to be behind it, which scrolls clear of it.
    for (const bar of document.querySelectorAll('.finish, .action-bar')) bar.style.position = 'relative';
    const found = await axe.run(document, {runOnly: rules, resultTypes: ['violations']});
    for (const bar of document.querySelectorAll('.finish, .action-bar')) bar.style.position = '';
    return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')} ${n.failureSummary || ''}`));
}
"""
# Pictures below the fold are loaded when they come near, so the page is scrolled through once. A picture that is passed
# before a frame is rendered is never loaded, and its decode() never ends, so in the end all are loaded eagerly.
LOAD_ALL_PICTURES = """
async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 800) {
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


def find_chromium() -> str | None:
    """Return the Chromium program to run, or None. The headless shell starts faster and renders the same."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    programs = (shutil.which(name) for name in names)
    return os.environ.get("CHROMIUM") or next(filter(None, programs), None)


@contextmanager
def open_page(browser: "Browser", url: str, **options: Any) -> "Iterator[tuple[Page, list[str]]]":
    """Open the URL, and yield the page and a list of the errors that occur on it."""
    context = browser.new_context(reduced_motion="reduce", bypass_csp=options.pop("bypass_csp", False), **options)
    page = context.new_page()
    faults: list[str] = []
    origin = "/".join(url.split("/")[:3])
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("request", lambda request: faults.extend(foreign_requests(request.url, origin)))
    page.on("response", lambda response: faults.extend(failed_responses(response.status, response.url, url)))
    # A missing file is reported above, with its URL.
    page.on("console", lambda line: faults.extend(console_errors(line.type, line.text)))
    try:
        page.goto(url, wait_until="load")
        if options.get("java_script_enabled", True):
            faults.extend(filter(None, [page.evaluate(LOAD_ALL_PICTURES)]))
        yield page, faults
    finally:
        context.close()


def foreign_requests(url: str, origin: str) -> list[str]:
    return [] if url.startswith((origin + "/", "data:", "blob:")) else [f"other host: {url}"]


def failed_responses(status: int, url: str, page_url: str) -> list[str]:
    return [f"{status}: {url}"] if status >= 400 and url != page_url else []


def console_errors(kind: str, text: str) -> list[str]:
    return [f"console: {text}"] if kind == "error" and not text.startswith("Failed to load resource") else []


def faults_in_every_look(browser: "Browser", url: str, **options: Any) -> list[str]:
    """Return what is wrong with a page on a phone and on a desk, in both colour schemes.

    It is opened once, as opening takes longer than looking. The page's own policy would not let axe run in it."""
    look = {"viewport": {"width": LOOKS[0][0], "height": 900}, "color_scheme": LOOKS[0][1], "bypass_csp": True}
    with open_page(browser, url, **look, **options) as (page, faults):
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = [*filter(None, [page.evaluate(LOAD_ALL_PICTURES)]), *find_axe_violations(page, scheme=scheme)]
            if overflow := horizontal_overflow(page):
                found.append(f"wider than the window by {overflow} pixels")
            faults += [f"{width} {scheme}: {fault}" for fault in found]
        return faults


def find_axe_violations(page: "Page", *, scheme: str = "light") -> list[str]:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(RUN_AXE, COLOUR_RULES if scheme == "dark" else ALL_RULES))


def horizontal_overflow(page: "Page") -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
