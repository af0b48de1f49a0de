from typing import Any

import pytest

from postportal.publishing.models import State
from postportal.staff.quick_search_views import MAX_SUGGESTIONS
from tests.factories import news, staff

pytestmark = pytest.mark.django_db


def test_page_lists_results_and_repeats_the_query() -> None:
    news.article("Night <mail>")

    page = staff.sign_in().get("/admin/find/", {"q": "<mail>"})

    assert [(search.name, [item.text for item in items]) for search, items in page.context["result_groups"]] == [
        ("article", ["Night <mail>"])
    ]
    assert 'value="&lt;mail&gt;"' in page.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({}, "Enter a title, a name or any words"),
        ({"q": "nothing"}, "No results for “nothing”."),
        ({"q": "x" * 201}, "at most 200 characters"),
    ],
)
def test_page_without_results_shows_a_message(query: dict[str, str], sentence: str) -> None:
    assert sentence in staff.sign_in().get("/admin/find/", query).content.decode()


def test_search_form_is_only_on_staff_pages(client: Any) -> None:
    form = '<form id="quick-search"'

    assert form in staff.sign_in().get("/admin/news/article/").content.decode()
    assert form not in client.get("/admin/login/").content.decode()


def test_account_without_role_finds_nothing() -> None:
    news.article("Night mail")
    browser = staff.sign_in(staff.account())

    assert browser.get("/admin/find/suggestions/?q=night").json() == {"results": []}
    assert browser.get("/admin/find/?q=night").context["result_groups"] == []


def test_suggestion_has_url_and_status() -> None:
    article = news.article("Night mail", state=State.DRAFT)

    answer = staff.sign_in().get("/admin/find/suggestions/?q=NIGHT MAIL").json()

    assert answer["results"] == [
        {
            "text": "Night mail",
            "kind": "Article",
            "detail": "Draft, 8 December 2021",
            "address": f"/admin/news/article/{article.pk}/change/",
        }
    ]


def test_suggestions_are_limited_for_each_model() -> None:
    for number in range(MAX_SUGGESTIONS + 1):
        news.article(f"Night mail {number}")
    news.person("Night", "Mei")

    results = staff.sign_in().get("/admin/find/suggestions/?q=night").json()["results"]

    kinds = [result["kind"] for result in results]
    assert kinds == [*["Article"] * MAX_SUGGESTIONS, "Person"]
