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


def test_services_stand_in_order_with_what_they_do_who_runs_them_and_whom_to_call(client: Client) -> None:
    post = news.organization("Yunhai Post")
    services.service("Savings", order=2)
    letters = services.service(
        "Letters", order=1, organization=post, summary="Letters and cards.", description="<p>Every <b>day</b>.</p>"
    )
    services.short_code_number(services.hotline("Letters and parcels", service=letters))

    html = client.get(PAGE).text
    assert re.findall(r'<h2 class="sec" id="([^"]+)-h"', html) == ["letters", "savings"]
    first = html.split('<section class="line"')[1]
    for part in (
        '<p class="lead-p" dir="auto" lang="en">Letters and cards.</p>',
        f'Run by <a href="{post.get_absolute_url()}" lang="en">Yunhai Post</a>',
        '<div class="prose" dir="auto" lang="en"><p>Every <strong>day</strong>.</p></div>',
        '<h3 dir="auto" lang="en">Letters and parcels</h3>',
        '<a class="tel" href="tel:11185">11185</a>',
    ):
        assert part in first


def test_hidden_organizations_and_hotlines_are_not_told(client: Client) -> None:
    hidden = news.organization("Secret Post", publish_at=LATER)
    service = services.service("Letters", organization=hidden)
    for fields in ({"publish_at": LATER}, {"status": "planned"}, {"status": "retired"}):
        services.short_code_number(
            services.hotline(f"Secret of {next(iter(fields.values()))}", service=service, **fields)
        )

    page = client.get(PAGE)
    assert page.status_code == 200
    assert [text for text in ("Secret", "tel:", "Run by", 'class="labels"') if text in page.text] == []


def test_jump_list_helps_where_there_are_several_services(client: Client) -> None:
    services.service("Letters")
    services.service("Parcels")
    assert '<ul class="tags">' not in client.get(PAGE).text

    services.service("Savings")
    assert '<a href="#savings" lang="en">Savings</a>' in client.get(PAGE).text


def test_empty_page_says_so(client: Client) -> None:
    page = client.get(PAGE)

    assert page.status_code == 200
    assert "No service has been entered yet." in page.text


def test_chinese_page_speaks_chinese_where_it_can(client: Client) -> None:
    services.service("Letters", name_zh="函件", summary="Letters and cards.")

    html = client.get(f"/zh-hans{PAGE}").text
    assert 'lang="zh-Hans">函件</h2>' in html
    assert '<p class="lead-p" dir="auto" lang="en">Letters and cards.</p>' in html


def test_services_are_told_to_machines(client: Client) -> None:
    services.service("Letters", slug="letters", summary="Letters and cards.")

    items, crumbs = client.get(PAGE).context["structured"]
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
def test_page_takes_the_same_queries_for_one_service_and_for_fifty(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        hotline = services.hotline(is_on_every_page=True, service=services.service(organization=news.organization()))
        services.short_code_number(hotline)
        services.opening_hours(hotline, days="0-4", times="09:00-17:00")

    with django_assert_num_queries(10):
        client.get(PAGE)
