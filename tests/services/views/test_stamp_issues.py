import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from services.models import StampIssue
from tests.factories import images, news, services
from tests.services.views.page_content import TODAY, definition_list, get_page

pytestmark = pytest.mark.django_db


def test_cover_shows_type_number_titles_and_set(client: Client) -> None:
    issue = services.stamp_issue(
        "Mail Roads", title_zh="高原邮路", kind="special", year=2026, number=7, issued_on=TODAY, stamp_count=4,
        face_value=Decimal("8.4"), sale_until=dt.date(2026, 9, 20), standfirst="Four ways.",
    )  # fmt: skip

    html = get_page(client, issue)
    assert "<title>Mail Roads, stamp issue 2026-7 - PostPortal</title>" in html
    assert (
        '<p class="kicker">Special issue 2026-7</p><h1 id="page-heading" dir="auto" lang="en">Mail Roads</h1>' in html
    )
    assert '<p class="other-script" lang="zh-Hans">高原邮路</p>' in html
    assert definition_list(html, "key-facts") == {
        "First day of issue": "20 March 2026",
        "Stamps in the set": "4",
        "Set price": "8.40 yuan",
        "On sale until": "20 September 2026",
        "Status": "On sale",
    }


def test_set_with_a_souvenir_sheet_is_shown_in_figures_and_words(client: Client) -> None:
    issue = services.stamp_issue(stamp_count=2, souvenir_sheet_count=1)

    assert (
        definition_list(get_page(client, issue), "key-facts")["Stamps in the set"]
        == "2+1: two stamps and a souvenir sheet"
    )


def test_set_with_only_a_souvenir_sheet_is_shown_in_words(client: Client) -> None:
    issue = services.stamp_issue(stamp_count=0, souvenir_sheet_count=1)

    assert definition_list(get_page(client, issue), "key-facts")["Stamps in the set"] == "A souvenir sheet"


def test_unknown_facts_are_shown_as_not_known_and_never_0(client: Client) -> None:
    issue = services.stamp_issue("Gengyin Year", issued_on=None)

    html = get_page(client, issue)
    assert definition_list(html, "key-facts") == {
        "First day of issue": "Not known",
        "Stamps in the set": "Not known",
        "Set price": "Not known",
    }
    assert definition_list(html, "details-list flush") == {"Programme": "Year not known"}
    assert "Picture to follow" in html
    assert re.findall(r">0(\.0+)?( yuan)?<", html) == []


def test_set_price_is_the_price_of_the_set_product(client: Client) -> None:
    issue = services.stamp_issue(face_value=Decimal("8.40"))
    services.product(issue, kind="set", price=Decimal("9.00"))

    html = get_page(client, issue)
    assert definition_list(html, "key-facts")["Set price"] == "9.00 yuan"
    assert definition_list(html, "details-list flush")["Face value"] == "8.40 yuan"


@pytest.mark.parametrize(
    ("fields", "stage"),
    [
        ({"issued_on": dt.date(2026, 3, 21)}, "Announced"),
        ({"issued_on": dt.date(2026, 3, 21), "designs_shown_on": TODAY}, "Designs revealed"),
        ({"issued_on": TODAY}, "Issued"),
        ({"issued_on": dt.date(2026, 3, 1), "sale_until": dt.date(2026, 3, 19)}, "No longer on sale"),
    ],
)
def test_page_shows_the_sale_status_of_the_day(client: Client, fields: dict[str, Any], stage: str) -> None:
    assert definition_list(get_page(client, services.stamp_issue(**fields)), "key-facts")["Status"] == stage


def test_cancelled_issue_shows_a_notice_and_no_sale_status(client: Client) -> None:
    html = get_page(client, services.stamp_issue(issued_on=dt.date(2026, 5, 1), is_cancelled=True))

    assert "This issue has been cancelled." in html
    assert "Status" not in definition_list(html, "key-facts")


def test_cover_shows_up_to_four_stamps_linked_to_their_facts(client: Client) -> None:
    issue = services.stamp_issue(stamp_count=5)
    for position in (3, 1, 5, 2, 4):
        services.stamp(issue, position=position, image=images.image(f"Design {position}"))

    front = get_page(client, issue).split('<div class="se-tenant">')[1].split("</header>")[0]
    assert re.findall(r'<a class="perforation" href="#s(\d)">', front) == ["1", "2", "3", "4"]
    assert re.findall(r'alt="([^"]*)"', front) == [f"Stamp {n}: Courier {n}" for n in (1, 2, 3, 4)]
    assert 'class="stamp sheet sheet-of-4"' in front
    assert front.count('fetchpriority="high"') == 1


def test_cover_shows_the_lead_picture_if_no_stamp_has_one(client: Client) -> None:
    picture = images.image("An album", credit="Illustration: the portal")
    issue = services.stamp_issue(lead_image=picture)
    services.stamp(issue)

    front = get_page(client, issue).split('<div class="se-tenant">')[1].split("</header>")[0]
    assert picture.file.url in front
    assert "Illustration: the portal" in front


def test_issue_with_a_date_has_a_first_day_postmark(client: Client) -> None:
    dated, undated = services.stamp_issue(issued_on=TODAY), services.stamp_issue(issued_on=None)

    assert "FIRST DAY OF ISSUE" in get_page(client, dated)
    assert "FIRST DAY OF ISSUE" not in get_page(client, undated)


def test_page_links_years_and_neighbours(client: Client) -> None:
    for year in range(2016, 2024):
        services.stamp_issue(f"Of {year}", issued_on=None, year=year, number=1)
    issue = StampIssue.objects.get(year=2019)

    html = get_page(client, issue)
    years = html.split('<p class="years">')[1]
    assert re.findall(r'href="/stamps/(\d+)/"', years)[:5] == ["2021", "2020", "2019", "2018", "2017"]
    assert '<a href="/stamps/2019/" aria-current="true">' in years
    assert "All years since 2016" in years
    assert (
        '<a rel="prev" href="/stamps/2018-1/"><span>Previous issue, 2018-1</span> <bdi lang="en">Of 2018</bdi></a>'
    ) in html
    assert (
        '<a rel="next" href="/stamps/2020-1/"><span>Next issue, 2020-1</span> <bdi lang="en">Of 2020</bdi></a>' in html
    )


def test_only_issue_has_no_neighbours(client: Client) -> None:
    assert 'class="previous-next"' not in get_page(client, services.stamp_issue())


def test_very_long_title_has_smaller_type(client: Client) -> None:
    long = services.stamp_issue("Interdepartmental " * 5)
    short = services.stamp_issue("Geese")

    assert ['class="page-title"' in get_page(client, issue) for issue in (long, short)] == [True, False]


def test_page_has_meta_tags_and_json_ld(client: Client) -> None:
    picture = images.image("A bridge")
    issue = services.stamp_issue(
        "Mail Roads", title_zh="高原邮路", year=2026, number=7, issued_on=TODAY, standfirst="Four ways.", tags=["roads"]
    )
    services.stamp(issue, name="Courier Path", wns_number="YU018.26", image=picture)
    services.credit(issue, name="He Lan", person=news.person("He", "Lan", slug="he-lan"), order=1)
    services.credit(issue, name="Wen Hao", role="editor", order=2)
    services.credit(issue, name="State Works", role="printer", order=3)

    page = client.get(issue.get_absolute_url())
    image = f"http://testserver{picture.open_graph_source.url}"
    for tag in (
        '<meta property="og:title" content="Mail Roads, stamp issue 2026-7">',
        '<meta property="og:description" content="Four ways. Stamp issue 2026-7, 20 March 2026. Designs, face values,',
        f'<meta property="og:image" content="{image}">',
        '<link rel="canonical" href="http://testserver/stamps/2026-7/">',
        'hreflang="zh-Hans" href="http://testserver/zh-hans/stamps/2026-7/">',
    ):
        assert tag in page.text
    facts, crumbs = page.context["json_ld_data"]
    stamp = facts.pop("hasPart")[0]
    assert {key: value for key, value in facts.items() if value} == {
        "@context": "https://schema.org",
        "@type": "Collection",
        "name": "Mail Roads",
        "alternateName": "高原邮路",
        "identifier": "2026-7",
        "url": "http://testserver/stamps/2026-7/",
        "description": "Four ways.",
        "datePublished": "2026-03-20",
        "image": image,
        "keywords": ["roads"],
        "creator": [{"@type": "Person", "name": "He Lan", "url": "http://testserver/people/he-lan/"}],
        "editor": [{"@type": "Person", "name": "Wen Hao", "url": None}],
        "producer": [{"@type": "Organization", "name": "State Works", "url": None}],
    }
    assert (stamp["@type"], stamp["name"], stamp["identifier"]) == ("CreativeWork", "Courier Path", "YU018.26")
    assert [step["name"] for step in crumbs["itemListElement"]] == ["Home", "Stamps", "2026"]


def test_chinese_page_shows_the_chinese_titles_first(client: Client) -> None:
    issue = services.stamp_issue("Mail Roads", title_zh="高原邮路", year=2026, number=7)
    services.stamp(issue, name="Night Mail", name_zh="夜行邮车")

    html = client.get("/zh-hans/stamps/2026-7/").text
    assert (
        '<h1 id="page-heading" dir="auto" lang="zh-Hans">高原邮路</h1><p class="other-script" lang="en">Mail Roads</p>'
        in html
    )
    assert 'lang="zh-Hans">夜行邮车</a> <span lang="en">Night Mail</span>' in html


@pytest.mark.parametrize("size", [1, 50])
def test_issue_query_count_is_the_same_for_one_stamp_and_fifty(
    client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    services.short_code_number(services.hotline(is_on_every_page=True))
    picture = images.image()
    issue = services.stamp_issue(issuer=news.organization(), tags=[f"Theme {n}" for n in range(size)])
    issue.partners.add(*(news.organization() for _ in range(size)))
    for n in range(1, size + 1):
        services.stamp(issue, position=n, image=picture)
        services.partner_stamp(issue, image=picture)
        services.product(issue, kind="other", name=f"Sheet {n}")
        services.credit(issue, name=f"Designer {n}", person=news.person())
        services.catalogue_reference(issue, number=str(n))
        services.stamp_issue()
    client.get(issue.get_absolute_url())

    # Five of them for the header and footer.
    with django_assert_num_queries(14):
        client.get(issue.get_absolute_url())
