import re
from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from postportal.pages.models import SiteSettings
from postportal.urls import urlpatterns as portal
from tests.caches import SHARED
from tests.factories import pages

HEADERS = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
}


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("An internal secret")


def closed(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Only for editors of the merger")


def needs_database(request: HttpRequest) -> HttpResponse:
    SiteSettings.objects.get()
    return HttpResponse()


handler400 = "postportal.pages.views.errors.bad_request"
handler403 = "postportal.pages.views.errors.forbidden"
handler404 = "postportal.pages.views.errors.not_found"
handler500 = "postportal.pages.views.errors.server_error"
urlpatterns = [
    path("broken/", broken),
    path("zh-hans/broken/", broken),
    path("closed/", closed),
    path("needs-database/", needs_database),
    *portal,
]


@pytest.fixture
def _broken_views(settings: Settings) -> Iterator[None]:
    settings.ROOT_URLCONF = __name__
    before, SiteSettings.last_loaded = SiteSettings.last_loaded, None
    yield
    SiteSettings.last_loaded = before


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def heading(response: HttpResponse) -> tuple[str, list[str]]:
    page = response.content.decode()
    return re.findall(r'<html lang="(.*?)"', page)[0], re.findall(r"<h1>(.*?)</h1>", page)


@pytest.mark.django_db
def test_missing_page_has_links_and_no_input(client: Client) -> None:
    response = client.get("/nothing/<script>/")
    page = response.content.decode()

    assert (response.status_code, heading(response)) == (404, ("en", ["Page not found"]))
    assert '<div class="return-to-sender" aria-hidden="true"><span>Return to sender</span>' in page
    assert re.findall(r'<ul><li><a href="([^"]*)">.*?<a href="([^"]*)">.*?<a href="([^"]*)">Home page', page) == [
        ("/services/hotlines/", "/sitemap/", "/")
    ]
    assert ("<script>" in page, 'class="breadcrumb' in page) == (False, False)


@pytest.mark.django_db
def test_missing_page_is_in_the_language_of_its_url(client: Client) -> None:
    response = client.get("/zh-hans/nothing/")

    assert (response.status_code, heading(response)[0], response.headers["Content-Language"]) == (
        404,
        "zh-Hans",
        "zh-Hans",
    )
    assert re.findall(r'class="language-link" href="([^"]*)"', response.content.decode()) == ["/"]


@pytest.mark.django_db
def test_missing_page_is_cached_as_briefly_as_others(client: Client) -> None:
    response = client.get("/nothing/")

    assert response.headers["Cache-Control"] == SHARED
    assert (response.cookies, response.headers.get("Vary")) == ({}, None)


@pytest.mark.django_db
def test_missing_page_is_private_with_a_session_cookie(client: Client) -> None:
    client.cookies["sessionid"] = "x"

    assert "private" in client.get("/nothing/").headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.usefixtures("_broken_views")
def test_forbidden_page_does_not_give_the_reason(client: Client) -> None:
    response = client.get("/closed/")

    assert (response.status_code, heading(response)) == (403, ("en", ["You do not have permission to view this page"]))
    assert ("merger" in response.content.decode(), "no-store" in response.headers["Cache-Control"]) == (False, True)


@pytest.mark.usefixtures("_broken_views")
def test_server_error_is_shown_without_a_database(client: Client) -> None:
    # This test has no access to the database, so the page must not use it.
    response = client.get("/broken/")
    page = response.content.decode()

    assert (response.status_code, heading(response)) == (500, ("en", ["Sorry, something went wrong"]))
    assert "<title>Something went wrong - PostPortal</title>" in page
    assert ("secret" in page, "no-store" in response.headers["Cache-Control"]) == (False, True)


@pytest.mark.usefixtures("_broken_views")
def test_server_error_is_in_the_language_of_its_url(client: Client) -> None:
    assert heading(client.get("/zh-hans/broken/"))[0] == "zh-Hans"


@pytest.mark.django_db
@pytest.mark.usefixtures("_broken_views")
def test_server_error_has_the_last_loaded_site_name(client: Client) -> None:
    pages.site_settings(name="Yunhai Post", brand="#7a1f2b")
    client.get("/search/")

    page = client.get("/broken/").content.decode()

    assert "<title>Something went wrong - Yunhai Post</title>" in page
    assert '<meta name="theme-color" content="#7a1f2b">' in page


@pytest.mark.django_db
@pytest.mark.usefixtures("_broken_views")
def test_database_error_asks_to_retry(client: Client) -> None:
    with connection.execute_wrapper(refuse_connection):
        response = client.get("/needs-database/")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert heading(response) == ("en", ["Sorry, something went wrong"])


def refuse_connection(*args: object) -> None:
    raise OperationalError("connection to server at 10.1.2.3 refused")


@pytest.mark.parametrize("url", ["/", "/nothing/", "/robots.txt"])
def test_unknown_host_gets_an_error_page(client: Client, url: str) -> None:
    response = client.get(url, headers={"Host": "evil.example"})

    assert (response.status_code, heading(response)) == (400, ("en", ["There is a problem with this request"]))
    assert "evil.example" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body", [f"message={'x' * 2 * 1024 * 1024}", "&".join(f"f{number}=" for number in range(5001))]
)
def test_form_above_the_limits_is_refused_in_plain_words(client: Client, settings: Settings, body: str) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

    response = client.post("/contact/", body, content_type="application/x-www-form-urlencoded")

    assert (response.status_code, heading(response)) == (413, ("en", ["The form is too large"]))
    assert "up to 2 MB of text and 5000 fields" in response.text
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_form_without_csrf_token_is_refused_in_plain_words() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/contact/", {"name": "Li Na"})
    page = response.content.decode()

    assert (response.status_code, heading(response)) == (403, ("en", ["The form could not be sent"]))
    assert ("DEBUG" in page, "CSRF" in page, "csrf" in page) == (False, False, False)


@pytest.mark.django_db
@pytest.mark.usefixtures("_broken_views")
@pytest.mark.parametrize(
    ("url", "host", "status"),
    [("/nothing/", "", 404), ("/gone/", "", 410), ("/broken/", "", 500), ("/nothing/", "evil.example", 400)],
)
def test_error_has_the_security_headers(client: Client, url: str, host: str, status: int) -> None:
    pages.unpublished_page(path="gone")

    response = client.get(url, headers={"Host": host or "testserver"})

    assert (response.status_code, HEADERS - set(response.headers)) == (status, set())


def test_unknown_host_gets_the_security_headers_before_a_redirect(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True

    response = Client(raise_request_exception=False).get("/", headers={"Host": "evil.example"})

    assert (response.status_code, HEADERS - set(response.headers)) == (400, set())


@pytest.mark.usefixtures("_broken_views")
def test_error_answers_head_without_a_body(client: Client) -> None:
    assert (client.head("/broken/").status_code, client.head("/broken/").content) == (500, b"")
