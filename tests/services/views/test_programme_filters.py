import datetime as dt

import pytest
from django.test import Client

from tests.factories import services
from tests.services.views.page_content import TODAY, programme_titles

pytestmark = pytest.mark.django_db


def test_types_and_themes_are_links_with_counts(client: Client) -> None:
    services.stamp_issue("A", issued_on=TODAY, kind="special", tags=["Transport", "Postal history"])
    services.stamp_issue("B", issued_on=TODAY, kind="special", tags=["Transport"])
    services.stamp_issue("C", issued_on=TODAY, kind="definitive", tags=["Zodiac"])
    services.stamp_issue("D", issued_on=TODAY)
    services.stamp_issue("E", issued_on=dt.date(2025, 1, 5), kind="new-year", tags=["Birds"])

    context = client.get("/stamps/2026/").context
    assert [link[:3] for link in context["type_links"]] == [
        ("Special", 2, "?type=special"),
        ("Definitive", 1, "?type=definitive"),
    ]
    assert [link[:3] for link in context["theme_links"]] == [
        ("Transport", 2, "?theme=transport"),
        ("Postal history", 1, "?theme=postal-history"),
        ("Zodiac", 1, "?theme=zodiac"),
    ]


def test_filters_combine_and_can_be_removed(client: Client) -> None:
    services.stamp_issue("A", issued_on=TODAY, kind="special", tags=["Transport"])
    services.stamp_issue("B", issued_on=TODAY, kind="definitive", tags=["Transport"])
    services.stamp_issue("C", issued_on=TODAY, kind="special", tags=["Zodiac"])
    url = "/stamps/2026/?type=special&theme=transport"

    page = client.get(url)
    assert programme_titles(client, url) == ["A"]
    assert [link[:4] for link in page.context["type_links"]] == [
        ("Special", 1, "?theme=transport", True),
        ("Definitive", 1, "?theme=transport&type=definitive", False),
    ]
    assert [link[:4] for link in page.context["theme_links"]] == [
        ("Transport", 1, "?type=special", True),
        ("Zodiac", 1, "?type=special&theme=zodiac", False),
    ]
    assert [(link.label, link.url) for link in page.context["active_links"]] == [
        ("Special", "?theme=transport"),
        ("Transport", "?type=special"),
    ]


def test_filters_without_matches_can_be_removed(client: Client) -> None:
    services.stamp_issue(issued_on=TODAY, kind="special")

    page = client.get("/stamps/2026/?theme=unheard-of&type=new-year")
    assert page.status_code == 200
    assert "No issues match these filters." in page.text
    assert [(link.label, link.url) for link in page.context["active_links"]] == [
        ("New Year", "?theme=unheard-of"),
        ("unheard-of", "?type=new-year"),
    ]


@pytest.mark.parametrize(
    "query",
    [
        *("type=", "type=nonsense", "theme=", "theme=a/b", "theme=<script>", "theme=" + "x" * 5000, "type[]=special"),
        *(
            "order_by=password",
            "theme=%F0%9F%92%8C",
        ),
    ],
)
def test_junk_parameters_show_the_whole_programme(client: Client, query: str) -> None:
    services.stamp_issue("Mail roads", issued_on=TODAY)

    page = client.get(f"/stamps/2026/?{query}")
    assert page.status_code == 200
    assert [issue.title for issue in page.context["page_obj"].object_list] == ["Mail roads"]


@pytest.mark.parametrize("number", ["x", "-1", "1e3", "%", "１"])
def test_page_number_that_does_not_exist_is_not_found(client: Client, number: str) -> None:
    services.stamp_issue("Mail roads", issued_on=TODAY)

    assert client.get(f"/stamps/2026/?page={number}").status_code == 404


def test_long_programme_has_numbered_pages_that_keep_the_filters(client: Client) -> None:
    for n in range(51):
        services.stamp_issue(f"Issue {n}", issued_on=TODAY, kind="special")

    first, second = client.get("/stamps/2026/?type=special"), client.get("/stamps/2026/?type=special&page=2")
    assert [len(page.context["page_obj"].object_list) for page in (first, second)] == [50, 1]
    assert 'href="?type=special&amp;page=2"' in first.text
    assert "<title>Stamp programme 2026, page 2 - PostPortal</title>" in second.text
    assert "51 issues, page 2 of 2" in second.text


@pytest.mark.parametrize("number", ["0", "2", "99999999"])
def test_page_beyond_the_list_is_not_found(client: Client, number: str) -> None:
    services.stamp_issue(issued_on=TODAY)

    assert client.get(f"/stamps/2026/?page={number}").status_code == 404
