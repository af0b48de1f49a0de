"""The shipped nginx configuration, tried with nginx itself."""

import gzip
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import pytest
from django.conf import settings

from benchmarks.servers.nginx import CONFIGURATION
from postportal.images.processing import MAX_BYTES
from postportal.pages.models import SiteSettings
from postportal.pages.proxy_errors import write_error_pages
from postportal.web.bearer_urls import BEARER_URLS
from tests.deploy.running_nginx import Nginx, run_application, run_nginx

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
        # They may be there a moment later: during an upgrade.
        ("/static/other.0123456789ab.css", 404, "no-store"),
        ("/static/other.css", 404, "no-store"),
        # Only for files that the application has told nginx to send.
        ("/-/media/images/a.webp", 404, "no-store"),
        ("/static/staticfiles.json", 404, "no-store"),
        ("/static/errors/en/502.html", 404, "no-store"),
        ("/-/502.html", 404, "no-store"),
    ],
)
def test_status_decides_how_long_a_file_is_cached(nginx: Nginx, path: str, status: int, cache: str) -> None:
    answer = nginx.request(path)

    assert (answer.status, answer.headers.get("Cache-Control")) == (status, cache)
    assert SECURITY_HEADERS.items() <= answer.headers.items()


def test_answers_of_the_application_are_passed_on(nginx: Nginx) -> None:
    for status in (200, 404, 410, 429, 500, 503):
        answer = nginx.request(f"/status/{status}")
        assert (answer.status, answer.text) == (status, "From the application")


def test_compressed_page_has_a_weak_etag_that_is_still_recognized(nginx: Nginx) -> None:
    plain = nginx.request("/etag/")
    compressed = nginx.request("/etag/", headers={"Accept-Encoding": "gzip"})

    assert (compressed.headers["Content-Encoding"], "Content-Encoding" in plain.headers) == ("gzip", False)
    assert (plain.headers["ETag"][0], compressed.headers["ETag"]) == ('"', f"W/{plain.headers['ETag']}")
    assert plain.headers["Vary"] == compressed.headers["Vary"] == "Accept-Encoding"
    for known in (plain, compressed):
        for method in ("GET", "HEAD"):
            again = nginx.request("/etag/", method=method, headers={"If-None-Match": known.headers["ETag"]})
            assert (again.status, again.text, again.headers["ETag"]) == (304, "", plain.headers["ETag"])
            assert again.headers["Cache-Control"] == plain.headers["Cache-Control"]
    assert nginx.request("/etag/", headers={"If-None-Match": '"x"'}).status == 200


def test_nginx_accepts_the_largest_file_of_the_portal() -> None:
    [limit] = re.findall(r"client_max_body_size (\d+)m;", CONFIGURATION.read_text())

    assert int(limit) == settings.REQUEST_MAX_MB
    assert settings.REQUEST_MAX_MB * 1024**2 > MAX_BYTES


LARGE_FORM = {"Content-Length": str(26 * 1024 * 1024)}


@pytest.mark.parametrize(
    ("path", "method", "headers", "status", "words"),
    [
        ("/static/none.css", "GET", {}, 404, "This file does not exist"),
        ("/admin/images/image/add/", "POST", LARGE_FORM, 413, "Up to 25 MB can be uploaded."),
        ("/zh-hans/contact/", "POST", LARGE_FORM, 413, "最多可上传25 MB"),
        (f"/search/?q={'a' * 9000}", "GET", {}, 414, "The URL is too long"),
        ("/static/site.css", "POST", {}, 405, "The request is not valid"),
        ("/static/site.css", "GET", {"Range": "bytes=900-"}, 416, "The request is not valid"),
        ("/news/", "GET", {"X-Long": "a" * 40_000}, 400, "The request is not valid"),
        ("/news/", "GET", {"Content-Length": "x"}, 400, "The request is not valid"),
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
    # A busy machine sends fewer in a second.
    answers = (nginx.request("/contact/", method="POST") for _number in range(600))

    refused = next(answer for answer in answers if answer.status == 429)
    assert (refused.headers["Retry-After"], "Too many requests" in refused.text) == ("60", True)
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


def test_urls_that_are_keys_are_not_logged(tmp_path: Path) -> None:
    write_files(tmp_path)
    keys = [f"{url.before}KEY{url.after}" for url in BEARER_URLS]
    with run_nginx(tmp_path) as nginx:
        for path in (*keys, "/preview/KEY/media/SIGNATURE/images/a.webp", f"{keys[1]}?x=1", "/news/?q=first"):
            # Passed on, or answered by nginx itself: the application is down, the form too large, the host another.
            nginx.request(path)
            nginx.request(path, method="POST", headers=LARGE_FORM)
            nginx.request_plain(path)
            with suppress(HTTPException, OSError):
                nginx.request_plain(path, host="127.0.0.1")
        nginx.request("/news/?q=last")
    # Without the application only nginx can have logged them.
    logs = "".join((tmp_path / name).read_text() for name in ("access.log", "http.log", "error.log"))

    assert ("KEY" in logs, logs.count("GET /news/?q=first"), "/news/?q=last" in logs) == (False, 3, True)


def test_plain_http_leads_to_tls_and_tells_no_version(nginx: Nginx) -> None:
    answer = nginx.request_plain("/news/")

    assert (answer.status, answer.headers["Location"]) == (301, "https://portal.example/news/")
    assert answer.headers["Server"] == "nginx"


def test_application_keeps_connections_longer_than_nginx() -> None:
    unit = CONFIGURATION.with_name("postportal.service").read_text()
    application = int(re.search(r"--keep-alive (\d+)", unit)[1])  # type: ignore[index]
    proxy = int(re.search(r"keepalive_timeout (\d+)s;", CONFIGURATION.read_text())[1])  # type: ignore[index]

    assert application > proxy
