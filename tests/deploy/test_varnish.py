"""The same headers with Varnish."""

import contextlib
import shutil
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from benchmarks.faults.portal import free_port
from tests.deploy.counting_application import PUBLIC, CountingApplication, Page, new_application
from tests.deploy.running_nginx import Answer, ask, run_application

CONFIGURATION = Path(__file__).parents[2] / "docs" / "deploy" / "varnish.vcl"
MAX_START_SECONDS = 30

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not shutil.which("varnishd"), reason="Varnish is not installed"),
]


class Varnish:
    def __init__(self, port: int, application: type[CountingApplication]) -> None:
        self.port, self.application = port, application

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        return ask(connection, method, path, {name.replace("_", "-"): value for name, value in headers.items()})


@pytest.fixture(scope="module")
def varnish(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Varnish]:
    folder, application, port = tmp_path_factory.mktemp("varnish"), new_application(), free_port()
    text = CONFIGURATION.read_text("utf-8").replace("/run/postportal/portal.sock", f"{folder}/portal.sock")
    (folder / "default.vcl").write_text(text, encoding="utf-8")
    # The folders of tests are closed to others, so Varnish keeps the account that runs the tests.
    options = ["-j", "none", "-n", folder / "work", "-s", "malloc,16m", "-f", folder / "default.vcl"]
    with run_application(folder, application):
        process = subprocess.Popen(
            ["varnishd", "-F", *options, "-a", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
        )
        try:
            wait_until_open(port, process)
            yield Varnish(port, application)
        finally:
            process.terminate()
            process.wait(timeout=MAX_START_SECONDS)


def wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(MAX_START_SECONDS * 20):
        assert process.poll() is None, "Varnish ended"
        with contextlib.suppress(OSError):
            ask(HTTPConnection("127.0.0.1", port, timeout=20), "GET", "/healthz", {})
            return
        time.sleep(0.05)
    raise AssertionError("Varnish did not start")


def test_public_page_is_fetched_once_and_others_each_time(varnish: Varnish) -> None:
    private = {"Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private"}
    varnish.application.pages |= {
        "/news/": Page("Night mail", headers={**PUBLIC, "ETag": '"1"'}),
        "/a/": Page(headers=private),
        "/b/": Page(headers={**PUBLIC, "Set-Cookie": "sessionid=abc"}),
    }

    fetched, kept = varnish.get("/news/"), varnish.get("/news/", Cookie="_ga=1")
    head, known = varnish.get("/news/", method="HEAD"), varnish.get("/news/", If_None_Match='W/"1"')
    for path in ("/a/", "/b/", "/admin/", "/media/x.webp"):
        varnish.get(path)
        varnish.get(path)
    varnish.get("/news/", Cookie="__Host-sessionid=abc")

    assert [answer.status for answer in (fetched, kept, head, known)] == [200, 200, 200, 304]
    assert [fetched.text, kept.text, head.text, known.text] == ["Night mail", "Night mail", "", ""]
    assert {answer.headers["Cache-Control"] for answer in (fetched, kept, head, known)} == {PUBLIC["Cache-Control"]}
    found = {path: varnish.application.asked[path] for path in ("/news/", "/a/", "/b/", "/admin/", "/media/x.webp")}
    assert found == {"/news/": 2, "/a/": 2, "/b/": 2, "/admin/": 2, "/media/x.webp": 2}
