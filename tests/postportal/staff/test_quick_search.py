"""The quick find: by name, within what one may look at."""

from typing import Any

import pytest

from postportal.publishing.models import State
from tests.factories import images, news, pages, services, staff

pytestmark = pytest.mark.django_db


def get_suggestions(text: str, *, role: str = "") -> list[tuple[str, str]]:
    answer = staff.sign_in(role=role).get("/admin/find/suggestions/", {"q": text})
    return [(result["kind"], result["text"]) for result in answer.json()["results"]]


def make_one_of_each() -> None:
    news.article("Night mail")
    services.stamp_issue("Night trains", slug="night-trains")
    pages.page("Night counters")
    news.person("Night", "Mei")
    news.organization("Night Rail")
    services.hotline("Night calls")
    images.image("A night train", title="Night train")


EVERY_KIND = {
    "Article": "Night mail",
    "Stamp issue": "Night trains",
    "Page": "Night counters",
    "Person": "Night Mei",
    "Organization": "Night Rail",
    "Hotline": "Night calls",
    "Picture": "Night train",
}


def test_every_kind_is_found_in_its_order() -> None:
    make_one_of_each()

    assert get_suggestions("night") == list(EVERY_KIND.items())


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        ("Author", ["Article", "Person", "Organization", "Picture"]),
        ("Service desk", ["Organization", "Hotline"]),
        ("Philatelist", ["Stamp issue", "Person", "Organization", "Picture"]),
        ("Viewer", list(EVERY_KIND)),
    ],
)
def test_roles_find_only_what_they_may_look_at(role: str, kinds: list[str]) -> None:
    make_one_of_each()

    assert [kind for kind, _ in get_suggestions("night", role=role)] == kinds


def test_newcomer_finds_nothing_on_either_way() -> None:
    make_one_of_each()
    browser = staff.sign_in(staff.account())

    assert browser.get("/admin/find/suggestions/?q=night").json() == {"results": []}
    assert browser.get("/admin/find/?q=night").context["groups"] == []


def test_suggestion_leads_to_the_form_and_says_how_it_stands() -> None:
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mail night", ["Night mail"]),
        ("night day", []),
        ("2026-7", ["2026-7 Viaducts"]),
        ("11185", ["Letters"]),
        ("夜", ["夜行邮车"]),
        ("former name", ["Liu Aili"]),
        ("ctt", ["Macao Post"]),
        ("about/history", ["History"]),
        ("100%", []),
        ("_", []),
        ("", []),
        ("   ", []),
    ],
)
def test_names_are_found_in_all_their_forms(text: str, found: list[str]) -> None:
    news.article("Night mail")
    news.article("夜行邮车")
    services.stamp_issue("Viaducts", year=2026, number=7)
    services.short_code_number(services.hotline("Letters"))
    news.person("Liu", "Aili").names.create(name="Former Name")
    news.organization("Macao Post").names.create(name="CTT")
    pages.page("History", path="about/history")

    assert [text for _, text in get_suggestions(text)] == found


def test_what_begins_with_the_text_comes_first() -> None:
    news.article("Mail by night")
    news.article("The night mail")

    assert [text for _, text in get_suggestions("mail")] == ["Mail by night", "The night mail"]


def test_page_finds_without_scripts_and_keeps_the_text() -> None:
    news.article("Night <mail>")

    page = staff.sign_in().get("/admin/find/", {"q": "<mail>"})

    assert [(kind.name, [entry.text for entry in entries]) for kind, entries in page.context["groups"]] == [
        ("article", ["Night <mail>"])
    ]
    assert 'value="&lt;mail&gt;"' in page.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({}, "Type a title or a name"),
        ({"q": "nothing"}, "Nothing that you may look at is called “nothing”."),
        ({"q": "x" * 201}, "at most 200 characters"),
    ],
)
def test_page_says_why_nothing_is_found(query: dict[str, str], sentence: str) -> None:
    assert sentence in staff.sign_in().get("/admin/find/", query).content.decode()


def test_too_long_text_suggests_nothing() -> None:
    assert get_suggestions("x" * 201) == []


def test_header_has_the_form_on_staff_pages_but_not_for_strangers(client: Any) -> None:
    marked = '<form id="quick-find"'

    assert marked in staff.sign_in().get("/admin/news/article/").content.decode()
    assert marked not in client.get("/admin/login/").content.decode()
