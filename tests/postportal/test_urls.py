import pytest
from django.test import Client
from django.urls import resolve, reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("home", "/"),
        ("search", "/search/"),
        ("search_suggestions", "/search/suggestions/"),
        ("search_atom", "/search/atom/"),
        ("search_csv", "/search/csv/"),
        ("healthz", "/healthz"),
        ("livez", "/livez"),
        ("robots_txt", "/robots.txt"),
        ("security_txt", "/.well-known/security.txt"),
        ("colours_css", "/colours.css"),
        ("sitemap_index", "/sitemap.xml"),
        ("news:articles", "/news/"),
        ("services:hotlines", "/services/hotlines/"),
        ("contact:form", "/contact/"),
    ],
)
def test_url_names_lead_to_their_paths(name: str, path: str) -> None:
    assert reverse(name) == path
    assert resolve(path).view_name == name


@pytest.mark.parametrize("path", ["/", "/news/", "/services/", "/contact/"])
def test_public_pages_have_a_chinese_url(client: Client, path: str) -> None:
    answer = client.get(f"/zh-hans{path}")

    assert (answer.status_code, answer.headers["Content-Language"]) == (200, "zh-Hans")


@pytest.mark.parametrize("path", ["/zh-hans/robots.txt", "/zh-hans/api/", "/en/news/"])
def test_urls_for_machines_have_no_language_and_english_no_prefix(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
