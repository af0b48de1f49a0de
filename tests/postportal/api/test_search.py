import datetime as dt

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from postportal.publishing.models import SiteIdentity, State
from tests.factories import news, pages, services

pytestmark = pytest.mark.django_db

EXTERNAL = {"external_id": "cran-17", "standfirst": "The <copper> line & more"}


def test_api_returns_every_field_of_a_result(client: Client) -> None:
    published_at = dt.datetime(2021, 12, 8, 1, 30, tzinfo=dt.UTC)
    article = news.article("Copper <line> opens", publish_at=published_at, **EXTERNAL)

    response = client.get("/api/search?q=copper&type=article&page_size=100")

    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.json() == {
        "count": 1,
        "results": [
            {
                "type": "article",
                "id": article.pk,
                "uri": SiteIdentity.load().uri("news.article", article.pk),
                "external_id": "cran-17",
                "title": "Copper <line> opens",
                "url": f"http://testserver{article.get_absolute_url()}",
                "published": "2021-12-08T01:30:00Z",
                "snippet": "The &lt;<mark>copper</mark>&gt; line &amp; more",
            }
        ],
    }


def test_api_searches_every_type_and_language_by_default(client: Client) -> None:
    news.article("Copper one")
    news.article("Copper 铜", language="zh-hans")
    news.person("Copper", "Mei")
    services.stamp_issue("Copper bells")
    pages.page("Copper tariff")

    def types(parameters: str) -> list[str]:
        return sorted(result["type"] for result in client.get(f"/api/search?q=copper{parameters}").json()["results"])

    assert types("") == ["article", "article", "page", "person", "stamp-issue"]
    assert types("&type=person&type=page") == ["page", "person"]
    assert types("&language=zh-hans&type=article") == ["article"]


def test_api_pages_together_have_every_result(client: Client) -> None:
    for number in range(5):
        news.article(f"Copper {number}")

    pages = [client.get(f"/api/search?q=copper&page={page}&page_size=2").json() for page in (1, 2, 3, 4)]

    assert [page["count"] for page in pages] == [5, 5, 5, 5]
    assert [[result["title"] for result in page["results"]] for page in pages] == [
        ["Copper 4", "Copper 3"],
        ["Copper 2", "Copper 1"],
        ["Copper 0"],
        [],
    ]


def test_api_treats_an_empty_parameter_as_missing(client: Client) -> None:
    news.article("Copper one")

    response = client.get("/api/search?q=copper&type=&page=&page_size=&language=&order=")

    assert (response.status_code, response.json()["count"]) == (200, 1)


@pytest.mark.parametrize("url", ["/api/search", "/api/search?q=", "/api/search?q=%22", "/api/search?type="])
def test_api_without_words_finds_nothing(client: Client, url: str) -> None:
    news.article()

    assert client.get(url).json() == {"count": 0, "results": []}


@pytest.mark.parametrize(
    ("parameter", "name"),
    [
        ("type=story", "type"),
        ("type=article&type=%3Cscript%3E", "type"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=one", "page"),
        ("page=1e9", "page"),
        ("page=99999999999999999999", "page"),
        ("page_size=0", "page_size"),
        ("page_size=101", "page_size"),
        ("page_size=2.5", "page_size"),
        ("language=fr", "language"),
        ("order=title", "order"),
        ("year=0999", "year"),
        ("year=3000", "year"),
        ("&".join(["tag=x"] * 21), "tag"),
    ],
)
def test_api_names_the_invalid_parameter(client: Client, parameter: str, name: str) -> None:
    response = client.get(f"/api/search?q=copper&{parameter}")

    assert response.status_code == 422
    assert [name in error["loc"] for error in response.json()["detail"]] == [True]


def test_api_lists_what_filters_select_without_words_newest_first(client: Client) -> None:
    first = news.article("Copper", publish_at=dt.datetime(2024, 5, 1, tzinfo=dt.UTC), dateline_on=dt.date(2024, 5, 1))
    news.article("Tin", publish_at=dt.datetime(2025, 5, 1, tzinfo=dt.UTC), dateline_on=dt.date(2025, 5, 1))
    news.article("Draft", state=State.DRAFT)
    news.article("铜", language="zh-hans", dateline_on=dt.date(2023, 5, 1))
    news.person("Copper", "Mei")

    def titles(parameters: str) -> list[str]:
        return [result["title"] for result in client.get(f"/api/search?{parameters}").json()["results"]]

    assert titles("type=article") == ["Tin", "Copper", "铜"]
    assert titles("type=article&order=oldest") == ["铜", "Copper", "Tin"]
    assert titles("year=2024") == titles("year=2024&type=article&language=en") == ["Copper"]
    assert titles(f"section={first.section.slug}&language=zh-hans") == ["铜"]
    assert titles("section=no-such-section") == []
    assert titles("q=language:zh-hans&language=en&type=article") == ["铜"]


def test_api_finds_an_item_from_the_second_of_its_publication(client: Client) -> None:
    publish_at = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
    news.article("Copper line opens", publish_at=publish_at)
    news.article("Copper draft", state=State.DRAFT)
    news.article("Copper gone", state=State.UNPUBLISHED, withdrawal_reason="Wrong")

    with time_machine.travel(publish_at - dt.timedelta(milliseconds=1), tick=False):
        before = client.get("/api/search?q=copper").json()
    with time_machine.travel(publish_at, tick=False):
        after = client.get("/api/search?q=copper").json()

    assert before == {"count": 0, "results": []}
    assert [result["title"] for result in after["results"]] == ["Copper line opens"]


def test_api_needs_the_same_number_of_queries_for_one_and_many(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    news.article("Copper 0")
    client.get("/api/search?q=copper")
    with django_assert_num_queries(9):
        client.get("/api/search?q=copper")
    for number in range(1, 50):
        news.article(f"Copper {number}")
    client.get("/api/search?q=copper")
    with django_assert_num_queries(9):
        assert len(client.get("/api/search?q=copper&page_size=50").json()["results"]) == 50


def test_api_allows_only_get_and_head(client: Client) -> None:
    news.article("Copper one")

    get, head = client.get("/api/search?q=copper"), client.head("/api/search?q=copper")

    assert (head.status_code, head.content, dict(head.headers)) == (200, b"", dict(get.headers))
    assert client.post("/api/search", {"q": "copper"}).status_code == 405
    assert (get.cookies, get.headers.get("Vary")) == ({}, None)


def test_empty_values_count_as_values_that_were_sent(client: Client) -> None:
    assert client.get("/api/search?" + "section=&" * 20).status_code == 200
    assert client.get("/api/search?" + "section=&" * 21).status_code == 422
