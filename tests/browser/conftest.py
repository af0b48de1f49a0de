"""A portal as readers meet it: its own process, its own data, DEBUG off, and a Chromium to look at it with."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from tests.browser.checks import AXE, FLAGS, MODULES, installed_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(settings.BASE_DIR)
VNU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
STAFF = ("page-checks", "only-for-the-page-checks")
# Where two meet at one form.
COLLEAGUE = ("page-checks-editor", "only-for-the-page-checks")
CREATE_STAFF = "from django.contrib.auth import get_user_model; " + "; ".join(
    f"get_user_model().objects.create_superuser({name!r}, 'staff@portal.example', {password!r})"
    for name, password in (STAFF, COLLEAGUE)
)


def need(there: object, what: str) -> None:
    """Skip where a tool is missing; fail where all of them have to be there."""
    if not there:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{what} is not installed")


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a running portal with the demo content."""
    folder = tmp_path_factory.mktemp("portal")
    environment = {
        "DEBUG": "0",
        **{name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ},
        "SECRET_KEY": "for-the-page-checks-only-" * 3,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "0",
        "SERVE_MEDIA": "1",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "EMAIL_URL": "dummymail://",
        "LOG_LEVEL": "WARNING",
    }
    for command in (["migrate"], ["load_demo"], ["shell", "-c", CREATE_STAFF], ["collectstatic", "--noinput"]):
        manage = [sys.executable, "manage.py", *command]
        subprocess.run(manage, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    gunicorn = ["gunicorn", "postportal.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4", "--no-control-socket"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", *gunicorn], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", server, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=20).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The portal did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    chromium = installed_chromium()
    need(chromium, "Chromium")
    need(AXE.exists(), "axe-core (npm ci in tests/browser)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        need(False, "playwright (requirements-dev.txt)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def signed_in(browser: "Browser", portal: str) -> Any:
    """Return the cookies of a member of staff."""
    return cookies_of(STAFF, browser, portal)


def cookies_of(account: tuple[str, str], browser: "Browser", portal: str) -> Any:
    """Sign in with name and password; return the cookies."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{portal}/admin/login/?next=/admin/")
    page.fill("[name=username]", account[0])
    page.fill("[name=password]", account[1])
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="session")
def validator() -> Any:
    """Return a function that gives the Nu validator's messages about a folder of HTML files."""
    need(shutil.which("java"), "Java")
    need(VNU.exists(), "vnu-jar (npm ci in tests/browser)")

    def messages(folder: Path) -> list[str]:
        command = ["java", "-jar", str(VNU), "--format", "json", "--exit-zero-always", "--skip-non-html", str(folder)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        return [
            f"{Path(row.get('url', '')).name}:{row.get('lastLine', '')}: {row['message']}"
            for row in json.loads(run.stderr)["messages"]
            if row["type"] == "error" or row.get("subType") == "warning"
        ]

    return messages
