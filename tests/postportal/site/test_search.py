"""Facets, formats and rate limit of the search page. Matching and ranking are tested in search/test_results.py."""

import csv
import datetime as dt
import io
import re
from html import unescape
from urllib.parse import unquote_plus, urlencode
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from postportal.publishing.models import State
from postportal.search.facets import facets
from tests.factories import news, pages, services
from tests.postportal.site.test_search_results import found, get

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def options(html: str) -> dict[str, list[tuple[str, int, bool]]]:
    """Return the options of each facet: value, count, and True if it is chosen."""
    rows = re.findall(r'name="(\w+)" value="([^"]*)"( checked)?><span>[^<]*<span class="count">(\d+)</span>', html)
    facets: dict[str, list[tuple[str, int, bool]]] = {}
    for name, value, is_chosen, count in rows:
        facets.setdefault(name, []).append((unescape(value), int(count), bool(is_chosen)))
    return facets


def make_archive() -> None:
    zhou = news.person("Zhou", "Mei")
    upu = news.organization("Universal Postal Union", abbreviation="UPU")
    for number, (section, year, tags) in enumerate(
        [("News", 2021, ["rail"]), ("News", 2020, []), ("Messages", 2021, ["rail"])]
    ):
        article = news.article(
            f"Copper {number}",
            section=news.section(section),
            source=news.source("Coastal Gazette" if number else "China Post"),
            dateline_on=dt.date(year, 3, 1),
            tags=tags,
        )
        news.mention(zhou if number else upu, article=article)
    news.organization("Copper Works")


def test_facets_count_without_their_own_filter(client: Client) -> None:
    make_archive()

    facets = options(get(client, "/search/?q=copper&section=news&year=2021"))

    assert facets["section"] == [("messages", 1, False), ("news", 1, True)] or facets["section"] == [
        ("news", 1, True),
        ("messages", 1, False),
    ]
    assert facets["year"] == [("2021", 1, True), ("2020", 1, False)]
    assert "tag" not in facets


def test_facets_filter_by_section_source_tag_person_organization_and_year(client: Client) -> None:
    make_archive()

    def titles(filters: str) -> list[str]:
        return sorted(found(get(client, f"/search/?q=copper&{filters}")))

    assert titles("") == ["Copper 0", "Copper 1", "Copper 2", "Copper Works"]
    assert titles("section=messages") == ["Copper 2"]
    assert titles("source=coastal-gazette") == ["Copper 1", "Copper 2"]
    assert titles("tag=rail&year=2021") == ["Copper 0", "Copper 2"]
    assert titles("person=zhou-mei") == ["Copper 1", "Copper 2"]
    assert titles("organization=universal-postal-union") == ["Copper 0"]
    assert titles("tag=nosuch") == []


def test_filters_may_be_typed(client: Client) -> None:
    make_archive()

    def titles(typed: str) -> list[str]:
        return sorted(found(get(client, f"/search/?q={typed}")))

    assert titles("section:Messages copper") == ["Copper 2"]
    assert titles('person:"zhou mei"') == ["Copper 1", "Copper 2", "Zhou Mei"]
    assert titles("org:upu copper") == ["Copper 0"]
    assert titles("copper before:2021") == ["Copper 1"]
    assert titles("copper after:2021-01 before:2021-04 -works") == ["Copper 0", "Copper 2"]
    assert titles("type:organization copper") == ["Copper Works"]


def test_active_filter_is_shown_and_can_be_removed(client: Client) -> None:
    make_archive()

    page = get(client, "/search/?q=copper&section=news&year=2021")

    assert re.findall(r'<li><a href="([^"]*)"><span class="visually-hidden">Remove filter:</span> ([^<]*) ×', page) == [
        ("?q=copper&amp;year=2021", "News"),
        ("?q=copper&amp;section=news", "2021"),
    ]
    assert '<meta name="robots" content="noindex">' in page
    assert "noindex" not in get(client, "/search/?q=copper")


@pytest.mark.parametrize(
    ("typed", "removable"),
    [
        ("copper year:2021", [("copper", "2021")]),
        ("section:news  copper after:2020", [("copper after:2020", "News"), ("section:news copper", "from 2020")]),
        ('tag:rail person:"Zhou Mei"', [('person:"Zhou Mei"', "rail"), ("tag:rail", "Zhou Mei")]),
        ("type:Article copper before:2022", [("copper before:2022", "News"), ("type:Article copper", "before 2022")]),
        ("copper org:<x>", [("copper", "<x>")]),
        ("copper year:2021 YEAR:2021 line", [("copper line", "2021")]),
    ],
)
def test_typed_filter_can_be_removed(typed: str, removable: list[tuple[str, str]], client: Client) -> None:
    make_archive()

    page = get(client, "/search/?" + urlencode({"q": typed}))

    found = re.findall(
        r'<li><a href="\?q=([^"&]*)"><span class="visually-hidden">Remove filter:</span> ([^<]*) ×', page
    )
    assert [(unquote_plus(unescape(text)), unescape(label)) for text, label in found] == removable
    assert '<meta name="robots" content="noindex">' in page


def test_all_filters_can_be_removed_at_once(client: Client) -> None:
    make_archive()

    page = get(client, "/search/?q=copper+year:1999&section=news")

    assert 'class="clear-all" href="?q=copper"' in page
    assert '<a href="?q=copper">Search again without filters</a> (4 results)' in page


def test_facet_does_not_show_a_person_under_embargo(client: Client) -> None:
    make_archive()
    news.mention(
        news.person("Secret", "Li", publish_at=dt.datetime(2999, 1, 1, tzinfo=dt.UTC)), article=news.article("Copper 4")
    )

    for filters in ("", "&person=secret-li", "&person=zhou-mei"):
        page = get(client, f"/search/?q=copper{filters}")
        assert ("Secret" in page, "secret-li" in page) == (False, filters == "&person=secret-li")
    assert found(get(client, "/search/?q=copper&person=secret-li")) == []


def test_misspelt_query_is_corrected_with_words_of_public_texts(client: Client) -> None:
    news.article("Copper line opens")
    news.article("Coppen draft", state=State.DRAFT)

    page = get(client, "/search/?q=the+coppen+line")

    assert found(page) == ["Copper line opens"]
    assert "Showing results for <b>the copper line</b>" in page
    assert re.findall(r'Search instead for <a href="([^"]*)">([^<]*)</a>', page) == [
        ("?q=the+coppen+line&amp;exact=1", "the coppen line")
    ]
    assert "Showing results for" not in get(client, "/search/?q=copper")


def test_query_can_be_searched_for_as_it_is_typed(client: Client) -> None:
    news.article("Copper line opens")

    page = get(client, "/search/?q=coppen&exact=1")

    assert found(page) == []
    assert re.findall(r'Did you mean <a href="([^"]*)"><b>([^<]*)</b>', page) == [("?q=copper", "copper")]
    assert '<input type="hidden" name="exact" value="1">' in page


def test_search_finds_chinese_in_either_script(client: Client) -> None:
    news.article("邮政快递 2021", language="zh-hans")
    news.article("EMS 服务", language="zh-hans")

    def titles(typed: str) -> list[str]:
        return found(get(client, f"/zh-hans/search/?q={typed}"))

    # Pages of the site itself come after it.
    assert titles("快递") == titles("郵政")[:1] == titles("邮政 2021")[:1] == titles("邮")[:1] == ["邮政快递 2021"]
    assert titles("ＥＭＳ服务")[:1] == titles("EMS 服务")[:1] == ["EMS 服务"]


def test_phrase_without_a_match_is_searched_as_words(client: Client) -> None:
    news.article("Night mail over the hills")
    news.article("Mail at night")

    assert found(get(client, "/search/?q=%22night+mail%22")) == ["Night mail over the hills"]
    assert len(found(get(client, "/search/?q=%22hills+mail%22"))) == 2


def test_search_as_atom_has_the_newest_first(client: Client) -> None:
    for number in range(3):
        news.article(f"Copper {number} & more", publish_at=dt.datetime(2020, 1, 1 + number, tzinfo=dt.UTC))
    news.article("Copper draft", state=State.DRAFT)

    response = client.get("/search/atom/?q=copper&section=news")

    feed = ET.fromstring(response.content)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [
        f"Copper {number} &amp; more".replace("&amp;", "&") for number in (2, 1, 0)
    ]


def test_csv_and_api_have_the_results_of_the_page(client: Client) -> None:
    news.article("=Copper", dateline_on=dt.date(2020, 1, 1))
    news.article("Copper two")
    pages.page("Copper tariff")
    services.stamp_issue("Bells")

    page = get(client, "/search/?q=copper&order=oldest")
    urls = [unescape(url) for url in re.findall(r'<a href="([^"]*)" type="[^"]*">', page)]
    table = csv.reader(io.StringIO(b"".join(client.get(urls[1]).streaming_content).decode("utf-8-sig")))  # type: ignore[attr-defined]
    results = client.get(urls[2]).json()["results"]

    assert [row[1] for row in table] == ["title", "'=Copper", "Copper two", "Copper tariff"]
    assert [result["title"] for result in results] == found(page) == ["=Copper", "Copper two", "Copper tariff"]


def test_throttled_reader_is_told_when_to_try_again(client: Client, settings: Settings) -> None:
    settings.SEARCH_RATE_LIMIT = 2
    cache.clear()

    responses = [client.get("/search/?q=copper") for _ in range(3)]

    assert [response.status_code for response in responses] == [200, 200, 429]
    assert (responses[2].headers["Retry-After"], responses[2].headers["Cache-Control"]) == ("60", "no-store")
    assert "There have been too many searches from your network." in responses[2].content.decode()
    assert client.get("/search/?q=copper", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/search/").status_code == 200


def test_facets_have_labels_in_the_language_of_the_page() -> None:
    with translation.override("zh-hans"):
        labels = [str(facet.label) for facet in facets().values()]

    assert [label for label in labels if label.isascii()] == []
