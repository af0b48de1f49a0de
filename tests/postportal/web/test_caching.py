import datetime as dt

import pytest
import time_machine
from django.test import Client

from tests.caches import SHARED
from tests.factories import news, pages, services, staff

pytestmark = pytest.mark.django_db

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


def test_pages_of_a_signed_in_reader_are_not_cached() -> None:
    browser = staff.sign_in()

    for path in public_paths():
        assert (path, browser.get(path)["Cache-Control"]) == (path, PRIVATE)


def test_contact_form_and_health_check_are_not_cached(client: Client) -> None:
    assert [client.get(path)["Cache-Control"] for path in ("/contact/", "/healthz")] == [PRIVATE, PRIVATE]


def test_public_pages_have_a_strong_etag_and_are_sent_only_once(client: Client) -> None:
    for path in [
        *public_paths(),
        "/search/atom/?q=mail",
        "/.well-known/security.txt",
        "/colours.css?a",
        "/sitemap-people.xml",
    ]:
        first = client.get(path)
        if first.status_code != 200:
            assert "ETag" not in first.headers, path
            continue
        assert "Last-Modified" not in first.headers, path
        tag = first["ETag"]
        assert tag.startswith('"'), path
        for sent in (tag, f"W/{tag}", f'"x", {tag}', "*"):
            for method in (client.get, client.head):
                again = method(path, headers={"If-None-Match": sent})
                assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag), (path, sent)
                assert "Content-Length" not in again.headers, path
                assert (again["Cache-Control"], again.get("Vary")) == (first["Cache-Control"], first.get("Vary")), path
        other = client.get(path, headers={"If-None-Match": '"x"', "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})
        assert (other.status_code, other.content == first.content) == (200, True), path


def test_pages_of_a_signed_in_reader_have_no_etag() -> None:
    browser = staff.sign_in()

    for path in [*public_paths(), "/admin/", "/admin/news/article/"]:
        answer = browser.get(path, headers={"If-None-Match": "*"})
        assert (path, answer.status_code == 304, "ETag" in answer.headers) == (path, False, False)


def test_error_forms_and_previews_have_no_etag(client: Client) -> None:
    for path in ("/no-such-page/", "/contact/", "/healthz", "/preview/x/", "/search/csv/?q=mail", "/favicon.ico"):
        answer = client.get(path, headers={"If-None-Match": "*"})
        assert (path, answer.status_code == 304, "ETag" in answer.headers) == (path, False, False)


def test_pages_in_two_languages_have_different_etags(client: Client) -> None:
    for path in ("/", "/news/", "/feeds/news.atom", "/feeds/stamps.rss", "/search/?q=mail", "/services/hotlines/"):
        english, chinese = client.get(path), client.get(f"/zh-hans{path}")
        assert english["ETag"] != chinese["ETag"]
        assert client.get(f"/zh-hans{path}", headers={"If-None-Match": english["ETag"]}).status_code == 200, path


def test_page_changes_its_etag_in_the_second_of_an_embargo_an_expiry_and_a_withdrawal(client: Client) -> None:
    now = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
    hour, second = dt.timedelta(hours=1), dt.timedelta(seconds=1)
    news.article("Public", publish_at=now - 2 * hour)
    news.article("Embargoed", publish_at=now)
    news.article("Expiring", publish_at=now - hour, expire_at=now + hour)
    paths = ("/news/", "/feeds/news.atom", "/sitemap-articles.xml", "/api/search?type=article", "/sitemap.xml")

    def tags(at: dt.datetime) -> list[str]:
        with time_machine.travel(at, tick=False):
            return [client.get(path)["ETag"] for path in paths]

    seen = [tags(at) for at in (now - second, now, now + hour - second, now + hour)]
    for path, before, opened, later, expired in zip(paths, *seen, strict=True):
        if path != "/sitemap.xml":
            assert len({before, opened, expired}) == 3, path
        assert opened == later, path


def test_head_responds_like_get_without_the_body(client: Client) -> None:
    for path in public_paths():
        get, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert {name: head[name] for name in head.headers} == {name: get[name] for name in head.headers}
