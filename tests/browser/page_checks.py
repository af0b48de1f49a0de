"""What is measured on a page that Chromium shows."""

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
# The rest says the same whatever the colours are.
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RUN_AXE = """
async rules => {
    const found = await axe.run(document, {runOnly: rules, resultTypes: ['violations']});
    return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')} ${n.failureSummary || ''}`));
}
"""
# Pictures below the fold are loaded when they are near; look at each part of the page once. One that was passed faster
# than a frame is drawn would never be loaded, and its decode() never end: in the end all are asked for.
LOAD_ALL_PICTURES = """
async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 800) {
        scrollTo(0, y);
        await new Promise(done => setTimeout(done, 10));
    }
    scrollTo(0, 0);
    for (const image of document.images) image.loading = 'eager';
    const drawn = Promise.all([document.fonts.ready, ...[...document.images].map(i => i.decode().catch(() => {}))]);
    const late = new Promise(done => setTimeout(done, 20000, 'late'));
    if (await Promise.race([drawn, late]) !== 'late') return '';
    return `late: ${[...document.images].filter(image => !image.complete).map(image => image.src)}`;
}
"""


def find_chromium() -> str | None:
    """Return the program to run. The shell without windows starts faster, and draws the same."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    found = (shutil.which(name) for name in names)
    return os.environ.get("CHROMIUM") or next(filter(None, found), None)


@contextmanager
def open_page(browser: "Browser", address: str, **options: Any) -> "Iterator[tuple[Page, list[str]]]":
    """Open the address; yield the page and a list that fills with what goes wrong on it."""
    context = browser.new_context(reduced_motion="reduce", bypass_csp=options.pop("bypass_csp", False), **options)
    page = context.new_page()
    faults: list[str] = []
    origin = "/".join(address.split("/")[:3])
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("request", lambda request: faults.extend(foreign_requests(request.url, origin)))
    page.on("response", lambda response: faults.extend(failed_responses(response.status, response.url, address)))
    # A missing file is counted above, with its address.
    page.on("console", lambda line: faults.extend(console_errors(line.type, line.text)))
    try:
        page.goto(address, wait_until="load")
        if options.get("java_script_enabled", True):
            faults.extend(filter(None, [page.evaluate(LOAD_ALL_PICTURES)]))
        yield page, faults
    finally:
        context.close()


def foreign_requests(url: str, origin: str) -> list[str]:
    return [] if url.startswith((origin + "/", "data:", "blob:")) else [f"elsewhere: {url}"]


def failed_responses(status: int, url: str, address: str) -> list[str]:
    return [f"{status}: {url}"] if status >= 400 and url != address else []


def console_errors(kind: str, text: str) -> list[str]:
    return [f"console: {text}"] if kind == "error" and not text.startswith("Failed to load resource") else []


def find_axe_violations(page: "Page", *, scheme: str = "light") -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(RUN_AXE, COLOUR_RULES if scheme == "dark" else ALL_RULES))


def horizontal_overflow(page: "Page") -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
