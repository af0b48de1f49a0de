import datetime as dt
from typing import Any

import pytest
from django.db import Error, connection
from django.test import Client
from django.utils import timezone

from postportal.search.models import ZeroResultSearch, zero_result_search
from tests.factories import news, staff

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 26)


def stored_counts() -> list[tuple[str, str, int]]:
    return list(ZeroResultSearch.objects.order_by("language", "text").values_list("text", "language", "times"))


def count(text: str, *, day: dt.date = TODAY, language: str = "en") -> None:
    zero_result_search.count_search(text, language=language, today=day)


def test_search_without_results_is_counted_by_text_and_language(client: Client) -> None:
    news.article("Copper")
    for url in (
        *("/search/?q=gold+line", "/search/?q=Gold++LINE", "/zh-hans/search/?q=gold+line"),
        *("/search/?q=copper", "/search/", "/search/?q=", "/search/?q=year:1900", "/search/?q=gold+year:1900"),
        *("/search/?q=gold&section=none", "/search/?q=-gold", "/search/csv/?q=gold", "/api/search?q=gold"),
    ):
        assert client.get(url).status_code == 200

    assert stored_counts() == [("gold line", "en", 2), ("gold line", "zh-hans", 1)]
    assert set(ZeroResultSearch.objects.values_list("day", flat=True)) == {timezone.localdate()}


def test_searches_of_staff_are_not_counted() -> None:
    staff.sign_in(role="Editor").get("/search/?q=gold")

    assert stored_counts() == []


@pytest.mark.parametrize(
    "text",
    [
        *("me@example.org", "RR123456785CN", "13800138000", "+86 10 6885-1234", "4111 1111 1111 1111", "12345"),
        *("x" * 61, "one two three four five six seven", ""),
    ],
)
def test_possible_personal_data_is_not_stored(text: str) -> None:
    count(text)

    assert stored_counts() == []


@pytest.mark.parametrize("text", ["2016-4", "tariff 2021", "x" * 60, "中国邮政", "🚂", "100%_\\'\""])
def test_other_text_is_stored(text: str) -> None:
    count(text)
    count(text)

    assert stored_counts() == [(text, "en", 2)]


def test_counts_are_deleted_after_90_days() -> None:
    for days in (0, 89, 90, 400):
        count("gold", day=TODAY - dt.timedelta(days=days))
    count("silver")

    assert [row.day for row in ZeroResultSearch.objects.filter(text="gold").order_by("day")] == [
        TODAY - dt.timedelta(days=89),
        TODAY,
    ]


def test_days_of_a_text_are_added_up() -> None:
    for days, text, language in ((0, "gold", "en"), (3, "gold", "en"), (3, "gold", "zh-hans"), (95, "gold", "en")):
        ZeroResultSearch.objects.create(text=text, language=language, day=TODAY - dt.timedelta(days=days), times=2)

    rows = ZeroResultSearch.objects.by_text(TODAY).order_by("language").values_list("text", "language", "day", "total")

    assert list(rows) == [("gold", "en", TODAY, 4), ("gold", "zh-hans", TODAY - dt.timedelta(days=3), 2)]


def test_script_cannot_fill_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zero_result_search, "MAX_NEW_PER_DAY", 3)
    for text in ("a", "b", "c", "d", "a"):
        count(text)

    assert stored_counts() == [("a", "en", 2), ("b", "en", 1), ("c", "en", 1)]


def test_reader_gets_the_page_if_the_search_cannot_be_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise Error("read-only")

    monkeypatch.setattr(zero_result_search, "_increment", fail)

    assert client.get("/search/?q=gold").status_code == 200


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has one writer at a time")
def test_lock_timeout_of_other_writes_is_restored() -> None:
    with connection.cursor() as cursor:
        [before] = cursor.execute("PRAGMA busy_timeout").fetchone()
        count("gold")
        [after] = cursor.execute("PRAGMA busy_timeout").fetchone()

    assert after == before > zero_result_search.LOCK_TIMEOUT_MS
