import datetime as dt
import re
from html import unescape
from io import BytesIO
from urllib.parse import quote

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image as Pixels
from pytest_django import DjangoAssertNumQueries

from postportal.images.models import Image
from tests.caches import SHARED
from tests.factories import news, pages, services
from tests.postportal.search.test_results import HOSTILE


def picture() -> Image:
    file = BytesIO()
    Pixels.new("RGB", (60, 40)).save(file, "PNG")
    return Image.objects.create(file=ContentFile(file.getvalue(), name="a.png"), title="Train", alt="A train")


def found(html: str) -> list[str]:
    """Return the titles of the results on a page."""
    return [unescape(title) for title in re.findall(r'<li class="result"><div><h3><a [^>]*>([^<]*)</a>', html)]


def get(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
def test_search_page_shows_results_in_the_language_of_the_page(client: Client) -> None:
    news.article("Copper line opens", standfirst="The copper & tin <line>", section=news.section("Network"))
    news.article("Copper 铜", language="zh-hans")

    english, chinese = get(client, "/search/?q=copper"), get(client, "/zh-hans/search/?q=copper")

    assert (found(english), found(chinese)) == (["Copper line opens"], ["Copper 铜"])
    assert "<p>The <mark>copper</mark> &amp; tin &lt;line&gt;</p>" in english
    assert '<li><time datetime="2021-12-08">8 December 2021</time></li><li>Network</li>' in english
    assert "<title>copper - search results (page 1 of 1) - PostPortal</title>" in english


@pytest.mark.django_db
def test_search_page_shows_the_picture_of_an_article(client: Client) -> None:
    news.article("Copper line opens", lead_image=picture())

    assert get(client, "/search/?q=copper").count('<span class="perforation tiny"><img src="/media/images/') == 1


@pytest.mark.django_db
def test_search_page_counts_types_and_filters_by_them(client: Client) -> None:
    news.article("Copper line opens")
    news.person("Copper", "Mei")

    page = get(client, "/search/?q=copper&type=person")

    counts = re.findall(r'value="([a-z-]+)"( checked)?><span>[^<]+<span class="count">(\d+)</span>', page)
    assert found(page) == ["Copper Mei"]
    assert [row for row in counts if row[2] != "0"] == [("article", "", "1"), ("person", " checked", "1")]
    assert re.findall(r'<ul class="tag-list active-filters".*?href="([^"]*)".*?href="([^"]*)"', page) == [
        ("?q=copper", "?q=copper")
    ]


@pytest.mark.django_db
def test_links_to_other_pages_and_languages_keep_the_search(client: Client) -> None:
    for number in range(45):
        news.article(f"Copper {number}")

    page = get(client, "/search/?q=copper&type=article&type=person&order=oldest&page=2")

    assert found(page) == [f"Copper {number}" for number in range(24, 4, -1)]
    assert re.findall(r'rel="next" href="([^"]*)"', page) == [
        "?q=copper&amp;type=article&amp;type=person&amp;order=oldest&amp;page=3"
    ]
    assert re.findall(r'class="language-link" href="([^"]*)"', page) == [
        "/zh-hans/search/?q=copper&amp;type=article&amp;type=person&amp;order=oldest"
    ]
    assert client.get("/search/?q=copper&page=4").status_code == 404


@pytest.mark.django_db
def test_search_page_without_words_explains_the_search(client: Client) -> None:
    news.article()

    for url in ("/search/", "/search/?q=", "/search/?q=%22%22", "/search/?type=article&other=x"):
        page = get(client, url)
        assert (found(page), "Type one or more words." in page) == ([], True)


@pytest.mark.django_db
def test_search_page_without_results_offers_help(client: Client) -> None:
    news.article("Copper line opens")

    page = get(client, "/search/?q=copper&type=person")

    assert "Nothing matches “copper” with these filters." in page
    assert '<a href="?q=copper">Search again without filters</a> (1 result)' in page
    assert '<a href="/services/hotlines/">See all hotlines</a>' in page
    assert '<a href="/zh-hans/search/?q=copper&amp;type=person" hreflang="zh-Hans" lang="zh-Hans">中文</a>' in page


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [typed for typed in HOSTILE if "\0" not in typed and "\ud800" not in typed])
def test_no_text_breaks_the_search_page(client: Client, typed: str) -> None:
    news.article("Night mail")
    words, rest = quote(typed[:20_000]), quote(typed[:50])

    page = get(client, f"/search/?q={words}&type={rest}&order={rest}")
    client.get(f"/search/?q={words}&page={rest}")

    assert "<script>alert" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ("q=%00", 400),
        ("q=%ED%A0%80", 200),
        ("q=%FF%FE", 200),
        ("q[]=1", 200),
        ("q=a&page=-1", 404),
        ("q=a&page=%F0%9F%9A%82", 404),
        ("q=a&page=99999999999999999999", 404),
        ("q=a&page=0", 404),
        ("&&==", 200),
    ],
)
def test_no_parameter_breaks_the_search_page(client: Client, parameters: str, status: int) -> None:
    assert client.get(f"/search/?{parameters}").status_code == status


@pytest.mark.django_db
def test_search_page_shows_stored_markup_as_text(client: Client) -> None:
    evil = '"><script>alert(1)</script>'
    person = news.person(f"Copper{evil}", "Mei", biography="<p>&lt;script&gt;alert(1)&lt;/script&gt; copper</p>")
    news.appointment(person=person, position=news.position(evil))
    news.article(f"Copper{evil}", standfirst=evil, section=news.section(evil, slug="evil"))
    services.stamp_issue(f"Copper{evil}")
    pages.page(f"Copper{evil}")

    page = get(client, "/search/?q=copper")

    assert (len(found(page)), page.count("<script>")) == (4, 0)


@pytest.mark.django_db
def test_search_page_shows_an_article_from_the_second_of_its_publication(client: Client) -> None:
    publish_at = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
    news.article("Copper line opens", publish_at=publish_at)

    with time_machine.travel(publish_at - dt.timedelta(milliseconds=1), tick=False):
        before = get(client, "/search/?q=copper")
    with time_machine.travel(publish_at, tick=False):
        after = get(client, "/search/?q=copper")

    assert ("Copper line" in before, found(after)) == (False, ["Copper line opens"])


@pytest.mark.django_db
def test_search_page_is_the_same_for_every_anonymous_reader(client: Client) -> None:
    response = client.get("/search/?q=copper")

    assert response.cookies == {}
    assert response.headers.get("Vary") is None
    assert response.headers["Cache-Control"] == SHARED


@pytest.mark.django_db
def test_one_result_takes_as_many_queries_as_many_results(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def add(number: int) -> None:
        news.article(f"Copper {number}", lead_image=picture())
        news.appointment(person=news.person("Copper", f"Mei{number}"))
        services.short_code_number(services.hotline(f"Copper line {number}", is_on_every_page=True))
        services.stamp_issue(f"Copper bells {number}")
        news.organization(f"Copper Works {number}")
        pages.page(f"Copper tariff {number}")

    add(0)
    get(client, "/search/?q=copper")
    with django_assert_num_queries(14):
        assert len(found(get(client, "/search/?q=copper"))) == 6
    for number in range(1, 3):
        add(number)
    get(client, "/search/?q=copper")
    with django_assert_num_queries(14):
        assert len(found(get(client, "/search/?q=copper"))) == 18
