"""Properties shared by all public pages of services and stamps."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from tests.caches import SHARED
from tests.factories import services

pytestmark = pytest.mark.django_db

PAGES = [
    *("/services/", "/services/hotlines/", "/stamps/", "/stamps/2026/", "/stamps/year-not-known/", "/stamps/2026-7/"),
    *("/stamps/2026-7/1/", "/zh-hans/stamps/2026-7/", "/zh-hans/services/hotlines/"),
    *("/feeds/stamps.atom", "/feeds/stamps/2026.rss"),
]


@pytest.fixture(autouse=True)
def _content() -> None:
    services.short_code_number(services.hotline("Letters"))
    services.stamp(services.stamp_issue(year=2026, number=7, issued_on=dt.date(2026, 3, 20)))


@pytest.mark.parametrize("url", PAGES)
def test_page_is_the_same_for_everyone_and_cached_for_a_second(client: Client, url: str) -> None:
    answer = client.get(url)

    assert answer.status_code == 200
    assert answer.cookies == {}
    assert "Vary" not in answer.headers
    assert answer.headers["Cache-Control"] == SHARED


@pytest.mark.parametrize("url", [*PAGES, "/stamps/unheard-of/"])
def test_head_is_answered_like_get_without_the_page(client: Client, url: str) -> None:
    get, head = client.get(url), client.head(url)

    assert head.content == b""
    assert head.status_code == get.status_code
    assert {**head.headers, "Content-Length": ""} == {**get.headers, "Content-Length": ""}


@pytest.mark.parametrize("url", [url for url in PAGES if "feeds" not in url])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_read_only(client: Client, url: str, method: str) -> None:
    assert getattr(client, method)(url).status_code == 405


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("/stamps/2026-7/", "/admin/services/stampissue/"),
        ("/stamps/2026-7/1/", "/admin/services/stampissue/"),
        ("/services/hotlines/", "/admin/services/hotline/"),
        ("/services/", "/admin/services/service/"),
    ],
)
def test_staff_with_change_permission_see_an_edit_link(client: Client, url: str, link: str) -> None:
    editor = User.objects.create_user("editor", is_staff=True)
    client.force_login(editor)
    assert link not in client.get(url).text

    changing = Permission.objects.filter(content_type__app_label="services", codename__startswith="change_")
    editor.user_permissions.add(*changing)
    answer = client.get(url)
    assert link in answer.text
    assert "private" in answer.headers["Cache-Control"]


def test_readers_see_no_edit_link(client: Client) -> None:
    assert "/admin/" not in client.get("/stamps/2026-7/").text


def test_anonymous_reader_with_an_expired_session_sees_no_edit_link(client: Client) -> None:
    client.cookies["sessionid"] = "long-gone"

    assert "/admin/" not in client.get("/stamps/2026-7/").text
