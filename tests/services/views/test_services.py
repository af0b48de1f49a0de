import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories import news, services

pytestmark = pytest.mark.django_db

PAGE = "/services/"
LATER = timezone.now() + dt.timedelta(days=30)


def test_services_are_listed_in_order_with_organization_and_hotlines(client: Client) -> None:
    post = news.organization("Yunhai Post")
    services.service("Savings", order=2)
    letters = services.service(
        "Letters", order=1, organization=post, summary="Letters and cards.", description="<p>Every <b>day</b>.</p>"
    )
    services.short_code_number(services.hotline("Letters and parcels", service=letters))

    html = client.get(PAGE).text
    assert re.findall(r'<h2 class="section-title" id="([^"]+)-heading"', html) == ["letters", "savings"]
    first = html.split('<section class="service"')[1]
    for part in (
        '<p class="standfirst" dir="auto" lang="en">Letters and cards.</p>',
        f'Run by <a href="{post.get_absolute_url()}" lang="en">Yunhai Post</a>',
        '<div class="prose" dir="auto" lang="en"><p>Every <strong>day</strong>.</p></div>',
        '<h3 dir="auto" lang="en">Letters and parcels</h3>',
        '<a class="phone-number" href="tel:11185">11185</a>',
    ):
        assert part in first


def test_hidden_organizations_and_hotlines_are_not_shown(client: Client) -> None:
    hidden = news.organization("Secret Post", publish_at=LATER)
    service = services.service("Letters", organization=hidden)
    services.short_code_number(services.hotline("Secret", service=service, publish_at=LATER))
    services.planned_hotline("Secret plan", service=service)
    services.retired_hotline("Secret past", service=service)

    page = client.get(PAGE)
    assert page.status_code == 200
    assert [text for text in ("Secret", "tel:", "Run by", 'class="hotline-labels"') if text in page.text] == []


def test_jump_list_is_shown_for_three_or_more_services(client: Client) -> None:
    services.service("Letters")
    services.service("Parcels")
    assert '<ul class="tag-list">' not in client.get(PAGE).text

    services.service("Savings")
    assert '<a href="#savings" lang="en">Savings</a>' in client.get(PAGE).text


def test_empty_page_shows_a_message(client: Client) -> None:
    page = client.get(PAGE)

    assert page.status_code == 200
    assert "There are no services yet." in page.text


def test_chinese_page_shows_chinese_texts_if_there_are_any(client: Client) -> None:
    services.service("Letters", name_zh="函件", summary="Letters and cards.")

    html = client.get(f"/zh-hans{PAGE}").text
    assert 'lang="zh-Hans">函件</h2>' in html
    assert '<p class="standfirst" dir="auto" lang="en">Letters and cards.</p>' in html


def test_json_ld_lists_the_services(client: Client) -> None:
    services.service("Letters", slug="letters", summary="Letters and cards.")

    items, crumbs = client.get(PAGE).context["json_ld_data"]
    assert items["itemListElement"] == [
        {
            "@type": "Service",
            "name": "Letters",
            "description": "Letters and cards.",
            "url": "http://testserver/services/#letters",
        }
    ]
    assert len(crumbs["itemListElement"]) == 1


@pytest.mark.parametrize("number", [1, 50])
def test_page_query_count_is_the_same_for_one_service_and_fifty(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    calendar = services.holiday_calendar(holidays={"2026-10-01": "National Day"})
    for _ in range(number):
        hotline = services.hotline(
            is_on_every_page=True, holiday_calendar=calendar, service=services.service(organization=news.organization())
        )
        services.short_code_number(hotline)
        services.opening_hours(hotline, days="0-4", times="09:00-17:00")
        services.channel(hotline, hours="9-17")

    with django_assert_num_queries(9):
        client.get(PAGE)
