import logging
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from postportal.api import views
from postportal.api.errors import MESSAGES
from tests.factories import pages, staff

pytestmark = pytest.mark.django_db

JSON = "application/json; charset=utf-8"


def error(response: Any) -> tuple[int, str, str]:
    """Return status, media type and kind of an error, which must be in the format of all errors."""
    body = response.json()
    assert list(body) == ["detail"]
    assert [list(problem) for problem in body["detail"]] == [["type", "loc", "msg"]]
    return response.status_code, response.headers["Content-Type"], body["detail"][0]["type"]


@pytest.mark.parametrize("path", ["nothing", "nothing/", "search/", "v2/search", "%FF", "zh-hans/", "..%2Fadmin/"])
def test_unknown_url_is_a_json_404_and_no_redirect(client: Client, path: str) -> None:
    assert error(client.get(f"/api/{path}")) == (404, JSON, "not_found")
    assert client.head(f"/api/{path}").status_code == 404


def test_former_urls_redirect_or_say_in_json_that_they_are_gone(client: Client) -> None:
    pages.redirect("/api/old/", "/about/")
    pages.gone_redirect("/api/gone/")

    assert client.get("/api/old/").status_code == 301
    assert error(client.get("/api/gone/")) == (410, JSON, "gone")


@pytest.mark.parametrize("path", ["/api/", "/api/search", "/api/openapi.json", "/api/nothing"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_writing_is_refused_in_json(path: str, method: str) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.generic(method, path, b"{}", content_type="application/json")

    expected = (404, JSON, "not_found") if path == "/api/nothing" else (405, JSON, "method_not_allowed")
    assert error(response) == expected
    assert response.headers.get("Allow") == (None if path == "/api/nothing" else "GET, HEAD, OPTIONS")
    assert "Access-Control-Allow-Origin" not in response.headers


def test_request_that_is_refused_before_any_view_is_answered_in_json(client: Client) -> None:
    form = {"content_type": "application/x-www-form-urlencoded; charset=utf-7"}

    assert error(client.post("/api/search", b"q=copper", **form)) == (415, JSON, "unsupported_media_type")
    assert error(client.get("/api/search\0")) == (400, JSON, "bad_request")
    assert error(client.get("/api/search", HTTP_HOST="other.example")) == (400, JSON, "bad_request")
    assert error(client.get("/api/search?" + "&".join(f"a{n}=1" for n in range(5001)))) == (400, JSON, "bad_request")


def test_failure_is_answered_in_json(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("<secret>")

    monkeypatch.setattr(views, "find", fail)
    client.raise_request_exception = False
    logging.disable(logging.CRITICAL)
    try:
        response = client.get("/api/search?q=copper")
    finally:
        logging.disable(logging.NOTSET)

    assert error(response) == (500, JSON, "internal_server_error")
    assert response.json()["detail"][0]["msg"] == MESSAGES[500]


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*;q=0", "nonsense"])
def test_every_accept_header_is_answered_in_json(client: Client, accept: str) -> None:
    assert client.get("/api/search?q=copper", HTTP_ACCEPT=accept).headers["Content-Type"] == JSON


def test_scripts_of_other_sites_may_read(client: Client, settings: Settings) -> None:
    settings.API_SEARCH_RATE_LIMIT = 1
    cache.clear()

    responses = [client.get("/api/search", HTTP_ORIGIN="https://app.example") for _ in range(2)]
    responses += [client.head("/api/openapi.json"), client.get("/api/nothing"), client.get("/api/search?x=1")]

    assert [response.status_code for response in responses] == [200, 429, 200, 404, 429]
    for response in responses:
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Access-Control-Expose-Headers"] == "ETag, Retry-After"
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert "Origin" not in response.headers.get("Vary", "")


def test_preflight_is_answered_without_a_view(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = client.options(
            "/api/search",
            HTTP_ORIGIN="https://app.example",
            HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET",
            HTTP_ACCESS_CONTROL_REQUEST_HEADERS="if-none-match",
        )

    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response.headers["Access-Control-Allow-Headers"] == "*"


def test_only_the_api_may_be_read_by_scripts_of_other_sites() -> None:
    browser = staff.sign_in()

    for path in ("/", "/search/?q=copper", "/search/suggestions/?q=copper", "/admin/", "/feeds/news.atom", "/apis/"):
        for client in (Client(), browser):
            assert "Access-Control-Allow-Origin" not in client.get(path).headers, path
