"""The lists of news: what they hold, how they are counted, where they lead."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from postportal.publishing.models import State
from tests.factories import images, news

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]

NOW = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
SOON = NOW + dt.timedelta(hours=1)
DAY = dt.date(2021, 12, 8)
LISTS = [
    "/news/",
    "/news/2021/",
    "/news/2021/12/",
    "/news/2021/12/08/",
    "/news/section/fleet/",
    "/news/source/rail-mail/",
    "/news/tag/night-mail/",
    "/people/zhou-mei/news/",
    "/organizations/highland-railway/news/",
]


def everywhere(title: str = "", **fields: object) -> None:
    """An article that every one of LISTS holds."""
    fields = {"section": news.section("Fleet"), "source": news.source("Rail Mail"), "dateline_on": DAY, **fields}
    row = news.article(title, tags=["Night mail"], **fields)
    person, organization = news_subjects()
    news.mention(person, article=row)
    news.mention(organization, article=row)


def news_subjects() -> tuple[news.Person, news.Organization]:
    person = news.Person.objects.filter(slug="zhou-mei").first() or news.person("Zhou", "Mei")
    organization = news.Organization.objects.filter(slug="highland-railway").first()
    return person, organization or news.organization("Highland Railway")


def titles(client: Client, address: str) -> list[str]:
    return [article.title for article in client.get(address).context["articles"]]


@pytest.mark.parametrize("address", LISTS)
def test_list_holds_what_belongs_to_it_newest_first(client: Client, address: str) -> None:
    everywhere("Older", publish_at=NOW - dt.timedelta(days=2))
    everywhere("Newer", publish_at=NOW - dt.timedelta(days=1))
    everywhere("夜行邮车", language="zh-hans")
    news.article("Elsewhere", section=news.section("Culture"), dateline_on=dt.date(2019, 1, 1))

    expected = ["Newer", "Older"] + (["Elsewhere"] if address == "/news/" else [])
    assert titles(client, address) == expected
    assert titles(client, f"/zh-hans{address}") == ["夜行邮车"]


@pytest.mark.parametrize("address", LISTS)
def test_list_is_counted_and_named_in_its_heading(client: Client, address: str) -> None:
    everywhere()
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", client.get(address).text)

    assert heading
    assert heading[1].endswith('<span class="count">1 article</span>')


@pytest.mark.parametrize("address", LISTS)
def test_nothing_hidden_is_listed_or_counted(client: Client, address: str) -> None:
    everywhere("Public")
    for fields in (
        {"state": State.DRAFT},
        {"publish_at": SOON},
        {"expire_at": NOW},
        {"state": State.UNPUBLISHED, "withdrawal_reason": "Wrong."},
    ):
        everywhere("Hidden", **{"slug": f"hidden-{len(fields)}-{next(news._number)}", **fields})

    page = client.get(address)

    assert [article.title for article in page.context["articles"]] == ["Public"]
    assert page.context["paginator"].count == 1
    assert (list(page.context["archive"].years.values()), page.context["archive"].sections[0][1]) == ([1], 1)
    assert "Hidden" not in page.text


@pytest.mark.parametrize("address", LISTS)
def test_embargo_lifts_in_its_second(client: Client, clock: time_machine.Traveller, address: str) -> None:
    everywhere("Already public", publish_at=NOW - dt.timedelta(days=9))
    everywhere("Embargoed", publish_at=SOON)

    clock.move_to(SOON - dt.timedelta(seconds=1))
    assert titles(client, address) == ["Already public"]
    clock.move_to(SOON)
    assert titles(client, address) == ["Embargoed", "Already public"]


@pytest.mark.parametrize("address", LISTS)
def test_list_costs_the_same_for_one_and_for_fifty(client: Client, queries: Callable[[str], int], address: str) -> None:
    everywhere(lead_image=images.image())
    one = queries(address)
    for _ in range(49):
        everywhere(section=news.section("Fleet"), lead_image=images.image())

    assert (one, queries(address)) == (QUERIES[address], QUERIES[address])


# The frame takes 5 of them (6 where there are hotlines), the count, the rows and the archive 4 more.
QUERIES = {
    "/news/": 9,
    "/news/2021/": 10,
    "/news/2021/12/": 10,
    "/news/2021/12/08/": 10,
    "/news/section/fleet/": 10,
    "/news/source/rail-mail/": 11,
    "/news/tag/night-mail/": 11,
    "/people/zhou-mei/news/": 10,
    "/organizations/highland-railway/news/": 10,
}


@pytest.mark.parametrize("address", LISTS)
def test_head_answers_like_get_and_sets_nothing(client: Client, address: str) -> None:
    everywhere()
    get, head = client.get(address), client.head(address)

    assert (head.status_code, head.content) == (200, b"")
    assert {**head.headers} == {**get.headers}
    assert (get.cookies, get.headers.get("Vary")) == ({}, None)
    assert get.headers["Cache-Control"] == "public, max-age=0, s-maxage=1, stale-if-error=600"


@pytest.mark.parametrize(
    "address",
    [
        "/news/section/no-such/",
        "/news/source/no-such/",
        "/news/tag/no-such/",
        "/news/2021/13/",
        "/news/2021/02/30/",
        "/news/0001/",
        "/news/2019/",
        "/news/2021/11/",
        "/news/2021/12/09/",
        "/people/no-such/news/",
        "/organizations/no-such/news/",
    ],
)
def test_what_is_not_known_is_not_found(client: Client, address: str) -> None:
    everywhere()

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/news/", "/news/2026/", "/news/2026/03/", "/news/section/fleet/", "/people/zhou-mei/news/"]
)
def test_list_that_menus_lead_to_is_friendly_while_empty(client: Client, address: str) -> None:
    news.section("Fleet")
    news_subjects()
    page = client.get(address)

    assert (page.status_code, page.context["paginator"].count) == (200, 0)
    assert "There is no news yet." in page.text


@pytest.mark.parametrize("name", ["source/rail-mail", "tag/night-mail"])
def test_name_that_only_drafts_have_is_not_known_yet(client: Client, name: str) -> None:
    everywhere(state=State.DRAFT)

    assert client.get(f"/news/{name}/").status_code == 404
    assert client.get(f"/feeds/news/{name}.atom").status_code == 404


def test_list_of_a_hidden_person_is_not_found(client: Client) -> None:
    everywhere()
    news.Person.objects.update(publish_at=SOON)
    news.Organization.objects.update(publish_at=SOON)

    assert [client.get(address).status_code for address in LISTS[-2:]] == [404, 404]


@pytest.mark.parametrize(
    ("number", "status"),
    [("2", 200), ("1", 200), ("", 200), ("-1", 200), ("abc", 200), ("١", 200), ("2 OR 1", 200), ("0", 404), ("3", 404)],
)
def test_page_number_may_be_anything(client: Client, number: str, status: int) -> None:
    for _ in range(21):
        everywhere()

    assert client.get("/news/", {"page": number}).status_code == status


@pytest.mark.parametrize("number", ["99999999999999999999", "9" * 5000, "\x00", "%00", "'\"><script>", "१"])
def test_odd_page_number_is_never_our_error(client: Client, number: str) -> None:
    everywhere()

    assert client.get("/news/", {"page": number, "other": number}).status_code in {200, 400, 404}


def test_page_number_stands_in_the_title_and_in_the_canonical_address(client: Client) -> None:
    for _ in range(21):
        everywhere()
    first, second = client.get("/news/2021/").text, client.get("/news/2021/?page=2&utm_source=x").text

    assert "<title>News of 2021 - PostPortal</title>" in first
    assert "<title>News of 2021 (page 2) - PostPortal</title>" in second
    assert '<link rel="canonical" href="http://testserver/news/2021/?page=2">' in second


def test_filters_lead_to_sections_years_and_months(client: Client) -> None:
    everywhere()
    everywhere(dateline_on=dt.date(2021, 3, 1))
    everywhere(dateline_on=dt.date(2019, 3, 1))
    page = client.get("/news/2021/")

    assert [(str(section), count) for section, count in page.context["archive"].sections] == [("Fleet", 3)]
    assert page.context["archive"].years == {2021: 2, 2019: 1}
    assert page.context["months"] == [(dt.date(2021, 3, 1), 1), (dt.date(2021, 12, 1), 1)]
    for address in ("/news/section/fleet/", "/news/2019/", "/news/2021/03/"):
        assert f'href="{address}"' in page.text


@pytest.mark.parametrize(
    ("address", "earlier", "later"),
    [
        ("/news/2021/", "/news/2019/", "/news/2024/"),
        ("/news/2021/12/", "/news/2021/03/", "/news/2024/01/"),
        ("/news/2019/", None, "/news/2021/"),
        ("/news/2021/12/08/", None, None),
    ],
)
def test_neighbours_are_the_next_periods_with_news(
    client: Client, address: str, earlier: str | None, later: str | None
) -> None:
    for day in (DAY, dt.date(2021, 3, 1), dt.date(2019, 5, 1), dt.date(2024, 1, 31)):
        everywhere(dateline_on=day)
    everywhere(dateline_on=dt.date(2022, 6, 1), publish_at=SOON)
    neighbours = client.get(address).context["neighbours"]

    found = [neighbours[name].address if name in neighbours else None for name in ("earlier", "later")]
    assert found == [earlier, later]


@pytest.mark.parametrize("address", LISTS)
def test_feed_of_exactly_this_list_is_linked_and_visible(client: Client, address: str) -> None:
    everywhere("Night mail returns")
    news.article("Elsewhere", section=news.section("Culture"), dateline_on=dt.date(2019, 1, 1))
    html = client.get(address).text
    links = re.findall(r'<link rel="alternate" type="application/(?:atom|rss)\+xml" [^>]*href="([^"]+)"', html)

    assert [link.rsplit(".")[-1] for link in links] == ["atom", "rss"]
    for link in links:
        assert html.count(f'href="{link}"') >= 2
        feed = client.get(link).text
        assert ("Night mail returns" in feed, "Elsewhere" in feed) == (True, address == "/news/")


@pytest.mark.parametrize("address", LISTS)
def test_other_language_is_offered_where_it_has_the_list(client: Client, address: str) -> None:
    everywhere()
    alone = client.get(address).context["alternates"]
    everywhere(language="zh-hans")

    always = address in {"/news/", "/news/section/fleet/", *LISTS[-2:]}
    chinese = [("zh-Hans", "中文", f"/zh-hans{address}")]
    assert (alone, client.get(address).context["alternates"]) == (chinese if always else [], chinese)


def test_rows_stand_under_their_year_and_in_a_year_under_their_month(client: Client) -> None:
    everywhere()
    everywhere(dateline_on=dt.date(2019, 3, 1))

    assert [day for day, _ in client.get("/news/").context["periods"]] == [dt.date(2021, 1, 1), dt.date(2019, 1, 1)]
    assert [day for day, _ in client.get("/news/2019/").context["periods"]] == [dt.date(2019, 3, 1)]
