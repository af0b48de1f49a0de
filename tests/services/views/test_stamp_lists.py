from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from postportal.publishing.models import State
from tests.factories import news, services
from tests.services.views.page_content import programme_titles

pytestmark = pytest.mark.django_db


def groups(answer: Any) -> list[tuple[str, list[tuple[str, int]]]]:
    return [(name, [(link.label, link.issue_count) for link in links]) for name, links in answer.context["groups"]]


def test_makers_are_listed_by_role_and_lead_to_their_issues(client: Client) -> None:
    first, second = services.stamp_issue("First"), services.stamp_issue("Second")
    for issue in (first, second):
        services.credit(issue, name="Ma Ji & Co", role="designer")
    services.credit(first, name="Ma Ji & Co", role="printer")
    services.credit(services.stamp_issue("Hidden", state=State.DRAFT), name="Nobody Yet", role="engraver")

    answer = client.get("/stamps/makers/")
    assert groups(answer) == [("Designer", [("Ma Ji & Co", 2)]), ("Printer", [("Ma Ji & Co", 1)])]
    assert "Nobody Yet" not in answer.text

    page = client.get("/stamps/makers/?name=Ma+Ji+%26+Co")
    assert programme_titles(client, "/stamps/makers/?name=Ma+Ji+%26+Co") == ["Second", "First"]
    assert page.context["roles"] == ["Designer", "Printer"]
    assert client.get("/stamps/makers/?name=Nobody+Yet").status_code == 404
    assert "/stamps/makers/?name=Ma+Ji+%26+Co" in client.get(first.get_absolute_url()).text


@pytest.mark.parametrize("typed", ["+Ma++Ji+", "Ma%E2%80%8B Ji", "Ma%0AJi"])
def test_oddly_typed_name_is_found(client: Client, typed: str) -> None:
    services.credit(services.stamp_issue(), name="Ma Ji")

    answer = client.get(f"/stamps/makers/?name={typed}")

    assert answer.status_code == 200
    assert 'Stamp issues by <span dir="auto">Ma Ji</span>' in answer.text


def test_themes_are_those_of_public_issues_of_all_years(client: Client) -> None:
    services.stamp_issue("Plum", year=2022, tags=["Flowers"])
    services.stamp_issue("Lotus", year=2026, tags=["Flowers", "Water"])
    services.stamp_issue("Hidden", state=State.DRAFT, tags=["Secret"])
    news.article(tags=["Mail"])

    answer = client.get("/stamps/themes/")
    assert groups(answer) == [("", [("Flowers", 2), ("Water", 1)])]

    page = client.get("/stamps/themes/?theme=flowers")
    assert set(programme_titles(client, "/stamps/themes/?theme=flowers")) == {"Plum", "Lotus"}
    assert 'Stamp issues on <span dir="auto">Flowers</span>' in page.text
    for theme in ("secret", "mail", "nothing"):
        assert client.get(f"/stamps/themes/?theme={theme}").status_code == 404


def test_printing_processes_are_listed_and_linked_from_the_issue(client: Client) -> None:
    issue = services.stamp_issue("Plum", process="Offset & intaglio")
    services.stamp_issue("Other", process="Photogravure")

    assert groups(client.get("/stamps/techniques/")) == [("", [("Offset & intaglio", 1), ("Photogravure", 1)])]
    url = "/stamps/techniques/?name=Offset+%26+intaglio"
    assert programme_titles(client, url) == ["Plum"]
    assert f'href="{url}"' in client.get(issue.get_absolute_url()).text
    assert client.get("/stamps/techniques/?name=Letterpress").status_code == 404


@pytest.mark.parametrize(
    ("feed", "query"), [("makers", "name=Ma+Ji"), ("themes", "theme=flowers"), ("techniques", "name=Photogravure")]
)
def test_each_list_has_feeds_of_exactly_its_issues(feed: str, query: str, client: Client) -> None:
    shown = services.stamp_issue("Shown", process="Photogravure", tags=["Flowers"])
    services.credit(shown, name="Ma Ji")
    services.stamp_issue("Other")

    for ending in ("atom", "rss"):
        url = f"/feeds/stamps/{feed}.{ending}?{query}"
        text = client.get(url).text
        assert ("Shown" in text, "Other" in text) == (True, False)
        assert f'href="{url}"' in client.get(f"/stamps/{feed}/?{query}").text
    assert client.get(f"/feeds/stamps/{feed}.atom").status_code == 404
    assert client.get(f"/feeds/stamps/{feed}.atom?{query.partition('=')[0]}=Nobody").status_code == 404


@pytest.mark.parametrize("count", [1, 8])
def test_query_counts_do_not_grow(
    count: int, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        services.credit(services.stamp_issue(process="Offset", tags=["Birds"]), name="Ma Ji")
    lists = ["/stamps/makers/", "/stamps/themes/", "/stamps/techniques/"]
    for url in [*lists, "/stamps/makers/?name=Ma+Ji", "/stamps/themes/?theme=birds", "/stamps/techniques/?name=Offset"]:
        with django_assert_max_num_queries(10):
            client.get(url)
