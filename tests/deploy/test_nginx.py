"""The shipped nginx configuration, tried with nginx itself."""

import gzip
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from postportal.pages.models import SiteSettings
from postportal.pages.proxy_errors import write_error_pages
from tests.deploy.running_nginx import CONFIGURATION, Nginx, run_application, run_nginx

ONE_YEAR = "public, max-age=31536000, immutable"
HASHED = "site.0123456789ab.css"
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}
ERROR_HEADERS = {
    **SECURITY_HEADERS,
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


@pytest.fixture(scope="module", autouse=True)
def _programs() -> None:
    if (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()) and shutil.which("openssl"):
        return
    if os.environ.get("CI"):
        pytest.fail("nginx and openssl are not installed")
    pytest.skip("nginx and openssl are not installed")


def write_files(folder: Path) -> None:
    for name, text in {f"static/{HASHED}": "a{}", "static/site.css": "b{}", "media/images/a.webp": "picture"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / f"static/{HASHED}.gz").write_bytes(gzip.compress(b"a{}"))
    (folder / "static/staticfiles.json").write_text("{}")
    write_error_pages(folder / "static" / "errors", site=SiteSettings(name="Yunhai Post"))


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    folder = tmp_path_factory.mktemp("nginx")
    write_files(folder)
    with run_application(folder), run_nginx(folder) as running:
        yield running


@pytest.mark.parametrize(
    ("path", "status", "cache"),
    [
        (f"/static/{HASHED}", 200, ONE_YEAR),
        ("/static/site.css", 200, "public, max-age=3600"),
        ("/media/images/a.webp", 200, ONE_YEAR),
        # They may be there a moment later: during an upgrade, or while a picture is resized.
        ("/static/other.0123456789ab.css", 404, "no-store"),
        ("/static/other.css", 404, "no-store"),
        ("/media/images/b.webp", 404, "no-store"),
        ("/media/images/", 404, "no-store"),
        ("/static/staticfiles.json", 404, "no-store"),
        ("/static/errors/en/502.html", 404, "no-store"),
        ("/-/502.html", 404, "no-store"),
    ],
)
def test_status_decides_how_long_a_file_is_cached(nginx: Nginx, path: str, status: int, cache: str) -> None:
    answer = nginx.request(path)

    assert (answer.status, answer.headers.get("Cache-Control")) == (status, cache)
    assert SECURITY_HEADERS.items() <= answer.headers.items()


def test_uploads_cannot_run_anything(nginx: Nginx) -> None:
    headers = nginx.request("/media/images/a.webp").headers

    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_answers_of_the_application_are_passed_on(nginx: Nginx) -> None:
    for status in (200, 404, 410, 429, 500, 503):
        answer = nginx.request(f"/status/{status}")
        assert (answer.status, answer.text) == (status, "From the application")


LARGE_FORM = {"Content-Length": str(26 * 1024 * 1024)}


@pytest.mark.parametrize(
    ("path", "method", "headers", "status", "words"),
    [
        ("/static/none.css", "GET", {}, 404, "This file does not exist"),
        ("/admin/images/image/add/", "POST", LARGE_FORM, 413, "Up to 25 MB can be uploaded."),
        ("/zh-hans/contact/", "POST", LARGE_FORM, 413, "最多可上传25 MB"),
        (f"/search/?q={'a' * 9000}", "GET", {}, 414, "The URL is too long"),
    ],
)
def test_error_of_nginx_is_a_page_of_the_portal(
    nginx: Nginx, path: str, method: str, headers: dict[str, str], status: int, words: str
) -> None:
    answer = nginx.request(path, method=method, headers=headers)

    assert (answer.status, words in answer.text, "</html>" in answer.text) == (status, True, True)
    assert ERROR_HEADERS.items() <= answer.headers.items()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "Retry-After" not in answer.headers


def test_error_of_nginx_is_json_for_the_api(nginx: Nginx) -> None:
    answer = nginx.request("/api/search", method="POST", headers=LARGE_FORM)

    assert (answer.status, answer.headers["Content-Type"]) == (413, "application/json")
    assert json.loads(answer.text)["detail"][0]["msg"].startswith("The file is too large.")


def test_too_many_forms_are_told_when_to_come_back(nginx: Nginx) -> None:
    answers = [nginx.request("/contact/", method="POST") for _number in range(135)]

    refused = [answer for answer in answers if answer.status == 429]
    assert len(refused) >= 1
    assert (refused[0].headers["Retry-After"], "Too many requests" in refused[0].text) == ("60", True)
    assert nginx.request("/contact/").status == 200


def test_page_says_when_to_try_again_while_the_application_is_down(tmp_path: Path) -> None:
    write_files(tmp_path)
    with run_nginx(tmp_path) as nginx:
        page, api = nginx.request("/news/"), nginx.request("/api/search?q=mail")
    with run_application(tmp_path), run_nginx(tmp_path) as nginx:
        recovered = nginx.request("/news/")

    assert (page.status, page.headers["Retry-After"], api.status, recovered.status) == (502, "10", 502, 200)
    assert "Try again in a minute." in page.text
    assert json.loads(api.text)["detail"][0]["type"] == "proxy"


def test_urls_that_are_keys_are_not_logged(nginx: Nginx) -> None:
    for path in ("/preview/KEY/", "/admin/calendar/KEY.ics", "/news/?q=seen"):
        nginx.request(path)

    # A line is written after its answer has been sent.
    log = ""
    for _attempt in range(100):
        log = (nginx.folder / "access.log").read_text()
        if "/news/?q=seen" in log:
            break
        time.sleep(0.05)
    assert ("KEY" in log, "/news/?q=seen" in log) == (False, True)


def test_plain_http_leads_to_tls_and_tells_no_version(nginx: Nginx) -> None:
    answer = nginx.request_plain("/news/")

    assert (answer.status, answer.headers["Location"]) == (301, "https://portal.example/news/")
    assert answer.headers["Server"] == "nginx"


def test_application_keeps_connections_longer_than_nginx() -> None:
    unit = CONFIGURATION.with_name("postportal.service").read_text()
    application = int(re.search(r"--keep-alive (\d+)", unit)[1])  # type: ignore[index]
    proxy = int(re.search(r"keepalive_timeout (\d+)s;", CONFIGURATION.read_text())[1])  # type: ignore[index]

    assert application > proxy
