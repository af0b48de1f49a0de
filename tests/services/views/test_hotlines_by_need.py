import datetime as dt
import re

import pytest
from django.test import Client

from tests.factories import services
from tests.services.views.page_content import NOW
from tests.services.views.test_hotlines import PAGE

pytestmark = pytest.mark.django_db


def test_needs_lead_to_the_hotlines_in_alphabetical_order(client: Client) -> None:
    hotline = services.hotline("Savings", slug="savings", needs="Stolen card\n<b>Bank</b>", needs_zh="银行卡丢失")
    services.short_code_number(hotline, short_code="95580")
    services.hotline("Letters", slug="letters", needs="Post a letter")
    services.hotline("Coming", needs="Hidden need", publish_at=NOW + dt.timedelta(days=1))
    services.planned_hotline(needs="Planned need")

    def needs(url: str) -> list[str]:
        index = client.get(url).text.split('class="needs"')[1].partition("</ul>")[0]
        return [" ".join(re.sub("<[^>]+>", "", item).split()) for item in index.split("<li>")[1:]]

    assert needs(PAGE) == ["&lt;b&gt;Bank&lt;/b&gt; 95580", "Post a letter", "Stolen card 95580"]
    assert sorted(needs(f"/zh-hans{PAGE}")) == ["Post a letter", "银行卡丢失 95580"]
    html = client.get(f"/zh-hans{PAGE}").text
    assert '<a href="#savings" dir="auto" lang="zh-Hans">' in html
    assert '<a href="#letters" dir="auto" lang="en">' in html
    assert 'id="savings"' in html


def test_page_without_needs_has_no_index(client: Client) -> None:
    services.hotline()

    assert 'class="needs"' not in client.get(PAGE).text


def test_hotlines_are_grouped_by_service_in_its_order(client: Client) -> None:
    letters, savings = services.service("Letters & co", order=2), services.service("Savings", order=1)
    for purpose, service in (("Parcels", letters), ("Cards", savings), ("Postcards", letters)):
        services.hotline(purpose, service=service)

    html = client.get(PAGE).text
    headings = re.findall(r"<h([23])[^>]*>\s*(.*?)\s*</h", html.partition("<footer")[0])
    assert headings == [
        ("2", "Savings"),
        ("3", "Cards"),
        ("2", "Letters &amp; co"),
        ("3", "Parcels"),
        ("3", "Postcards"),
    ]
