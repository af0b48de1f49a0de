"""Take screenshots of every kind of page of a running portal:

python -m tests.browser.screenshots http://127.0.0.1:8000 FOLDER [PATH…]
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.page_checks import CHROMIUM_FLAGS, LOAD_ALL_PICTURES, find_chromium
from tests.browser.pages import PAGES


def take_screenshots(portal: str, folder: Path, paths: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        for width in (320, 1280):
            for scheme in ("light", "dark"):
                page = browser.new_page(
                    viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
                )
                for path in paths:
                    page.goto(portal + path, wait_until="load")
                    page.evaluate(LOAD_ALL_PICTURES)
                    name = path.strip("/").replace("/", "-") or "home"
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                page.close()
        browser.close()


if __name__ == "__main__":
    take_screenshots(sys.argv[1], Path(sys.argv[2]), sys.argv[3:] or [page.path for page in PAGES])
