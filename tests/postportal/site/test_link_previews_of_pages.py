"""Facts that every kind of page has for messaging apps and other sites."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from postportal.pages.models import SiteSettings
from tests.factories import images, news, pages, services

pytestmark = pytest.mark.django_db

REQUIRED = {
    *("og:site_name", "og:type", "og:url", "og:title", "og:description", "og:locale"),
    *("og:image", "og:image:width", "og:image:height", "og:image:alt", "twitter:card"),
}
_META = re.compile(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">')


def meta(client: Client, url: str) -> dict[str, str]:
    return dict(_META.findall(client.get(url).text))


def urls_of_pages(client: Client) -> list[str]:
    """Return the URL of every page without parameters in it, and that of an item of each kind."""
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str)]
    names += [
        f"{space}:{name}"
        for space, (_prefix, resolver) in get_resolver().namespace_dict.items()
        if space != "admin"
        for name in resolver.reverse_dict
        if isinstance(name, str)
    ]
    return [url for name in names if (url := _reverse(name)) and _is_page(client, url)]


def _reverse(name: str) -> str:
    try:
        return reverse(name)
    except Exception:  # noqa: BLE001 - it has parameters
        return ""


def _is_page(client: Client, url: str) -> bool:
    answer = client.get(url)
    return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")


@pytest.fixture
def items() -> list[str]:
    issue = services.stamp_issue(year=2026, number=7)
    services.stamp(issue)
    page = pages.page("Fees")
    rows = [news.article(), news.person("Liu", "Aili"), news.organization("China Post"), issue, page]
    return [row.get_absolute_url() for row in rows] + [f"{issue.get_absolute_url()}1/"]


def test_every_page_describes_itself(client: Client, items: list[str]) -> None:
    urls = [*urls_of_pages(client), *items]

    assert len(urls) > 15
    lacking = {url: sorted(REQUIRED - {k for k, v in meta(client, url).items() if v}) for url in urls}
    assert {url: names for url, names in lacking.items() if names} == {}


def test_pages_without_a_picture_show_that_of_the_site(client: Client) -> None:
    drawn = meta(client, "/services/hotlines/")
    chosen = images.image("The post office at night")
    SiteSettings.objects.update_or_create(pk=1, defaults={"link_picture": chosen})

    own = meta(client, "/services/hotlines/")

    assert re.fullmatch(r"http://testserver/static/portal/icons/link-preview(\.\w+)?\.png", drawn["og:image"])
    assert own["og:image"] == f"http://testserver{chosen.open_graph_source.url}"
    assert own["og:image:alt"] == "The post office at night"


def test_page_names_its_language_and_the_others(client: Client) -> None:
    found = meta(client, "/zh-hans/services/hotlines/")

    assert (found["og:locale"], found["og:locale:alternate"]) == ("zh_CN", "en_GB")


def test_title_has_the_name_of_the_site_and_the_preview_has_not(client: Client) -> None:
    article = news.article("Night mail")

    page = client.get(article.get_absolute_url())

    assert "<title>Night mail - PostPortal</title>" in page.text
    assert '<meta property="og:title" content="Night mail">' in page.text
