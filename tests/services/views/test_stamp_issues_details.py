import datetime as dt
import re
from decimal import Decimal

import pytest
from django.test import Client

from tests.factories import images, news, services
from tests.services.views.page_content import TODAY, definition_list, get_page

pytestmark = pytest.mark.django_db


def test_every_stamp_has_its_facts(client: Client) -> None:
    issue = services.stamp_issue(year=2026, number=7, stamp_count=2)
    services.stamp(
        issue, position=1, name="Courier Path", name_zh="驿道石桥", denomination=Decimal("1.2"), wns_number="YU018.26",
        print_run=7_200_000, width_mm=Decimal(40), height_mm=Decimal(30), gauge="13",
        description="A runner rests.", image=images.image("A bridge"),
    )  # fmt: skip
    services.stamp(issue, position=2, name="River Ferry", rate_name="Inland letter")

    html = get_page(client, issue)
    first, second = html.split('<ol class="stamp-grid">')[1].split("</ol>")[0].split("<li ")[1:]
    assert definition_list(first, "details-list") == {
        "Face value": "1.20 yuan",
        "Position in the set": "2-1",
        "WNS number": "YU018.26",
        "Print run": "7,200,000",
        "Size": "40 × 30 mm",
        "Perforation": "13",
    }
    assert (
        '<h3>1. <a href="/stamps/2026-7/1/" dir="auto" lang="en">Courier Path</a> <span lang="zh-Hans">驿道石桥</span>'
    ) in first
    assert definition_list(second, "details-list") == {"Face value": "Inland letter", "Position in the set": "2-2"}
    assert "Picture to follow" in second


def test_wns_number_is_shown_as_not_yet_assigned_before_the_date_of_issue(client: Client) -> None:
    coming, out = services.stamp_issue(issued_on=dt.date(2026, 5, 1)), services.stamp_issue(issued_on=TODAY)
    services.stamp(coming)
    services.stamp(out)

    assert definition_list(get_page(client, coming), "details-list")["WNS number"] == "Not yet assigned"
    assert "WNS number" not in definition_list(get_page(client, out), "details-list")


def test_souvenir_sheet_has_no_position_in_the_set(client: Client) -> None:
    issue = services.stamp_issue(stamp_count=2, souvenir_sheet_count=1)
    services.stamp(issue, position=3, is_souvenir_sheet=True)

    assert definition_list(get_page(client, issue), "details-list") == {
        "Face value": "Not known",
        "Format": "Souvenir sheet",
    }


@pytest.mark.parametrize(
    ("count", "stamps", "sheets", "heading"),
    [
        (4, 4, 0, "The four stamps"),
        (1, 1, 0, "The stamp"),
        (None, 2, 0, "The two stamps"),
        (4, 2, 0, "The stamps"),
        (2, 2, 1, "The stamps"),
    ],
)
def test_heading_counts_the_stamps_if_the_set_is_complete(
    client: Client, count: int | None, stamps: int, sheets: int, heading: str
) -> None:
    issue = services.stamp_issue(stamp_count=count)
    for position in range(1, stamps + sheets + 1):
        services.stamp(issue, position=position, is_souvenir_sheet=position > stamps)

    assert f'id="stamps">{heading}</h2>' in get_page(client, issue)


def test_body_where_to_buy_and_products_have_headings(client: Client) -> None:
    issue = services.stamp_issue(
        body="<p>The valley road.</p>", where_to_buy="<p>At all counters.</p>", first_day_places="Yunhai"
    )
    services.product(issue, kind="set", contents="4 stamps", price=Decimal("8.40"), order=1)
    services.product(issue, kind="fdc", order=2)

    html = get_page(client, issue)
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", html.split('<div class="container text-and-aside">')[1])[:2] == [
        "About this issue",
        "Where to buy",
    ]
    assert "<p>The valley road.</p>" in html
    assert '<p>First day postmark: <span dir="auto" lang="en">Yunhai</span></p>' in html
    assert re.findall(
        r'<th scope="row"[^>]*>([^<]+)</th><td[^>]*>([^<]*)</td><td class="numeric">([^<]+)</td>', html
    ) == [
        ("Set", "4 stamps", "8.40"),
        ("First day cover", "", "Not known"),
    ]
    assert "Price, yuan" in html


def test_price_column_is_omitted_if_all_are_unknown(client: Client) -> None:
    issue = services.stamp_issue()
    services.product(issue, kind="fdc", contents="2 covers")

    html = get_page(client, issue)
    assert "2 covers" in html
    assert "Price" not in html


def test_contents_column_is_omitted_if_all_are_blank(client: Client) -> None:
    issue = services.stamp_issue()
    services.product(issue, kind="fdc")

    html = get_page(client, issue)
    assert re.findall(r"<th[^>]*>([^<]+)</th>", html) == ["Product", "First day cover"]


def test_issue_without_text_has_no_empty_headings(client: Client) -> None:
    html = get_page(client, services.stamp_issue())

    assert [text for text in ("About this issue", "Where to buy", "<table", 'class="stamp-grid"') if text in html] == []


def test_technical_details_show_all_known_facts(client: Client) -> None:
    issuer, partner = news.organization("Yunhai Post", name_zh="云海邮政"), news.organization("Qinghe Post")
    issue = services.stamp_issue(
        year=2026, number=7, issued_on=TODAY, issuer=issuer, process="Photogravure", size="40 × 30 mm",
        perforation="13", sheet_composition="20 for layout Ⅰ and 8 for layout Ⅱ", print_run=7_200_000,
        tags=["transport", "postal history"],
    )  # fmt: skip
    issue.partners.add(partner)
    designer = news.person("He", "Lan", name_zh="何岚")
    services.credit(issue, name="He Lan", person=designer, order=1)
    services.credit(issue, name="Ma Ji", order=2)
    services.credit(issue, name="State Works", role="printer", order=3)
    services.catalogue_reference(issue, catalogue="michel", number="1204–1207")

    html = get_page(client, issue)
    details = definition_list(html, "details-list flush")
    details["Themes"] = ", ".join(sorted(details["Themes"].split(", ")))
    assert details == {
        "Issued by": "Yunhai Post",
        "Joint issue with": "Qinghe Post",
        "Designer": "He Lan 何岚, Ma Ji",
        "Printer": "State Works",
        "Printing process": "Photogravure",
        "Stamp size": "40 × 30 mm",
        "Perforation": "13",
        "Sheet composition": "20 for layout Ⅰ and 8 for layout Ⅱ",
        "Print run": "7,200,000 sets",
        "Michel": "1204–1207",
        "Themes": "postal history, transport",
        "Programme": "2026",
    }
    for url in (designer.get_absolute_url(), issuer.get_absolute_url(), partner.get_absolute_url()):
        assert f'href="{url}"' in html
    assert 'href="/stamps/themes/?theme=postal-history"' in html
