import datetime as dt
import re
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from services.models import Stamp, StampIssue
from tests.factories import images, services

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 20)


def make_issue(**fields: object) -> StampIssue:
    return services.stamp_issue("Mail Roads", **{"year": 2026, "number": 7, "issued_on": DAY, **fields})


def test_stamp_has_a_page_with_its_facts_issue_and_themes(client: Client) -> None:
    issue = make_issue(stamp_count=4, kind="special", tags=["transport"])
    picture = images.image("A stone bridge", credit="Illustration: the portal")
    services.stamp(
        issue, name="Courier Path", name_zh="驿道石桥", denomination=Decimal("1.20"), image=picture,
        description="A runner rests.",
    )  # fmt: skip

    html = client.get("/stamps/2026-7/1/").text
    for part in (
        "<title>Courier Path, Mail Roads 2026-7 - PostPortal</title>",
        '<a href="/stamps/2026-7/">Special issue 2026-7</a>',
        '<h1 id="page-heading" dir="auto" lang="en">Courier Path</h1>',
        '<p class="other-script" lang="zh-Hans">驿道石桥</p>',
        '<p class="standfirst space-above" dir="auto" lang="en">A runner rests.</p>',
        "<dt>Face value</dt><dd>1.20 yuan</dd>",
        "<dt>Position in the set</dt><dd>4-1</dd>",
        'href="/stamps/themes/?theme=transport"',
        'alt="A stone bridge" fetchpriority="high"',
        "Illustration: the portal",
    ):
        assert part in html


def test_stamp_shows_its_place_in_the_set(client: Client) -> None:
    issue = make_issue()
    for position in (4, 1, 2):
        services.stamp(issue, position=position, name=f"Design {position}")

    html = client.get("/stamps/2026-7/2/").text
    places = html.split('<ol class="stamp-set">')[1].split("</ol>")[0]
    assert re.findall(r'href="/stamps/2026-7/(\d)/"( aria-current="page")?', places) == [
        ("1", ""),
        ("2", ' aria-current="page"'),
        ("4", ""),
    ]
    assert (
        '<a rel="prev" href="/stamps/2026-7/1/"><span>Previous stamp</span> <bdi lang="en">Design 1</bdi></a>' in html
    )
    assert '<a rel="next" href="/stamps/2026-7/4/"><span>Next stamp</span> <bdi lang="en">Design 4</bdi></a>' in html


def test_only_stamp_of_an_issue_has_no_neighbours(client: Client) -> None:
    services.stamp(make_issue())

    html = client.get("/stamps/2026-7/1/").text
    assert [part for part in ("In the same set", 'class="previous-next"') if part in html] == []
    assert "Picture to follow" in html


@pytest.mark.parametrize("position", ["0", "2", "99999999999999999999", "-1", "one", "1.0"])
def test_unknown_position_is_not_found(client: Client, position: str) -> None:
    services.stamp(make_issue())

    assert client.get(f"/stamps/2026-7/{position}/").status_code == 404


def test_stamp_of_an_unknown_issue_is_not_found(client: Client) -> None:
    assert client.get("/stamps/2026-7/1/").status_code == 404


def test_unknown_date_of_issue_is_shown_as_not_known(client: Client) -> None:
    services.stamp(make_issue(issued_on=None))

    assert "<dt>First day of issue</dt><dd>Not known</dd>" in client.get("/stamps/2026-7/1/").text


def test_stamp_has_json_ld(client: Client) -> None:
    stamp = services.stamp(make_issue(), name="Courier Path", wns_number="YU018.26", image=images.image())

    facts, crumbs = client.get(stamp.get_absolute_url()).context["json_ld_data"]
    assert {key: value for key, value in facts.items() if value} == {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "additionalType": "https://www.wikidata.org/wiki/Q37930",
        "name": "Courier Path",
        "identifier": "YU018.26",
        "position": 1,
        "url": "http://testserver/stamps/2026-7/1/",
        "image": f"http://testserver{stamp.image.open_graph_source.url}",
        "datePublished": "2026-03-20",
        "isPartOf": {
            "@type": "Collection",
            "name": "Mail Roads",
            "identifier": "2026-7",
            "url": "http://testserver/stamps/2026-7/",
        },
    }
    assert [step["name"] for step in crumbs["itemListElement"]] == ["Home", "Stamps", "2026", "Mail Roads"]


@pytest.mark.parametrize("stamps", [1, 50])
def test_stamp_query_count_is_the_same_in_a_set_of_one_and_fifty(
    client: Client, stamps: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    services.short_code_number(services.hotline(is_on_every_page=True))
    issue, picture = make_issue(tags=["transport"]), images.image()
    for position in range(1, stamps + 1):
        services.stamp(issue, position=position, image=picture)
    client.get("/stamps/2026-7/1/")

    with django_assert_num_queries(9):
        client.get("/stamps/2026-7/1/")
    assert Stamp.objects.count() == stamps
