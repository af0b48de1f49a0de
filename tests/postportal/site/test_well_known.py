import datetime as dt
import re

import pytest
import time_machine
from django.test import Client

from tests.factories import pages

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def test_robots_txt_disallows_facets_in_every_language(client: Client) -> None:
    response = client.get("/robots.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    facets = ("type", "section", "tag", "person", "organization", "source", "year", "language", "order", "page")
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        *(f"Disallow: /search/?*{facet}=" for facet in facets),
        "Disallow: /search/atom/",
        "Disallow: /search/csv/",
        *(f"Disallow: /zh-hans/search/?*{facet}=" for facet in facets),
        "Disallow: /zh-hans/search/atom/",
        "Disallow: /zh-hans/search/csv/",
        "Disallow: /admin/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def security(client: Client) -> dict[str, str]:
    response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_security_txt_has_the_contact_and_expires_within_a_year(client: Client) -> None:
    pages.site_settings(security_contact="mailto:security@post.example")

    assert security(client) == {
        "Contact": "mailto:security@post.example",
        "Expires": "2027-05-22T00:00:00Z",
        "Preferred-Languages": "en, zh-Hans",
        "Canonical": "http://testserver/.well-known/security.txt",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "contact",
    ["", "security@post.example", "http://post.example/", "javascript:alert(1)", "mailto:a@b.example\nExpires: never"],
)
def test_security_txt_falls_back_to_the_contact_form(client: Client, contact: str) -> None:
    pages.site_settings(security_contact=contact)

    assert security(client)["Contact"] == "http://testserver/contact/"
    assert len(security(client)) == 4


def test_colours_are_cached_for_ever(client: Client) -> None:
    response = client.get("/colours.css?0b4a3a06332abf2b1817498b")

    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert response.content.decode().splitlines()[0] == (
        ":root{--brand:#0b4a3a;--deep:#06332a;--seal:#bf2b18;--air:#17498b}"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "",
        "?",
        "?0b4a3a",
        "?0B4A3A06332abf2b1817498b",
        "?0b4a3a06332abf2b1817498b0",
        "?x;}body{0b4a3a06332abf2b1817498b",
    ],
)
def test_colours_that_are_not_hexadecimal_are_not_found(client: Client, url: str) -> None:
    assert client.get(f"/colours.css{url}").status_code == 404


@pytest.mark.django_db
def test_pages_link_the_stylesheet_of_the_site_colours(client: Client) -> None:
    pages.site_settings(brand="#7a1f2b")

    page = client.get("/search/").content.decode()

    (url,) = re.findall(r'<link rel="stylesheet" href="(/colours[^"]*)"', page)
    assert url == "/colours.css?7a1f2b06332abf2b1817498b"
    assert client.get(url).status_code == 200


def test_favicon_leads_to_the_icon(client: Client) -> None:
    response = client.get("/favicon.ico")

    assert (response.status_code, response.headers["Location"]) == (302, "/static/portal/icons/icon.svg")


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/robots.txt", "/.well-known/security.txt", "/sitemap.xml", "/sitemap-start.xml"])
def test_files_for_machines_set_no_cookie_and_answer_head(client: Client, url: str) -> None:
    get, head = client.get(url), client.head(url)

    assert (get.cookies, get.headers.get("Vary")) == ({}, None)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == get.headers["Content-Length"]
