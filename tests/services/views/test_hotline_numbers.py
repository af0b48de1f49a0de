import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import services

pytestmark = pytest.mark.django_db

PAGE = "/services/hotlines/numbers/"


def rows(html: str) -> list[list[str]]:
    """Return the text of each cell of each row of the table."""
    body = html.partition("</thead>")[2].partition("</table>")[0]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("<tr>")[1:]]
    return [[" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in row] for row in cells]


def test_each_row_says_what_to_dial_at_home_and_abroad_when_and_at_which_cost(client: Client) -> None:
    post = services.service("Post", name_zh="邮政")
    letters = services.hotline("Letters", purpose_zh="函件", service=post, languages="Chinese, English", order=1)
    services.short_code_number(letters, cost="Free of charge", cost_zh="免费")
    services.number_from_abroad(letters, as_printed="+86 10 11185")
    services.opening_hours(letters, days="0-4", times="09:00-17:00")
    complaints = services.hotline("Complaints", service=post, order=2)
    services.channel(complaints, kind="email", address="help@post.example", languages="Chinese", cost="Free of charge")
    services.hotline("Parcels", service=post, order=3)

    hours = "Monday to Friday, 9am to 5pm Saturday and Sunday, closed"
    assert rows(client.get(PAGE).text) == [
        ["Post"],
        ["Letters", "11185", "+86 10 11185", hours, "Chinese, English", "Free of charge"],
        ["Complaints", "Email help@post.example", "–", "–", "Email: Chinese", "Email: Free of charge"],
        ["Parcels", "Not known", "–", "–", "–", "–"],
    ]
    chinese = rows(client.get(f"/zh-hans{PAGE}").text)
    assert (chinese[0], chinese[1][0], chinese[1][-1]) == (["邮政"], "函件", "免费")


def test_number_of_everybody_is_in_both_columns(client: Client) -> None:
    services.number_from_abroad(services.hotline("Letters"), scope="anywhere")

    assert rows(client.get(PAGE).text)[1][1:3] == ["+861011185", "+861011185"]


def test_hotline_with_the_name_of_its_service_has_no_heading(client: Client) -> None:
    services.hotline("Letters", service=services.service("Letters"))

    assert rows(client.get(PAGE).text) == [["Letters", "Not known", "–", "–", "–", "–"]]


def test_hidden_planned_and_retired_hotlines_are_left_out(client: Client) -> None:
    services.hotline("Hidden", publish_at=None)
    services.planned_hotline("Planned")
    services.retired_hotline("Retired")

    html = client.get(PAGE).text
    assert rows(html) == []
    assert "There are no hotlines yet." in html


def test_page_is_linked_from_the_hotlines(client: Client) -> None:
    assert f'href="{PAGE}">Print all numbers</a>' in client.get("/services/hotlines/").text


@pytest.mark.parametrize("hotlines", [1, 50])
def test_query_count_is_the_same_for_one_hotline_and_fifty(
    client: Client, hotlines: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    calendar = services.holiday_calendar(holidays={"2026-10-01": "National Day"})
    for _ in range(hotlines):
        hotline = services.hotline(is_on_every_page=True, holiday_calendar=calendar)
        services.short_code_number(hotline)
        services.opening_hours(hotline, days="0-4", times="09:00-17:00")
        services.channel(hotline, hours="9-17")

    with django_assert_num_queries(8):
        client.get(PAGE)
