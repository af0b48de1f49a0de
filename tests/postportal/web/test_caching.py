import pytest
from django.test import Client

from tests.factories import news, pages, services, staff

pytestmark = pytest.mark.django_db

SHARED = "public, max-age=0, s-maxage=1, stale-if-error=600"
PRIVATE = "max-age=0, no-cache, no-store, must-revalidate, private"


def public_paths() -> list[str]:
    article = news.article()
    return [
        "/",
        "/news/",
        article.get_absolute_url(),
        news.person().get_absolute_url(),
        news.organization().get_absolute_url(),
        services.stamp_issue().get_absolute_url(),
        "/services/hotlines/",
        pages.page().get_absolute_url(),
        "/search/?q=mail",
        "/api/search?q=mail",
        "/feeds/news.atom",
        "/sitemap.xml",
        "/robots.txt",
        "/no-such-page/",
    ]


def test_public_pages_are_the_same_for_everyone(client: Client) -> None:
    for path in public_paths():
        response = client.get(path)
        assert (path, response["Cache-Control"], response.cookies, response.get("Vary", "")) == (path, SHARED, {}, "")


def test_nothing_a_signed_in_reader_gets_is_kept() -> None:
    browser = staff.sign_in()

    for path in public_paths():
        assert (path, browser.get(path)["Cache-Control"]) == (path, PRIVATE)


def test_contact_form_and_health_are_kept_by_nobody(client: Client) -> None:
    assert [client.get(path)["Cache-Control"] for path in ("/contact/", "/healthz")] == [PRIVATE, PRIVATE]


def test_head_answers_like_get_without_the_text(client: Client) -> None:
    for path in public_paths():
        got, asked = client.get(path), client.head(path)
        assert (asked.status_code, asked.content) == (got.status_code, b"")
        assert {name: asked[name] for name in asked.headers} == {name: got[name] for name in asked.headers}


def test_edit_link_is_for_staff_who_may_change_the_row(client: Client) -> None:
    article = news.article()
    path = article.get_absolute_url()
    link = f'href="/admin/news/article/{article.pk}/change/"'

    seen = [
        link in browser.get(path).content.decode()
        for browser in (client, staff.sign_in(role="Publisher"), staff.sign_in(role="Service desk"))
    ]

    assert seen == [False, True, False]
