"""The report of searches that found nothing: counts, and nothing about anybody."""

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


def test_search_that_finds_nothing_is_counted_by_text_and_language(client: Client) -> None:
    news.article("Copper")
    for address in (
        *("/search/?q=gold+line", "/search/?q=Gold++LINE", "/zh-hans/search/?q=gold+line"),
        *("/search/?q=copper", "/search/", "/search/?q=", "/search/?q=year:1900", "/search/?q=gold+year:1900"),
        *("/search/?q=gold&section=none", "/search/?q=-gold", "/search/csv/?q=gold", "/api/search?q=gold"),
    ):
        assert client.get(address).status_code == 200

    assert stored_counts() == [("gold line", "en", 2), ("gold line", "zh-hans", 1)]
    assert set(ZeroResultSearch.objects.values_list("day", flat=True)) == {timezone.localdate()}


def test_staff_who_try_a_search_are_not_counted() -> None:
    staff.sign_in(role="Editor").get("/search/?q=gold")

    assert stored_counts() == []


@pytest.mark.parametrize(
    "text",
    [
        *("me@example.org", "RR123456785CN", "13800138000", "+86 10 6885-1234", "4111 1111 1111 1111", "12345"),
        *("x" * 61, "one two three four five six seven", ""),
    ],
)
def test_what_could_be_about_somebody_is_not_noted(text: str) -> None:
    count(text)

    assert stored_counts() == []


@pytest.mark.parametrize("text", ["2016-4", "tariff 2021", "x" * 60, "中国邮政", "🚂", "100%_\\'\""])
def test_what_is_about_nobody_is_noted(text: str) -> None:
    count(text)
    count(text)

    assert stored_counts() == [(text, "en", 2)]


def test_counts_are_kept_for_90_days() -> None:
    for days in (0, 89, 90, 400):
        count("gold", day=TODAY - dt.timedelta(days=days))
    count("silver")

    assert [row.day for row in ZeroResultSearch.objects.filter(text="gold").order_by("day")] == [
        TODAY - dt.timedelta(days=89),
        TODAY,
    ]


def test_report_adds_up_the_days() -> None:
    for days, text, language in ((0, "gold", "en"), (3, "gold", "en"), (3, "gold", "zh-hans"), (95, "gold", "en")):
        ZeroResultSearch.objects.create(text=text, language=language, day=TODAY - dt.timedelta(days=days), times=2)

    rows = ZeroResultSearch.objects.by_text(TODAY).order_by("language").values_list("text", "language", "day", "total")

    assert list(rows) == [("gold", "en", TODAY, 4), ("gold", "zh-hans", TODAY - dt.timedelta(days=3), 2)]


def test_a_machine_cannot_fill_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zero_result_search, "MAX_NEW_PER_DAY", 3)
    for text in ("a", "b", "c", "d", "a"):
        count(text)

    assert stored_counts() == [("a", "en", 2), ("b", "en", 1), ("c", "en", 1)]


def test_reader_gets_the_page_when_it_cannot_be_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> None:
        raise Error("read-only")

    monkeypatch.setattr(zero_result_search, "_increment", refuse)

    assert client.get("/search/?q=gold").status_code == 200


def test_report_names_what_can_be_done() -> None:
    count("gold & silver", day=timezone.localdate())

    page = staff.sign_in(role="Editor").get("/admin/search/zeroresultsearch/").content.decode()
    seen = staff.sign_in(role="Viewer").get("/admin/search/zeroresultsearch/").content.decode()

    assert "gold &amp; silver" in page
    assert "gold &amp; silver" in seen
    for address in ("/search/", "/admin/search/synonym/add/", "/admin/search/pinnedresult/add/"):
        assert f'href="{address}?' in page
    assert "/add/" not in seen


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has one writer at a time")
def test_other_writes_wait_as_long_as_before() -> None:
    with connection.cursor() as cursor:
        [before] = cursor.execute("PRAGMA busy_timeout").fetchone()
        count("gold")
        [after] = cursor.execute("PRAGMA busy_timeout").fetchone()

    assert after == before > zero_result_search.LOCK_TIMEOUT_MS
