"""Lists of articles: contents, counts, filters, links to other lists and feeds."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from postportal.publishing.models import State
from tests.caches import SHARED
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


def article_on_all_lists(title: str = "", **fields: object) -> None:
    """Make an article that is on every list of LISTS."""
    fields = {"section": news.section("Fleet"), "source": news.source("Rail Mail"), "dateline_on": DAY, **fields}
    row = news.article(title, tags=["Night mail"], **fields)
    person, organization = person_and_organization()
    news.mention(person, article=row)
    news.mention(organization, article=row)


def person_and_organization() -> tuple[news.Person, news.Organization]:
    person = news.Person.objects.filter(slug="zhou-mei").first() or news.person("Zhou", "Mei")
    organization = news.Organization.objects.filter(slug="highland-railway").first()
    return person, organization or news.organization("Highland Railway")


def titles(client: Client, url: str) -> list[str]:
    return [article.title for article in client.get(url).context["articles"]]


@pytest.mark.parametrize("url", LISTS)
def test_list_has_its_articles_newest_first(client: Client, url: str) -> None:
    article_on_all_lists("Older", publish_at=NOW - dt.timedelta(days=2))
    article_on_all_lists("Newer", publish_at=NOW - dt.timedelta(days=1))
    article_on_all_lists("夜行邮车", language="zh-hans")
    news.article("Elsewhere", section=news.section("Culture"), dateline_on=dt.date(2019, 1, 1))

    expected = ["Newer", "Older"] + (["Elsewhere"] if url == "/news/" else [])
    assert titles(client, url) == expected
    assert titles(client, f"/zh-hans{url}") == ["夜行邮车"]


@pytest.mark.parametrize("url", LISTS)
def test_heading_has_the_number_of_articles(client: Client, url: str) -> None:
    article_on_all_lists()
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", client.get(url).text)

    assert heading
    assert heading[1].endswith('<span class="count">1 article</span>')


@pytest.mark.parametrize("url", LISTS)
def test_hidden_articles_are_not_listed_or_counted(client: Client, url: str) -> None:
    article_on_all_lists("Public")
    for fields in (
        {"state": State.DRAFT},
        {"publish_at": SOON},
        {"expire_at": NOW},
        {"state": State.UNPUBLISHED, "withdrawal_reason": "Wrong."},
    ):
        article_on_all_lists("Hidden", **{"slug": f"hidden-{len(fields)}-{next(news._number)}", **fields})

    page = client.get(url)

    assert [article.title for article in page.context["articles"]] == ["Public"]
    assert page.context["paginator"].count == 1
    assert (list(page.context["archive"].years.values()), page.context["archive"].sections[0][1]) == ([1], 1)
    assert "Hidden" not in page.text


@pytest.mark.parametrize("url", LISTS)
def test_embargo_ends_to_the_second(client: Client, clock: time_machine.Traveller, url: str) -> None:
    article_on_all_lists("Already public", publish_at=NOW - dt.timedelta(days=9))
    article_on_all_lists("Embargoed", publish_at=SOON)

    clock.move_to(SOON - dt.timedelta(seconds=1))
    assert titles(client, url) == ["Already public"]
    clock.move_to(SOON)
    assert titles(client, url) == ["Embargoed", "Already public"]


@pytest.mark.parametrize("url", LISTS)
def test_query_count_is_the_same_for_one_and_fifty_articles(
    client: Client, queries: Callable[[str], int], url: str
) -> None:
    article_on_all_lists(lead_image=images.image())
    one = queries(url)
    for _ in range(49):
        article_on_all_lists(section=news.section("Fleet"), lead_image=images.image())

    assert (one, queries(url)) == (QUERIES[url], QUERIES[url])


# 3 for due items, header and footer, 3 for the rows and the archive, 1 for the listing. A list of a day counts its rows
# and looks for the same day in the other language.
QUERIES = {
    "/news/": 6,
    "/news/2021/": 6,
    "/news/2021/12/": 6,
    "/news/2021/12/08/": 8,
    "/news/section/fleet/": 7,
    "/news/source/rail-mail/": 7,
    "/news/tag/night-mail/": 7,
    "/people/zhou-mei/news/": 7,
    "/organizations/highland-railway/news/": 7,
}


@pytest.mark.parametrize("url", LISTS)
def test_head_is_like_get_and_sets_no_cookies(client: Client, url: str) -> None:
    article_on_all_lists()
    get, head = client.get(url), client.head(url)

    assert (head.status_code, head.content) == (200, b"")
    assert {**head.headers} == {**get.headers}
    assert (get.cookies, get.headers.get("Vary")) == ({}, None)
    assert get.headers["Cache-Control"] == SHARED


@pytest.mark.parametrize(
    "url",
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
def test_unknown_list_is_not_found(client: Client, url: str) -> None:
    article_on_all_lists()

    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "url", ["/news/", "/news/2026/", "/news/2026/03/", "/news/section/fleet/", "/people/zhou-mei/news/"]
)
def test_permanent_list_is_shown_while_empty(client: Client, url: str) -> None:
    news.section("Fleet")
    person_and_organization()
    page = client.get(url)

    assert (page.status_code, page.context["paginator"].count) == (200, 0)
    assert "There is no news yet." in page.text


@pytest.mark.parametrize("name", ["source/rail-mail", "tag/night-mail"])
def test_source_or_tag_of_drafts_only_is_not_found(client: Client, name: str) -> None:
    article_on_all_lists(state=State.DRAFT)

    assert client.get(f"/news/{name}/").status_code == 404
    assert client.get(f"/feeds/news/{name}.atom").status_code == 404


def test_list_of_a_hidden_person_is_not_found(client: Client) -> None:
    article_on_all_lists()
    news.Person.objects.update(publish_at=SOON)
    news.Organization.objects.update(publish_at=SOON)

    assert [client.get(url).status_code for url in LISTS[-2:]] == [404, 404]


@pytest.mark.parametrize(
    ("number", "status"),
    [("2", 200), ("1", 301), ("", 301), ("-1", 404), ("abc", 404), ("١", 404), ("2 OR 1", 404), ("0", 404), ("3", 404)],
)
def test_every_page_of_a_list_has_one_url(client: Client, number: str, status: int) -> None:
    for _ in range(21):
        article_on_all_lists()

    assert client.get("/news/", {"page": number}).status_code == status


@pytest.mark.parametrize("number", ["99999999999999999999", "9" * 5000, "\x00", "%00", "'\"><script>", "१"])
def test_odd_page_number_is_no_server_error(client: Client, number: str) -> None:
    article_on_all_lists()

    assert client.get("/news/", {"page": number, "other": number}).status_code in {200, 400, 404}


def test_page_number_is_in_title_and_canonical_url(client: Client) -> None:
    for _ in range(21):
        article_on_all_lists()
    first, second = client.get("/news/2021/").text, client.get("/news/2021/?page=2&utm_source=x").text

    assert "<title>News from 2021 - PostPortal</title>" in first
    assert "<title>News from 2021 (page 2) - PostPortal</title>" in second
    assert '<link rel="canonical" href="http://testserver/news/2021/?page=2">' in second


def test_filters_link_to_sections_years_and_months(client: Client) -> None:
    article_on_all_lists()
    article_on_all_lists(dateline_on=dt.date(2021, 3, 1))
    article_on_all_lists(dateline_on=dt.date(2019, 3, 1))
    page = client.get("/news/2021/")

    assert [(str(section), count) for section, count in page.context["archive"].sections] == [("Fleet", 3)]
    assert page.context["archive"].years == {2021: 2, 2019: 1}
    assert page.context["month_counts"] == [(dt.date(2021, 3, 1), 1), (dt.date(2021, 12, 1), 1)]
    for url in ("/news/section/fleet/", "/news/2019/", "/news/2021/03/"):
        assert f'href="{url}"' in page.text


@pytest.mark.parametrize(
    ("url", "earlier", "later"),
    [
        ("/news/2021/", "/news/2019/", "/news/2024/"),
        ("/news/2021/12/", "/news/2021/03/", "/news/2024/01/"),
        ("/news/2019/", None, "/news/2021/"),
        ("/news/2021/12/08/", None, None),
    ],
)
def test_neighbours_are_the_next_periods_with_news(
    client: Client, url: str, earlier: str | None, later: str | None
) -> None:
    for day in (DAY, dt.date(2021, 3, 1), dt.date(2019, 5, 1), dt.date(2024, 1, 31)):
        article_on_all_lists(dateline_on=day)
    article_on_all_lists(dateline_on=dt.date(2022, 6, 1), publish_at=SOON)
    neighbours = client.get(url).context["neighbours"]

    found = [neighbours[name].url if name in neighbours else None for name in ("earlier", "later")]
    assert found == [earlier, later]


@pytest.mark.parametrize("url", LISTS)
def test_feeds_of_the_same_list_are_linked(client: Client, url: str) -> None:
    article_on_all_lists("Night mail returns")
    news.article("Elsewhere", section=news.section("Culture"), dateline_on=dt.date(2019, 1, 1))
    html = client.get(url).text
    links = re.findall(r'<link rel="alternate" type="application/(?:atom|rss)\+xml" [^>]*href="([^"]+)"', html)

    assert [link.rsplit(".")[-1] for link in links] == ["atom", "rss"]
    for link in links:
        assert html.count(f'href="{link}"') >= 2
        feed = client.get(link).text
        assert ("Night mail returns" in feed, "Elsewhere" in feed) == (True, url == "/news/")


@pytest.mark.parametrize("url", LISTS)
def test_other_language_is_linked_if_it_has_the_list(client: Client, url: str) -> None:
    article_on_all_lists()
    alone = client.get(url).context["alternates"]
    article_on_all_lists(language="zh-hans")

    always = url in {"/news/", *LISTS[-2:]}
    chinese = [("zh-Hans", "中文", f"/zh-hans{url}")]
    assert (alone, client.get(url).context["alternates"]) == (chinese if always else [], chinese)


def test_articles_are_grouped_by_year_or_by_month_of_a_year(client: Client) -> None:
    article_on_all_lists()
    article_on_all_lists(dateline_on=dt.date(2019, 3, 1))

    assert [day for day, _ in client.get("/news/").context["articles_by_period"]] == [
        dt.date(2021, 1, 1),
        dt.date(2019, 1, 1),
    ]
    assert [day for day, _ in client.get("/news/2019/").context["articles_by_period"]] == [dt.date(2019, 3, 1)]
