from typing import Any

import pytest
from pytest_django import Settings

from postportal.page_cache.addresses import address_of, key_of

HTTPS = ("HTTP_X_FORWARDED_PROTO", "https")


def _environ(**changed: str) -> dict[str, Any]:
    plain = {"REQUEST_METHOD": "GET", "HTTP_HOST": "post.example", "PATH_INFO": "/news/", "SERVER_PORT": "80"}
    return {**plain, "wsgi.url_scheme": "http", **changed}


@pytest.mark.parametrize(
    "changed",
    [
        *({"REQUEST_METHOD": method} for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "GETS")),
        {"HTTP_COOKIE": "a=b; sessionid=c"},
        {"HTTP_COOKIE": 'messages="x"'},
        {"HTTP_COOKIE": "a=\0"},
        {"CONTENT_TYPE": "application/x-www-form-urlencoded"},
        *({"HTTP_HOST": host} for host in ("", "Post.example", "post.example.", "post.example:81", "post.example:")),
        *({"HTTP_HOST": host} for host in ("post.example\n", "post.example, evil.example", "[::1]", "a@post.example")),
        {"PATH_INFO": "/" + "x" * 2000},
        {"QUERY_STRING": "q=" + "x" * 2000},
    ],
)
def test_odd_requests_are_not_answered_with_kept_pages(changed: dict[str, str]) -> None:
    assert key_of(_environ(**changed)) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"REQUEST_METHOD": "HEAD"},
        {"HTTP_COOKIE": "theme=dark"},
        {"HTTP_RANGE": "bytes=0-9"},
        {"HTTP_ACCEPT_LANGUAGE": "zh"},
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
    ],
)
def test_what_changes_no_page_makes_no_other_key(changed: dict[str, str]) -> None:
    assert key_of(_environ(**changed)) == key_of(_environ()) is not None


@pytest.mark.parametrize(
    "changed",
    [
        {"HTTP_HOST": "other.example"},
        {"HTTP_HOST": "post.example:80"},
        {"PATH_INFO": "/News/"},
        {"PATH_INFO": "//news/"},
        {"QUERY_STRING": "page=2"},
        {"SCRIPT_NAME": "/portal"},
        {"wsgi.url_scheme": "https"},
    ],
)
def test_what_may_change_a_page_is_in_its_key(changed: dict[str, str]) -> None:
    keys = {key_of(_environ()), key_of(_environ(**changed))}

    assert len(keys) == 2
    assert None not in keys


def test_scheme_of_the_proxy_is_one_of_two_whatever_a_client_sends(settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = HTTPS
    sent = ["https", "https, http", "http", "ftp", "HTTPS", "x"]

    keys = [key_of(_environ(HTTP_X_FORWARDED_PROTO=value)) for value in sent]

    assert [key[-1] if key else "" for key in keys] == ["https", "https", "http", "http", "http", "http"]


def test_url_that_staff_open_has_the_key_of_readers() -> None:
    assert address_of(_environ(HTTP_COOKIE="sessionid=c")) == key_of(_environ())
