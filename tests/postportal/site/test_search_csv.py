import csv
import datetime as dt
import io

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from postportal.publishing.models import State
from postportal.site import search_csv
from tests.factories import news, pages

pytestmark = pytest.mark.django_db


def table(client: Client, url: str) -> list[list[str]]:
    content = b"".join(client.get(url).streaming_content)  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_file_has_section_source_and_language(client: Client) -> None:
    news.article(
        "Copper line",
        section=news.section("Fleet"),
        source=news.source("=Rail Mail"),
        dateline_on=dt.date(2021, 12, 8),
        publish_at=dt.datetime(2021, 12, 8, 1, 30, tzinfo=dt.UTC),
    )
    pages.page("Copper tariff", path="tariff", publish_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    news.article("Copper draft", state=State.DRAFT)

    header, *rows = table(client, "/search/csv/?q=copper&order=newest")

    assert header == ["type", "title", "url", "date", "published", "section", "source", "language"]
    published = "2021-12-08T01:30:00.000+00:00"
    url = "http://testserver/news/2021/12/08/copper-line/"
    assert rows[0] == ["article", "Copper line", url, "2021-12-08", published, "Fleet", "'=Rail Mail", "en"]
    assert [row[0] for row in rows] == ["article", "page"]
    assert rows[1][5:] == ["", "", "en"]


def test_file_is_in_the_language_of_its_url(client: Client) -> None:
    news.article("铜线", language="zh-hans", section=news.section("Fleet", name_zh="车队"))
    news.person("Copper", "铜")

    rows = table(client, "/zh-hans/search/csv/?q=铜")[1:]

    assert {(row[0], row[5]) for row in rows} == {("article", "车队"), ("person", "")}
    assert [row[2].startswith("http://testserver/zh-hans/") for row in rows] == [True, True]


def test_file_has_all_results_or_says_how_many_are_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_csv, "BATCH_SIZE", 2)
    for number in range(7):
        news.article(f"Copper {number}")

    titles = [[row[1] for row in table(client, "/search/csv/?q=copper")[1:]]]
    for limit in (7, 6, 3):
        monkeypatch.setattr(search_csv, "MAX_ROWS", limit)
        titles.append([row[1] for row in table(client, "/search/csv/?q=copper")[1:]])

    everything = [f"Copper {number}" for number in reversed(range(7))]
    assert titles == [
        everything,
        everything,
        [*everything[:6], "The file ends here. 1 more result is on the website."],
        [*everything[:3], "The file ends here. 4 more results are on the website."],
    ]


def test_query_count_is_the_same_for_few_and_many_rows(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    news.article("Copper 0")
    table(client, "/search/csv/?q=copper")
    with django_assert_num_queries(8):
        table(client, "/search/csv/?q=copper")
    for number in range(1, 40):
        news.article(f"Copper {number}")
    table(client, "/search/csv/?q=copper")
    with django_assert_num_queries(8):
        assert len(table(client, "/search/csv/?q=copper")) == 41


@pytest.mark.parametrize("number", ["2", "0", "x"])
def test_file_has_one_page(client: Client, number: str) -> None:
    assert client.get(f"/search/csv/?q=copper&page={number}").status_code == 404
