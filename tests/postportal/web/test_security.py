from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from postportal.web.security import (
    PERMISSIONS_POLICY,
    CharsetMiddleware,
    SecurityHeadersMiddleware,
    content_security_policy,
    guard_content_type,
)
from tests.factories import staff

pytestmark = pytest.mark.django_db
HEADERS = {
    "Content-Security-Policy": content_security_policy(),
    "Permissions-Policy": PERMISSIONS_POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def test_content_security_policy_allows_nothing_unsafe() -> None:
    policy = content_security_policy()

    assert policy.split("; ")[0] == "default-src 'none'"
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert "frame-ancestors 'none'" in policy.split("; ")


@pytest.mark.parametrize("path", ["/", "/admin/login/", "/no-such-page/", "/healthz", "/livez", "/sitemap.xml"])
def test_every_response_has_the_headers(client: Client, path: str) -> None:
    response = client.get(path)

    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_error_responses_have_the_headers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("django.contrib.auth.forms.AuthenticationForm.__init__", fail)
    client.raise_request_exception = False

    response = client.get("/admin/login/")

    assert response.status_code == 500
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def through_headers(view: Any) -> HttpResponse:
    return SecurityHeadersMiddleware(view)(RequestFactory().get("/"))  # type: ignore[return-value]


def test_form_with_the_editor_may_frame_its_preview_and_nothing_else() -> None:
    response = staff.sign_in().get("/admin/news/article/add/")

    policy = f"{content_security_policy()}; frame-src 'self'"
    assert (response.status_code, response["Content-Security-Policy"]) == (200, policy)


def test_stricter_policy_of_a_view_is_not_replaced() -> None:
    response = through_headers(lambda request: HttpResponse(headers={"Content-Security-Policy": "sandbox"}))

    assert response["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded; charset=utf-16",
        "application/x-www-form-urlencoded; charset=no-such-thing",
        "application/x-www-form-urlencoded; charset=base64",
        "application/x-www-form-urlencoded; charset=idna",
        "application/x-www-form-urlencoded; charset=utf-7",
        "multipart/form-data; boundary=x; charset=cp037",
    ],
)
@pytest.mark.parametrize("path", ["/admin/login/", "/contact/", "/"])
def test_form_in_an_unsupported_charset_is_rejected(client: Client, content_type: str, path: str) -> None:
    client.cookies["csrftoken"] = "a" * 32

    response = client.generic("POST", path, b"username=\xff\xfe&x", content_type=content_type)

    assert response.status_code == 415


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded; charset=UTF-8", b"username=%ff%fe&password=\xed\xa0\x80"),
        ("application/x-www-form-urlencoded; charset=us-ascii", b"\x00=\x00"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\xff"),
        ("application/json; charset=utf-32", b"{"),
        ("", b"\x00\x01"),
        (";;;", b""),
    ],
)
def test_no_bytes_in_a_form_break_the_portal(client: Client, content_type: str, body: bytes) -> None:
    response = client.generic("POST", "/admin/login/", body, content_type=content_type)

    assert response.status_code < 500


@pytest.mark.parametrize(
    ("path", "cookie"),
    [("/news/?page=%00", ""), ("/a%00b/", ""), ("/search/?q=a%00", ""), ("/", '"\\000"')],
)
def test_nul_is_rejected_before_any_query(client: Client, path: str, cookie: str) -> None:
    if cookie:
        client.cookies.load(f"sessionid={cookie}")

    assert client.get(path).status_code == 400


def test_malformed_content_type_is_rejected() -> None:
    seen: list[HttpRequest] = []
    inner = CharsetMiddleware(lambda request: seen.append(request) or HttpResponse())  # type: ignore[func-returns-value]

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        response = inner(RequestFactory().request(**environ))
        start_response(f"{response.status_code} ", [])
        return [response.content]  # type: ignore[attr-defined]

    statuses: list[str] = []
    environ = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "text/plain; charset*=bogus''x"}
    guard_content_type(application)(environ, lambda status, headers: statuses.append(status))  # type: ignore[arg-type]

    assert (statuses, seen) == (["415 "], [])


def test_readable_content_type_passes_the_guard_unchanged() -> None:
    environ = {"CONTENT_TYPE": "text/html; charset=utf-8"}

    guard_content_type(lambda environ, start_response: [])(environ, lambda *args: None)  # type: ignore[arg-type]

    assert environ == {"CONTENT_TYPE": "text/html; charset=utf-8"}


@pytest.mark.parametrize("path", ["/admin/", "/admin/password_change/", "/admin/news/article/add/", "/admin/login/"])
def test_staff_pages_are_not_cached(path: str) -> None:
    response = staff.sign_in().get(path, follow=True)

    assert "no-store" in response["Cache-Control"]
