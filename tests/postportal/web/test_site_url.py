import pytest
from django.test import RequestFactory
from pytest_django import Settings

from postportal.web.site_url import absolute_url, check_site_url, configured_origin, site_domain, site_origin


@pytest.mark.parametrize(
    ("url", "hosts", "domain"),
    [
        ("https://portal.example", ["other.example"], "portal.example"),
        ("https://Portal.Example:8443/", [], "portal.example"),
        ("https://почта.example", [], "xn--80a1acny.example"),
        ("", ["portal.example", "other.example"], "portal.example"),
        ("", ["*", "10.0.0.5", "[::1]", ".portal.example"], "portal.example"),
        ("", ["127.0.0.1", "localhost", "[::1]"], "localhost"),
        ("", ["*"], "localhost"),
        ("", ["under_score.example", "a..b", "x" * 64 + ".example"], "localhost"),
        ("http://10.0.0.5", ["portal.example"], "localhost"),
    ],
)
def test_domain_is_a_configured_name(url: str, hosts: list[str], domain: str, settings: Settings) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = url, hosts

    assert site_domain() == domain


@pytest.mark.parametrize(
    ("url", "errors"),
    [
        ("", []),
        ("https://portal.example", []),
        ("http://127.0.0.1:8000/", []),
        ("portal.example", ["portal.E001"]),
        ("https://portal.example/news/", ["portal.E001"]),
        ("https://name@portal.example", ["portal.E001"]),
        ("ftp://portal.example", ["portal.E001"]),
    ],
)
def test_wrong_url_is_reported(url: str, errors: list[str], settings: Settings) -> None:
    settings.SITE_URL = url

    assert [error.id for error in check_site_url()] == errors


def test_configured_url_wins_over_the_host_of_the_request(settings: Settings) -> None:
    request = RequestFactory().get("/news/", HTTP_HOST="localhost")

    settings.SITE_URL = ""
    assert (configured_origin(), site_origin(request)) == ("", "http://localhost")
    settings.SITE_URL = "https://post.example/"
    assert (configured_origin(), site_origin(request)) == ("https://post.example", "https://post.example")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/people/?q=a b", "https://post.example/people/?q=a b"),
        ("//evil.example/", "https://post.example//evil.example/"),
        ("?page=2", "https://post.example/news/?page=2"),
        ("https://media.example/a.webp", "https://media.example/a.webp"),
    ],
)
def test_absolute_url_is_on_the_site_unless_it_names_another(settings: Settings, url: str, expected: str) -> None:
    settings.SITE_URL = "https://post.example"

    assert absolute_url(RequestFactory().get("/news/"), url) == expected
