"""A running portal, a Chromium browser and the cookies of signed-in accounts."""

import functools
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_checks import AXE, CHROMIUM_FLAGS, NODE_MODULES, find_chromium
from tests.browser.running_portal import SUPERUSER, run_portal

if TYPE_CHECKING:
    from playwright.sync_api import Browser

VNU = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"


def require(tool: object, name: str) -> None:
    """Skip the test if a tool is missing, or fail it in CI, where all tools have to be installed."""
    if not tool:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{name} is not installed")


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the URL of a running portal with the demo content."""
    # Each process has a folder in that of the run.
    base = tmp_path_factory.getbasetemp()
    filled = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "filled-portal"
    with run_portal(tmp_path_factory.mktemp("portal"), filled=filled) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    chromium = find_chromium()
    require(chromium, "Chromium")
    require(AXE.exists(), "axe-core (npm ci in tests/browser)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        require(False, "playwright (requirements-dev.txt)")
    with sync_playwright() as playwright:
        chromium_browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield chromium_browser
        chromium_browser.close()


@pytest.fixture(scope="session")
def superuser_state(browser: "Browser", portal: str) -> Any:
    """Return the cookies of a superuser."""
    return sign_in(SUPERUSER, browser, portal)


@pytest.fixture(scope="session")
def role_state(browser: "Browser", portal: str) -> Callable[[str], Any]:
    """Return a function that returns the cookies of the account with a role."""
    return functools.cache(lambda role: sign_in((role, SUPERUSER[1]), browser, portal))


def sign_in(account: tuple[str, str], browser: "Browser", portal: str) -> Any:
    """Log in with name and password, and return the cookies."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{portal}/admin/login/?next=/admin/")
    page.fill("[name=username]", account[0])
    page.fill("[name=password]", account[1])
    page.click("#login-form [type=submit]")
    page.wait_for_selector("#user-tools")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="session")
def validator() -> Any:
    """Return a function that returns the messages of the Nu HTML checker about a folder of HTML files."""
    require(shutil.which("java"), "Java")
    require(VNU.exists(), "vnu-jar (npm ci in tests/browser)")

    def messages(folder: Path) -> list[str]:
        command = ["java", "-jar", str(VNU), "--format", "json", "--exit-zero-always", "--skip-non-html", str(folder)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        return [
            f"{Path(row.get('url', '')).name}:{row.get('lastLine', '')}: {row['message']}"
            for row in json.loads(run.stderr)["messages"]
            if row["type"] == "error" or row.get("subType") == "warning"
        ]

    return messages
