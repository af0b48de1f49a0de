"""List of organizations, and page of an organization."""

import datetime as dt
import json
import re
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from news.models import FormerParent, Organization, OrganizationName, Succession
from tests.factories import images, news, services

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
SOON = NOW + dt.timedelta(hours=1)
PAGE = "/organizations/yunhai-post/"


def names(client: Client, **query: str) -> list[str]:
    return [row.name for row in client.get("/organizations/", query).context["organizations"]]


def succession(before: Organization, after: Organization, *, kind: str, **fields: object) -> None:
    Succession.objects.create(predecessor=before, successor=after, kind=kind, **fields)


def test_list_is_grouped_by_kind(client: Client) -> None:
    for name, kind in (
        ("Museum", "culture"),
        ("Beta Post", "operator"),
        ("Alpha Post", "operator"),
        ("UPU", "international"),
    ):
        news.organization(name, kind=kind)
    page = client.get("/organizations/")

    found = [(kind, [row.name for row in rows]) for kind, rows in page.context["organizations_by_kind"]]
    assert found == [
        ("Postal operator", ["Alpha Post", "Beta Post"]),
        ("International body", ["UPU"]),
        ("Museum or society", ["Museum"]),
    ]
    assert [(value, count) for value, _, count in page.context["kind_counts"]] == [
        ("operator", 2),
        ("international", 1),
        ("culture", 1),
    ]
    assert '<h1>Organizations <span class="count">4 organizations</span></h1>' in page.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "operator"}, ["Yunhai Post"]),
        ({"kind": "no-such"}, ["Yunhai Post", "Universal Postal Union"]),
        ({"q": "post"}, ["Yunhai Post", "Universal Postal Union"]),
        ({"q": "upu"}, ["Universal Postal Union"]),
        ({"q": "云海"}, ["Yunhai Post"]),
        ({"q": "weltpostverein"}, ["Universal Postal Union"]),
        ({"q": "post", "kind": "operator"}, ["Yunhai Post"]),
        ({"q": "nothing"}, []),
        ({"q": "\x01\x02"}, ["Yunhai Post", "Universal Postal Union"]),
    ],
)
def test_list_is_filtered_by_name_and_kind(client: Client, query: dict[str, str], expected: list[str]) -> None:
    news.organization("Yunhai Post", kind="operator", name_zh="云海邮政")
    union = news.organization("Universal Postal Union", kind="international", abbreviation="UPU")
    OrganizationName.objects.create(organization=union, name="Weltpostverein")

    assert names(client, **query) == expected


def test_empty_list_and_unknown_name_say_so(client: Client) -> None:
    assert "There are no organizations yet." in client.get("/organizations/").text
    assert "No organizations match this name." in client.get("/organizations/?q=zzz").text


def test_query_count_is_the_same_for_one_and_fifty_organizations(client: Client, queries: Callable[[str], int]) -> None:
    news.organization(logo=images.image())
    one = queries("/organizations/")
    for _ in range(49):
        news.organization(logo=images.image())

    assert (one, queries("/organizations/")) == (6, 6)


def test_hidden_organization_is_on_no_page(client: Client, clock: time_machine.Traveller) -> None:
    post = news.organization("Yunhai Post")
    hidden = news.organization("Hidden Post", parent=post, publish_at=SOON)
    succession(hidden, post, kind="renamed")
    news.appointment(position=news.position("Clerk", organization=hidden), person=news.person("Zhou", "Mei"))
    before = [client.get(url).text for url in ("/organizations/", PAGE, "/people/", "/people/zhou-mei/")]
    status = client.get("/organizations/hidden-post/").status_code
    clock.move_to(SOON)

    assert ([("Hidden" in html or "Clerk" in html) for html in before], status) == ([False] * 4, 404)
    assert client.get("/organizations/hidden-post/").status_code == 200
    assert "Hidden Post" in client.get(PAGE).text


def test_page_shows_all_fields(client: Client) -> None:
    ministry = news.organization("Ministry of Post")
    post = news.organization(
        "Yunhai Post",
        name_zh="云海邮政",
        abbreviation="YP",
        kind="operator",
        parent=ministry,
        founded_on=dt.date(1878, 1, 1),
        founded_precision="year",
        website="https://post.example/",
        description="<p>Carries letters.</p>",
    )
    OrganizationName.objects.create(organization=post, name="Imperial Post", kind="former")
    news.organization("Rail Mail", parent=post)
    html = client.get(PAGE).text

    for text in (
        '<p class="kicker">Postal operator</p>',
        '<h1 dir="auto">Yunhai Post</h1>',
        '<p class="other-script" lang="zh-Hans">云海邮政</p>',
        "<dd>YP</dd>",
        '<span dir="auto">Imperial Post</span> (former name)',
        '<dt>Part of</dt><dd><a href="/organizations/ministry-of-post/">Ministry of Post</a></dd>',
        "<dt>Founded</dt><dd>1878</dd>",
        '<a href="https://post.example/" rel="noopener">',
        "<p>Carries letters.</p>",
        '<li><a href="/organizations/rail-mail/">Rail Mail</a></li>',
    ):
        assert text in html


@pytest.mark.parametrize(
    ("language", "note", "label"),
    [
        ("", "(former name, until 3 May 2020)", "until 3 May 2020"),
        ("/zh-hans", "(曾用名, 至2020年5月3日)", "至2020年5月3日"),
    ],
)
def test_date_after_a_former_name_says_that_it_is_the_last(
    client: Client, language: str, note: str, label: str
) -> None:
    post, day = news.organization("Yunhai Post"), dt.date(2020, 5, 3)
    OrganizationName.objects.create(organization=post, name="Imperial Post", kind="former", until_on=day)
    succession(news.organization("Old Post"), post, kind="renamed", happened_on=day)

    page = client.get(f"{language}{PAGE}")

    [(_change, _other, when)] = page.context["successions"]
    assert when == label
    assert note in " ".join(page.text.split())


def test_page_shows_predecessors_and_successors(client: Client) -> None:
    post = news.organization("Yunhai Post")
    on = {"happened_on": dt.date(1998, 5, 1), "happened_precision": "month"}
    succession(news.organization("Old Post"), post, kind="renamed", **on)
    succession(news.organization("Small Post"), post, kind="merged")
    succession(post, news.organization("New Post"), kind="renamed", happened_on=dt.date(2030, 1, 2))
    succession(post, news.organization("Bank"), kind="split")

    successions = client.get(PAGE).context["successions"]
    assert [(change, other.name, when) for change, other, when in successions] == [
        ("Formerly", "Old Post", "until May 1998"),
        ("Merged from", "Small Post", ""),
        ("Split off", "Bank", ""),
        ("Renamed to", "New Post", "2 January 2030"),
    ]
    assert [change for change, *_ in client.get("/organizations/old-post/").context["successions"]] == ["Renamed to"]


def test_people_are_sorted_by_rank_and_grouped_by_time(client: Client) -> None:
    post = news.organization("Yunhai Post")
    second = news.position("Deputy", organization=post, rank=2, seats=9)
    first = news.position("Director", organization=post, rank=1)
    news.appointment(position=second, person=news.person("Bo", "Mei"), from_on=dt.date(2020, 1, 1))
    news.appointment(position=first, person=news.person("Liu", "Aili"), from_on=dt.date(2020, 1, 1), is_acting=True)
    news.appointment(position=second, person=news.person("Old", "Hand"), until_on=dt.date(2019, 1, 1))
    news.appointment(position=second, person=news.person("New", "Hand"), from_on=dt.date(2026, 4, 1))
    news.appointment(position=second, person=news.person("Hidden", "One", publish_at=SOON))
    context = client.get(PAGE).context

    names = {name: [person.name for person, _rows in context[f"{name}_holders"]] for name in ("current", "future")}
    assert names == {"current": ["Liu Aili", "Bo Mei"], "future": ["New Hand"]}
    assert context["current_holders"][0][1][0].job_title == "Acting Director"


def test_page_shows_the_newest_news_and_links_to_the_rest(client: Client) -> None:
    post = news.organization("Yunhai Post")
    for number in range(7):
        news.mention(post, article=news.article(f"Story {number}", publish_at=NOW - dt.timedelta(days=9 - number)))
    html = client.get(PAGE).text

    assert re.findall(r"Story \d", html) == [f"Story {number}" for number in (6, 5, 4, 3, 2, 1)]
    assert 'href="/organizations/yunhai-post/news/"' in html
    assert html.count('href="/feeds/organizations/yunhai-post.atom"') == 2


def test_page_of_a_name_alone_has_no_empty_parts(client: Client) -> None:
    news.organization("Yunhai Post")
    html = client.get(PAGE).text

    assert '<span class="monogram">YP</span>' in html
    for part in ("<dl", "Departments", "Former office holders", "Announced", 'class="other-script"'):
        assert part not in html
    assert "There is no news yet." in html


def test_json_ld_describes_the_organization_and_its_people(client: Client) -> None:
    post = news.organization("Yunhai Post", founded_on=dt.date(1878, 1, 1), founded_precision="year")
    news.organization("Rail Mail", parent=post)
    news.appointment(position=news.position("Director", organization=post), person=news.person("Liu", "Aili"))
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(PAGE).text)
    data = json.loads(found[0])

    assert (data["@type"], data["name"], data["foundingDate"]) == ("Organization", "Yunhai Post", "1878")
    assert [part["name"] for part in data["subOrganization"]] == ["Rail Mail"]
    assert [(role["roleName"], role["employee"]["name"]) for role in data["employee"]] == [("Director", "Liu Aili")]


def test_query_count_does_not_depend_on_people_and_news(client: Client, queries: Callable[[str], int]) -> None:
    post = news.organization("Yunhai Post")
    service = services.service(organization=post)
    services.short_code_number(services.hotline(service=service))
    services.stamp_issue(issuer=post)
    one = queries(PAGE)
    for number in range(50):
        other = news.organization(parent=post)
        news.appointment(position=news.position(f"Clerk {number}", organization=post))
        news.mention(post, article=news.article())
        services.stamp_issue(issuer=post)
        services.short_code_number(services.hotline(service=service))
        Succession.objects.create(predecessor=other, successor=post, kind="merged")
        until = dt.date(1950 + number, 1, 1)
        FormerParent.objects.create(organization=post, parent=other, until_on=until)
        OrganizationName.objects.create(organization=post, name=f"Name {number}", kind="former", until_on=until)

    assert (one, queries(PAGE)) == (10, 10)


def test_person_in_two_offices_is_shown_once(client: Client) -> None:
    post, liu = news.organization("Yunhai Post"), news.person("Liu", "Aili")
    for title in ("Chairman", "Party Secretary"):
        news.appointment(position=news.position(title, organization=post), person=liu, from_on=dt.date(2020, 1, 1))

    page = client.get(PAGE)

    assert [(person.pk, len(rows)) for person, rows in page.context["current_holders"]] == [(liu.pk, 2)]
    assert page.text.count('<li class="profile">') == 1
    assert all(title in page.text for title in ("Chairman", "Party Secretary"))
