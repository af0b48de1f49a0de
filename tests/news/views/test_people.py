"""List of people, and page of a person."""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from news.models import Person, PersonName
from tests.factories import images, news, services

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
SOON = NOW + dt.timedelta(hours=1)


def names(client: Client, url: str, **query: str) -> list[str]:
    return [person.name for person in client.get(url, query).context["people"]]


def appoint(person: Person, label: str, *, start: str = "", end: str = "", **fields: Any) -> None:
    dates = {"from_on": start or None, "until_on": end or None}
    known = {name: dt.date.fromisoformat(day) for name, day in dates.items() if day}
    bureau = news.Organization.objects.filter(slug="post-bureau").first() or news.organization("Post Bureau")
    position = news.position(label, organization=bureau, seats=9)
    news.appointment(person=person, position=position, **known, **fields)


def test_list_is_sorted_and_grouped_by_family_name(client: Client) -> None:
    news.person("Zhou", "Mei")
    news.person("Graham", "Paul", name_order="given")
    news.person("Zhao", "Min")
    page = client.get("/people/")

    found = [(letter, [row.name for row in rows]) for letter, rows in page.context["people_by_letter"]]
    assert found == [("G", ["Paul Graham"]), ("Z", ["Zhao Min", "Zhou Mei"])]
    assert page.context["letter_counts"] == [("G", 1), ("Z", 2)]
    assert '<h1>People <span class="count">3 people</span></h1>' in page.text
    assert 'href="?letter=Z"' in page.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"letter": "z"}, ["Zhou Mei"]),
        ({"letter": "L"}, ["Lin Guowei", "Liu Aili"]),
        ({"q": "aili"}, ["Liu Aili"]),
        ({"q": "mei zhou"}, ["Zhou Mei"]),
        ({"q": "刘爱力"}, ["Liu Aili"]),
        ({"q": "Alias"}, ["Lin Guowei"]),
        ({"q": "i", "letter": "Z"}, ["Zhou Mei"]),
        ({"q": "nobody"}, []),
        ({"q": "\x0b%_"}, []),
        ({"q": "", "letter": "ZZ"}, ["Lin Guowei", "Liu Aili", "Zhou Mei"]),
        ({"letter": "<"}, ["Lin Guowei", "Liu Aili", "Zhou Mei"]),
    ],
)
def test_list_is_filtered_by_name_and_letter(client: Client, query: dict[str, str], expected: list[str]) -> None:
    news.person("Zhou", "Mei")
    news.person("Liu", "Aili", name_zh="刘爱力")
    PersonName.objects.create(person=news.person("Lin", "Guowei"), name="An Alias")

    assert names(client, "/people/", **query) == expected


def test_unknown_name_is_shown_again_and_escaped(client: Client) -> None:
    html = client.get("/people/", {"q": '"><script>alert(1)</script>'}).text

    assert "No people match this name." in html
    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in html


def test_empty_list_says_so(client: Client) -> None:
    assert "There are no people yet." in client.get("/people/").text


def test_row_shows_both_names_and_the_current_positions(client: Client) -> None:
    person = news.person("Liu", "Aili", name_zh="刘爱力")
    appoint(person, "Chairman", start="2018-01-01")
    appoint(person, "Deputy", start="2010-01-01", end="2017-12-31")
    appoint(person, "Minister", start="2027-01-01")
    appoint(person, "Secret", publish_at=SOON)
    html = client.get("/people/").text

    assert '<span dir="auto">Liu Aili</span> <span lang="zh-Hans">刘爱力</span>' in html
    assert re.findall(r"<p>([^<]*), Post Bureau</p>", html) == ["Chairman"]
    chinese = client.get("/zh-hans/people/").text
    assert '<span dir="auto" lang="zh-Hans">刘爱力</span> <span lang="en">Liu Aili</span>' in chinese


def test_hidden_people_are_not_listed_counted_or_shown(client: Client, clock: time_machine.Traveller) -> None:
    news.person("Zhou", "Mei")
    news.person("Hidden", "One", publish_at=SOON)
    news.person("Expired", "One", expire_at=NOW)
    before = client.get("/people/")
    hidden = [client.get(f"/people/{slug}/").status_code for slug in ("hidden-one", "expired-one", "no-such")]
    clock.move_to(SOON)

    assert ([row.name for row in before.context["people"]], before.context["letter_counts"]) == (
        ["Zhou Mei"],
        [("Z", 1)],
    )
    assert hidden == [404, 404, 404]
    assert client.get("/people/hidden-one/").status_code == 200


def test_pages_keep_the_filters(client: Client) -> None:
    for number in range(49):
        news.person(f"Zhou{number:02}", "Mei")
    first, second = client.get("/people/?letter=Z&q=mei"), client.get("/people/?letter=Z&q=mei&page=2")

    assert [len(page.context["people"]) for page in (first, second)] == [48, 1]
    assert 'href="?q=mei&amp;letter=Z&amp;page=2"' in first.text
    assert "<title>People (page 2) - PostPortal</title>" in second.text
    assert [client.get("/people/", {"page": n}).status_code for n in ("0", "-1", "x", "3")] == [404] * 4


def test_query_count_is_the_same_for_one_and_fifty_people(client: Client, queries: Callable[[str], int]) -> None:
    appoint(news.person(portrait=images.image()), "Clerk")
    one = queries("/people/")
    for number in range(49):
        appoint(news.person(portrait=images.image()), f"Clerk {number}")

    assert (one, queries("/people/")) == (7, 7)


def test_page_shows_current_former_and_future_positions(client: Client) -> None:
    person = news.person("Liu", "Aili", name_zh="刘爱力", biography="<p>Born in <em>Shandong</em>.</p>")
    PersonName.objects.create(person=person, name="Ли Айли", kind="script", language="ru")
    appoint(person, "Chairman", start="2018-01-01")
    appoint(person, "Deputy", start="2010-01-01", from_precision="year", end="2017-12-31")
    appoint(person, "Minister", start="2027-01-01")
    appoint(person, "Secret", start="2027-01-01", publish_at=SOON)
    page = client.get("/people/liu-aili/")

    titles = {
        name: [row.job_title for row in page.context[f"{name}_appointments"]]
        for name in ("current", "former", "future")
    }
    assert titles == {"current": ["Chairman"], "former": ["Deputy"], "future": ["Minister"]}
    for text in (
        '<p class="kicker">Chairman</p>',
        '<h1 dir="auto">Liu Aili</h1>',
        '<p class="other-script" lang="zh-Hans">刘爱力</p>',
        '<span dir="auto" lang="ru">Ли Айли</span>',
        "<p>Born in <em>Shandong</em>.</p>",
        '<span class="meta">2010 to 31 December 2017</span>',
        'Chairman, <a href="/organizations/post-bureau/">Post Bureau</a>',
    ):
        assert text in page.text
    assert "Secret" not in page.text


def test_appointment_ends_at_midnight(client: Client, clock: time_machine.Traveller) -> None:
    appoint(news.person("Old", "Hand"), "Director", start="2018-01-01", end="2026-03-31")
    midnight = dt.datetime(2026, 3, 31, 16, tzinfo=dt.UTC)

    counts = []
    for moment in (midnight - dt.timedelta(seconds=1), midnight):
        clock.move_to(moment)
        counts.append(len(client.get("/people/old-hand/").context["current_appointments"]))
    assert counts == [1, 0]


def test_page_shows_the_newest_news_and_links_to_the_rest(client: Client) -> None:
    person = news.person("Liu", "Aili")
    for number in range(7):
        news.mention(person, article=news.article(f"Story {number}", publish_at=NOW - dt.timedelta(days=9 - number)))
    news.mention(person, article=news.article("Embargoed", publish_at=SOON))
    news.mention(person, article=news.article("列车", language="zh-hans"))
    html = client.get("/people/liu-aili/").text

    assert re.findall(r"Story \d", html) == [f"Story {number}" for number in (6, 5, 4, 3, 2, 1)]
    assert ("Embargoed" in html, "列车" in html) == (False, False)
    assert 'href="/people/liu-aili/news/"' in html
    assert html.count('href="/feeds/people/liu-aili.atom"') == 2


def test_page_of_a_name_alone_has_no_empty_parts(client: Client) -> None:
    news.person("Liu", "Aili")
    html = client.get("/people/liu-aili/").text

    assert '<span class="monogram">LA</span>' in html
    for part in (
        "Announced",
        "Former positions",
        "Biography",
        "Also known as",
        'class="kicker"',
        'class="other-script"',
        "<dl",
    ):
        assert part not in html
    assert "There is no news yet." in html


def test_json_ld_has_roles_with_dates_as_exact_as_known(client: Client) -> None:
    person = news.person("Liu", "Aili", name_zh="刘爱力", same_as="https://example.org/1\nhttps://example.org/2")
    appoint(person, "Chairman", start="2018-05-01", from_precision="month")
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get("/people/liu-aili/").text)
    data = json.loads(found[0])

    assert (data["name"], data["alternateName"], data["jobTitle"]) == (
        "Liu Aili",
        ["刘爱力"],
        ["Chairman, Post Bureau"],
    )
    assert data["sameAs"] == ["https://example.org/1", "https://example.org/2"]
    assert data["worksFor"] == [
        {
            "@type": "OrganizationRole",
            "roleName": "Chairman",
            "startDate": "2018-05",
            "worksFor": {
                "@type": "Organization",
                "name": "Post Bureau",
                "url": "http://testserver/organizations/post-bureau/",
            },
        }
    ]


def test_query_count_does_not_depend_on_positions_and_news(client: Client, queries: Callable[[str], int]) -> None:
    person = news.person("Liu", "Aili")
    appoint(person, "Clerk")
    one = queries("/people/liu-aili/")
    for number in range(50):
        appoint(person, f"Clerk {number}")
        news.mention(person, article=news.article())
        services.credit(services.stamp_issue(), person=person)

    assert (one, queries("/people/liu-aili/")) == (10, 10)


def test_letters_have_names_with_marks_and_in_chinese_characters(client: Client) -> None:
    for family, given in (("čapek", "Karel"), ("Čapek", "Josef"), ("Đặng", "Dũng"), ("曾", "国藩"), ("Zhou", "Mei")):
        news.person(family, given, slug=f"p-{given}".lower().replace("ũ", "u").replace("国藩", "guofan"))

    page = client.get("/people/")
    of_c = [[row.name for row in client.get("/people/", {"letter": letter}).context["people"]] for letter in "cČ"]

    assert page.context["letter_counts"] == [("C", 2), ("D", 1), ("Z", 2)]
    assert of_c == [["Čapek Josef", "čapek Karel"]] * 2


@pytest.mark.parametrize(
    ("letter", "names"),
    [
        ("单", ["单 仁", "Shan Xiongxin"]),
        ("單", ["单 仁", "Shan Xiongxin"]),
        ("王", []),
        ("S", ["单 仁", "Shan Xiongxin"]),
    ],
)
def test_chinese_character_asks_for_the_letter_of_the_people_who_have_it(
    client: Client, letter: str, names: list[str]
) -> None:
    news.person("Shan", "Xiongxin", slug="shan", name_zh="单雄信")
    news.person("单", "仁", slug="ren")
    news.person("Dan", "Brown", slug="dan")

    page = client.get("/people/", {"letter": letter})

    assert [row.name for row in page.context["people"]] == names


@pytest.mark.parametrize("typed", ["Phượng", "Phu\u031bo\u031b\u0323ng", "PHUONG"])
def test_name_is_found_composed_or_not(client: Client, typed: str) -> None:
    news.person("Nguye\u0302\u0303n", "Thị Phu\u031bo\u031b\u0323ng", slug="phuong")

    assert len(client.get("/people/", {"q": typed}).context["people"]) == 1


def test_page_shows_former_names(client: Client) -> None:
    person = news.person("Zhou", "Mei", slug="zhou-mei")
    PersonName.objects.create(person=person, name="Lin Mei", kind="former")

    page = " ".join(client.get("/people/zhou-mei/").text.split())

    assert ">Lin Mei</span> (former name)" in page
