import datetime as dt

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from postportal.publishing.models import State
from tests.caches import SHARED
from tests.factories import news, pages, services

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def answer(client: Client, url: str, **headers: str) -> tuple[int, str]:
    response = client.get(url, headers=headers)
    return response.status_code, response.headers.get("Location", "")


def test_old_url_redirects_to_its_item(client: Client) -> None:
    article, issue, section = news.article(), services.stamp_issue(), news.section()
    for number, row in enumerate([article, issue, section]):
        pages.redirect(f"/html1/report/{number}.htm", row)

    for number, row in enumerate([article, issue, section]):
        assert answer(client, f"/html1/report/{number}.htm") == (301, row.get_absolute_url())


@pytest.mark.parametrize(
    ("stored", "requested"),
    [
        ("/html1/a.htm?id=3", "/html1/a.htm?id=3"),
        ("/html1/a.htm", "/html1/a.htm?id=3&from=mail"),
        ("/html1/a.htm", "/html1/a.htm"),
        ("/english", "/english"),
        ("/english", "/english/"),
        ("/english/", "/english"),
        ("/新闻/1.htm", "/%E6%96%B0%E9%97%BB/1.htm"),
        ("/%E6%96%B0%E9%97%BB/1.htm", "/%E6%96%B0%E9%97%BB/1.htm"),
        ("/zh-hans/old/", "/zh-hans/old/"),
        ("/a b.htm", "/a%20b.htm"),
    ],
)
def test_old_url_is_found_in_every_spelling(client: Client, stored: str, requested: str) -> None:
    pages.redirect(stored, "/news/")

    response = client.get(requested, follow=True)

    assert response.redirect_chain[-1] == ("/news/", 301)


def test_redirect_with_a_query_comes_first(client: Client) -> None:
    pages.redirect("/a.htm", "/news/")
    pages.redirect("/a.htm?id=3", "/people/")

    assert answer(client, "/a.htm?id=3") == (301, "/people/")
    assert answer(client, "/a.htm?id=4") == (301, "/news/")


def test_old_url_is_case_sensitive(client: Client) -> None:
    pages.redirect("/Html1/A.htm", "/news/")

    assert answer(client, "/Html1/A.htm") == (301, "/news/")
    assert answer(client, "/html1/a.htm") == (404, "")


def test_redirect_of_the_host_comes_first(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["old.example", "portal.example"]
    pages.redirect("/a.htm", "/news/")
    pages.redirect("/a.htm", "/people/", old_host="old.example")

    assert answer(client, "/a.htm", host="old.example:8080") == (301, "/people/")
    assert answer(client, "/a.htm", host="portal.example") == (301, "/news/")
    assert answer(client, "/a.htm", host="evil.example")[0] == 400


def test_redirect_never_hides_a_page(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    pages.page("About", path="about")
    pages.redirect("/about/", "/news/")

    with django_assert_num_queries(6) as queries:
        assert answer(client, "/about/") == (200, "")
    assert [query["sql"] for query in queries.captured_queries if "pages_redirect" in query["sql"]] == []


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_redirect_to_a_hidden_item_is_not_found(client: Client, state: State) -> None:
    article = news.article("Secret merger", state=state, publish_at=NOW)
    pages.redirect("/a.htm", article)

    with time_machine.travel(NOW - dt.timedelta(milliseconds=1), tick=False):
        response = client.get("/a.htm")

    assert (response.status_code, response.headers.get("Location")) == (404, None)
    assert ("Secret" in response.content.decode(), article.slug in response.content.decode()) == (False, False)


def test_redirect_works_from_the_second_of_publication(client: Client) -> None:
    article = news.article(publish_at=NOW)
    pages.redirect("/a.htm", article)

    with time_machine.travel(NOW, tick=False):
        assert answer(client, "/a.htm") == (301, article.get_absolute_url())


def test_redirect_to_a_hidden_person_is_not_found(client: Client) -> None:
    pages.redirect("/a.htm", news.person(publish_at=dt.datetime(2999, 1, 1, tzinfo=dt.UTC)))

    assert answer(client, "/a.htm") == (404, "")


def test_redirect_to_a_gone_item_gives_the_reason(client: Client) -> None:
    pages.redirect("/a.htm", pages.unpublished_page("Tariff of 2019", path="tariff", withdrawal_reason="Replaced."))
    pages.gone_redirect("/b.htm", reason="The campaign <b>has</b> ended.")

    item, url = client.get("/a.htm"), client.get("/b.htm")

    assert (item.status_code, url.status_code) == (410, 410)
    assert "<p><strong>Tariff of 2019</strong></p><p>Replaced.</p>" in item.content.decode()
    assert "<p>The campaign &lt;b&gt;has&lt;/b&gt; ended.</p>" in url.content.decode()


def test_redirect_to_a_deleted_item_is_not_found(client: Client) -> None:
    page = pages.page()
    pages.redirect("/a.htm", page)
    page.delete()

    assert answer(client, "/a.htm") == (404, "")


@pytest.mark.parametrize(
    "url",
    ["//evil.example/", "/\\evil.example", "javascript:alert(1)", "mailto:a@b.example", "#top", "evil.example", " //x"],
)
def test_unsafe_target_is_not_found(client: Client, url: str) -> None:
    pages.redirect("/a.htm", url)

    assert answer(client, "/a.htm") == (404, "")


def test_redirect_may_point_to_another_site(client: Client) -> None:
    pages.redirect("/a.htm", "https://bank.example/savings")

    assert answer(client, "/a.htm") == (301, "https://bank.example/savings")


def test_circular_redirects_are_not_found(client: Client) -> None:
    pages.redirect("/self/", "/self/")
    for start, end in (("/a/", "/b/"), ("/b/", "/c/"), ("/c/", "/a/"), ("/d/", "/a/")):
        pages.redirect(start, end)

    assert [answer(client, url)[0] for url in ("/self/", "/a/", "/b/", "/c/", "/d/")] == [404] * 5


def test_redirect_may_point_to_another_redirect(client: Client) -> None:
    pages.redirect("/a/", "/b/")
    pages.redirect("/b/", "/news/")

    assert client.get("/a/", follow=True).redirect_chain == [("/b/", 301), ("/news/", 301)]


def test_too_long_chain_of_redirects_is_not_found(client: Client) -> None:
    for number in range(8):
        pages.redirect(f"/step-{number}/", f"/step-{number + 1}/")

    assert [answer(client, f"/step-{number}/")[0] for number in range(8)] == [404, 404, 404, 301, 301, 301, 301, 301]


def test_only_get_and_head_are_redirected(client: Client) -> None:
    pages.redirect("/a.htm", "/news/")

    assert (client.head("/a.htm").status_code, client.post("/a.htm").status_code) == (301, 404)


def test_redirect_is_cached_as_briefly_as_pages(client: Client) -> None:
    pages.redirect("/a.htm", "/news/")

    response = client.get("/a.htm")

    assert (response.headers["Cache-Control"], response.cookies) == (
        SHARED,
        {},
    )


@pytest.mark.parametrize("is_debug", [False, True])
def test_item_that_is_gone_has_a_page_with_the_reason(client: Client, settings: Settings, is_debug: bool) -> None:
    settings.DEBUG = is_debug
    pages.unpublished_page("Tariff of 2019", path="tariff", withdrawal_reason="Replaced.")

    response = client.get("/tariff/")

    assert (response.status_code, "Replaced." in response.text) == (410, True)
    assert response.headers["Cache-Control"] == SHARED


@pytest.mark.parametrize("url", ["/no-such-page/", "/news/2021/12/08/no-such-article/", "/zh-hans/people/nobody/"])
def test_own_page_is_shown_for_errors_while_debug_is_on(settings: Settings, url: str) -> None:
    settings.DEBUG = True

    answer = Client().get(url)

    assert (answer.status_code, "DEBUG = True" in answer.text) == (404, False)
    assert ("Return to sender" in answer.text) or ("退回寄件人" in answer.text)


def test_errors_of_the_api_stay_json_while_debug_is_on(settings: Settings) -> None:
    settings.DEBUG = True

    assert Client().get("/api/search?page=x").headers["Content-Type"].startswith("application/json")
