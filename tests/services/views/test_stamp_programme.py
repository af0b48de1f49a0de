import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from postportal.publishing.models import State
from services.models import StampIssue
from tests.factories import images, services
from tests.services.views.page_content import NOW, TODAY, programme_titles

pytestmark = pytest.mark.django_db


def test_programme_opens_with_this_year(client: Client) -> None:
    services.stamp_issue("Geese", issued_on=dt.date(2018, 8, 17))
    services.stamp_issue("Mail roads", issued_on=TODAY)
    services.stamp_issue("Dragon boats", issued_on=dt.date(2027, 6, 9))

    page = client.get("/stamps/")
    assert (page.status_code, page.context["year"]) == (200, 2026)
    assert programme_titles(client, "/stamps/") == ["Mail roads"]


def test_programme_opens_with_the_newest_year_if_this_year_has_no_issues(client: Client) -> None:
    services.stamp_issue("Geese", issued_on=dt.date(2018, 8, 17))
    services.stamp_issue("Bridges", issued_on=dt.date(2016, 8, 17))

    assert client.get("/stamps/").context["year"] == 2018


def test_programme_without_issues_shows_a_message(client: Client) -> None:
    page = client.get("/stamps/")

    assert (page.status_code, page.context["year"]) == (200, 2026)
    assert "There are no known stamp issues for 2026." in page.text
    assert "No stamp issues have been published yet." in page.text


def test_issues_are_ordered_by_date(client: Client) -> None:
    services.stamp_issue("May", issued_on=dt.date(2026, 5, 18))
    services.stamp_issue("Undated", issued_on=None, year=2026)
    services.stamp_issue("March", issued_on=TODAY)
    services.stamp_issue("Other year", issued_on=dt.date(2025, 3, 20))

    assert programme_titles(client, "/stamps/2026/") == ["March", "May", "Undated"]


def test_one_issue_is_counted_as_one(client: Client) -> None:
    services.stamp_issue(issued_on=TODAY)

    assert '<p class="meta">1 issue</p>' in client.get("/stamps/2026/").text


def test_row_shows_the_known_facts_of_the_issue(client: Client) -> None:
    services.stamp_issue(
        "Mail roads", title_zh="高原邮路", kind="special", year=2026, number=7, issued_on=TODAY, stamp_count=2,
        souvenir_sheet_count=1, face_value="8.40", standfirst="A bridge and a boat.", sale_until=dt.date(2026, 9, 20),
    )  # fmt: skip

    html = client.get("/stamps/2026/").text
    for text in (
        '<time class="date-stamp" datetime="2026-03-20"><b>20</b> Mar <span class="visually-hidden">2026</span></time>',
        '<p class="kicker">Special issue 2026-7</p>',
        '<h3><a href="/stamps/2026-7/"><span dir="auto" lang="en">Mail roads</span></a> <span lang="zh-Hans">高原邮路',
        "A bridge and a boat.",
        "<span>Two stamps and a souvenir sheet</span> <span>8.40 yuan</span> <span>On sale</span>",
    ):
        assert text in html


def test_row_with_few_known_facts_shows_no_zero(client: Client) -> None:
    services.stamp_issue("Gengyin", issued_on=None, year=2010)

    html = client.get("/stamps/2010/").text
    assert "<span>Date of issue not known</span> <span>Issued</span></p>" in html
    assert '<li class="no-picture"><span class="date-stamp" aria-hidden="true"><b>?</b></span>' in html


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        ({"issued_on": TODAY}, ""),
        ({"issued_on": dt.date(2026, 3, 21)}, "Upcoming"),
        ({"issued_on": None, "year": 2026}, "Upcoming"),
        ({"issued_on": dt.date(2026, 3, 21), "is_cancelled": True}, "Cancelled"),
        ({"issued_on": TODAY, "is_cancelled": True}, "Cancelled"),
    ],
)
def test_upcoming_and_cancelled_issues_are_marked(client: Client, fields: dict[str, Any], mark: str) -> None:
    services.stamp_issue(**fields)

    html = client.get("/stamps/2026/").text
    assert [name for name in ("Upcoming", "Cancelled") if f'<span class="chip">{name}</span>' in html] == (
        [mark] if mark else []
    )


def test_issue_stops_being_upcoming_at_midnight_in_the_time_zone_of_the_site(client: Client) -> None:
    services.stamp_issue(issued_on=dt.date(2026, 3, 21))
    midnight_in_shanghai = dt.datetime(2026, 3, 20, 16, tzinfo=dt.UTC)

    with time_machine.travel(midnight_in_shanghai - dt.timedelta(seconds=1), tick=False):
        assert '<span class="chip">Upcoming</span>' in client.get("/stamps/2026/").text
    with time_machine.travel(midnight_in_shanghai, tick=False):
        assert '<span class="chip">' not in client.get("/stamps/2026/").text


def test_row_shows_the_picture_of_the_issue_else_of_its_first_stamp(client: Client) -> None:
    own, first = images.image("Own"), images.image("First")
    services.stamp(services.stamp_issue("A", issued_on=TODAY, lead_image=own), image=first)
    other = services.stamp_issue("B", issued_on=TODAY)
    services.stamp(other, position=1)
    services.stamp(other, position=3, image=own)
    services.stamp(other, position=2, image=first)

    rows = client.get("/stamps/2026/").text.split("<li")[1:]
    pictures = [row for row in rows if '<span class="perforation small">' in row]
    assert [own.file.url in pictures[0], first.file.url in pictures[1]] == [True, True]


def test_years_are_listed_with_counts_and_neighbours(client: Client) -> None:
    for year in (2016, 2026, 2026, 2027):
        services.stamp_issue(issued_on=dt.date(year, 1, 5))
    services.stamp_issue(issued_on=None)

    page = client.get("/stamps/2026/")
    assert page.context["year_counts"] == [(2027, 1), (2026, 2), (2016, 1)]
    assert (page.context["previous_year"], page.context["next_year"], page.context["unknown_year_count"]) == (
        2016,
        2027,
        1,
    )
    for link in (
        '<a href="/stamps/2026/" aria-current="true">',
        '<a href="/stamps/year-not-known/">Year not known',
        '<a rel="prev" href="/stamps/2016/"><span>Previous year</span>2016</a>',
        '<a rel="next" href="/stamps/2027/"><span>Next year</span>2027</a>',
    ):
        assert link in page.text


def test_issues_of_an_unknown_year_have_a_page(client: Client) -> None:
    services.stamp_issue("Gengyin", issued_on=None)
    services.stamp_issue("Mail roads", issued_on=TODAY)

    page = client.get("/stamps/year-not-known/")
    assert programme_titles(client, "/stamps/year-not-known/") == ["Gengyin"]
    assert "<title>Stamp issues without a known year - PostPortal</title>" in page.text
    assert (page.context["previous_year"], page.context["next_year"]) == (None, None)


def test_page_of_unknown_years_says_when_there_are_none(client: Client) -> None:
    page = client.get("/stamps/year-not-known/")

    assert page.status_code == 200
    assert "Every issue has a known year." in page.text


@pytest.mark.parametrize(
    ("year", "status"),
    [(2015, 404), (2016, 200), (2020, 200), (2026, 200), (2027, 200), (2028, 404), (1000, 404), (2999, 404)],
)
def test_year_without_issues_has_a_page_between_the_first_issue_and_next_year(
    client: Client, year: int, status: int
) -> None:
    services.stamp_issue(issued_on=dt.date(2016, 3, 20))

    assert client.get(f"/stamps/{year}/").status_code == status


@pytest.mark.parametrize("url", ["/stamps/0000/", "/stamps/3000/", "/stamps/99999/", "/stamps/20x6/", "/stamps/-/"])
def test_invalid_year_is_not_found(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": State.DRAFT},
        {"state": State.UNPUBLISHED, "withdrawal_reason": "Recalled"},
        {"publish_at": NOW + dt.timedelta(seconds=1)},
        {"expire_at": NOW},
    ],
)
def test_hidden_issue_is_nowhere_in_the_programme(client: Client, hidden: dict[str, Any]) -> None:
    services.stamp_issue("Known", issued_on=dt.date(2026, 1, 5))
    services.stamp_issue("Secret", issued_on=TODAY, kind="special", tags=["Ballooning"], **hidden)
    services.stamp_issue("Secret of another year", issued_on=dt.date(2024, 1, 5), **hidden)
    services.stamp_issue("Secret of no year", issued_on=None, **hidden)

    page = client.get("/stamps/")
    assert programme_titles(client, "/stamps/") == ["Known"]
    assert page.context["year_counts"] == [(2026, 1)]
    assert [text for text in ("Secret", "Ballooning", "2024", "Special", "Year not known") if text in page.text] == []
    assert client.get("/stamps/2024/").status_code == 404


def test_issue_is_public_in_its_second(client: Client) -> None:
    services.stamp_issue("Mail roads", issued_on=TODAY, publish_at=NOW + dt.timedelta(seconds=1))
    assert programme_titles(client, "/stamps/2026/") == []

    with time_machine.travel(NOW + dt.timedelta(seconds=1), tick=False):
        assert programme_titles(client, "/stamps/2026/") == ["Mail roads"]


def test_chinese_programme_shows_chinese_titles_first(client: Client) -> None:
    services.stamp_issue("Mail roads", title_zh="高原邮路", issued_on=TODAY)
    services.stamp_issue("Geese", issued_on=TODAY)

    html = client.get("/zh-hans/stamps/2026/").text
    assert '<span dir="auto" lang="zh-Hans">高原邮路</span></a> <span lang="en">Mail roads</span>' in html
    assert '<span dir="auto" lang="en">Geese</span></a></h3>' in html
    assert 'href="/zh-hans/stamps/' in html


def test_programme_links_its_feeds(client: Client) -> None:
    services.stamp_issue(issued_on=TODAY)

    html = client.get("/stamps/2026/").text
    for url in ("/feeds/stamps.atom", "/feeds/stamps.rss", "/feeds/stamps/2026.atom", "/feeds/stamps/2026.rss"):
        assert f'href="{url}"' in html


def test_year_without_issues_has_no_feed_to_follow(client: Client) -> None:
    services.stamp_issue(issued_on=dt.date(2016, 3, 20))

    assert "/feeds/stamps/" not in client.get("/stamps/2020/").text


def test_programme_json_ld_lists_its_issues(client: Client) -> None:
    services.stamp_issue("Mail roads", year=2026, number=7, issued_on=TODAY)

    items, crumbs = client.get("/stamps/2026/").context["json_ld_data"]
    assert items["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Mail roads", "url": "http://testserver/stamps/2026-7/"}
    ]
    assert crumbs["@type"] == "BreadcrumbList"


def fill(issues: int) -> None:
    services.short_code_number(services.hotline(is_on_every_page=True))
    picture = images.image()
    for n in range(issues):
        own = {"lead_image": picture} if n % 2 else {}
        issue = services.stamp_issue(issued_on=TODAY, kind="special", tags=[f"Theme {n}"], **own)
        services.stamp(issue, image=picture)


@pytest.mark.parametrize("issues", [1, 50])
def test_programme_query_count_is_the_same_for_one_issue_and_fifty(
    client: Client, issues: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(issues)
    client.get("/stamps/2026/?theme=theme-0&type=special")

    with django_assert_num_queries(9):
        client.get("/stamps/2026/")
    # One looks for a former slug of the theme.
    with django_assert_num_queries(10):
        client.get("/stamps/2026/?theme=theme-0&type=special")


def test_dates_are_written_in_the_language_of_the_page(client: Client) -> None:
    issue = services.stamp_issue(issued_on=TODAY)

    assert date_format(TODAY) in client.get(issue.get_absolute_url()).text
    assert "2026年3月20日" in client.get(f"/zh-hans{issue.get_absolute_url()}").text
    assert StampIssue.objects.count() == 1


def test_next_issues_of_all_years_come_first(client: Client) -> None:
    for year, title in ((2026, "Late this year"), (2027, "Next year")):
        services.stamp_issue(title, issued_on=dt.date(year, 12, 1))
    services.stamp_issue("Cancelled", issued_on=dt.date(2027, 12, 1), is_cancelled=True)
    services.stamp_issue("Past", issued_on=dt.date(2026, 1, 1))

    upcoming = client.get("/stamps/").context["upcoming_issues"]

    assert [issue.title for issue in upcoming] == ["Late this year", "Next year"]
    assert client.get("/stamps/?type=special").context["upcoming_issues"] == []
    assert client.get("/stamps/2026/").context["upcoming_issues"] == []


def test_issues_of_this_month_or_year_without_a_day_are_upcoming_while_it_lasts(client: Client) -> None:
    first_of_year = dt.date(TODAY.year, 1, 1)
    for number, title in ((-1, "Last month"), (0, "This month"), (1, "Next month")):
        month = first_of_year.replace(month=TODAY.month + number)
        services.stamp_issue(title, issued_on=month, issued_precision="month")
    for year in (TODAY.year - 1, TODAY.year):
        services.stamp_issue(f"In {year}", issued_on=dt.date(year, 1, 1), issued_precision="year")

    for url in ("/stamps/", "/"):
        issues = client.get(url).context["upcoming_issues"]
        assert [issue.title for issue in issues] == [f"In {TODAY.year}", "This month", "Next month"]
        assert all(issue.is_upcoming(TODAY) for issue in issues)
