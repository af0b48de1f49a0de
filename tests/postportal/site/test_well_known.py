import datetime as dt
import re

import pytest
import time_machine
from django.test import Client

from tests.factories import pages

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def test_robots_keeps_out_of_facets_in_every_language(client: Client) -> None:
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
def test_security_names_contact_and_a_date_less_than_a_year_away(client: Client) -> None:
    pages.site_settings(security_contact="mailto:security@post.example")

    assert security(client) == {
        "Contact": "mailto:security@post.example",
        "Expires": "2027-05-22T09:30:00Z",
        "Preferred-Languages": "en, zh-Hans",
        "Canonical": "http://testserver/.well-known/security.txt",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "contact",
    ["", "security@post.example", "http://post.example/", "javascript:alert(1)", "mailto:a@b.example\nExpires: never"],
)
def test_security_falls_back_on_the_contact_form(client: Client, contact: str) -> None:
    pages.site_settings(security_contact=contact)

    assert security(client)["Contact"] == "http://testserver/contact/"
    assert len(security(client)) == 4


def test_colours_may_be_kept_for_ever(client: Client) -> None:
    response = client.get("/colours.css?0b4a3a06332abf2b1817498b")

    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert response.content.decode().splitlines()[0] == (
        ":root{--brand:#0b4a3a;--deep:#06332a;--seal:#bf2b18;--air:#17498b}"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "",
        "?",
        "?0b4a3a",
        "?0B4A3A06332abf2b1817498b",
        "?0b4a3a06332abf2b1817498b0",
        "?x;}body{0b4a3a06332abf2b1817498b",
    ],
)
def test_colours_are_hexadecimal_or_not_there(client: Client, address: str) -> None:
    assert client.get(f"/colours.css{address}").status_code == 404


@pytest.mark.django_db
def test_pages_link_the_colours_the_site_has_of_its_own(client: Client) -> None:
    pages.site_settings(brand="#7a1f2b")

    page = client.get("/search/").content.decode()

    (address,) = re.findall(r'<link rel="stylesheet" href="(/colours[^"]*)"', page)
    assert address == "/colours.css?7a1f2b06332abf2b1817498b"
    assert client.get(address).status_code == 200


def test_favicon_leads_to_the_icon(client: Client) -> None:
    response = client.get("/favicon.ico")

    assert (response.status_code, response.headers["Location"]) == (302, "/static/portal/icons/icon.svg")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/robots.txt", "/.well-known/security.txt", "/sitemap.xml", "/sitemap-start.xml"])
def test_machines_get_no_cookie_and_head_is_get(client: Client, address: str) -> None:
    get, head = client.get(address), client.head(address)

    assert (get.cookies, get.headers.get("Vary")) == ({}, None)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == get.headers["Content-Length"]
