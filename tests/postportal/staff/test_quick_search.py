"""Quick search by name, restricted to rows the user may view."""

import pytest

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


EVERY_MODEL = {
    "Article": "Night mail",
    "Stamp issue": "Night trains",
    "Page": "Night counters",
    "Person": "Night Mei",
    "Organization": "Night Rail",
    "Hotline": "Night calls",
    "Picture": "Night train",
}


def test_every_model_is_found_in_order() -> None:
    make_one_of_each()

    assert get_suggestions("night") == list(EVERY_MODEL.items())


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        ("Author", ["Article", "Person", "Organization", "Picture"]),
        ("Service desk", ["Organization", "Hotline"]),
        ("Philatelist", ["Stamp issue", "Person", "Organization", "Picture"]),
        ("Viewer", list(EVERY_MODEL)),
    ],
)
def test_roles_find_only_rows_they_may_view(role: str, kinds: list[str]) -> None:
    make_one_of_each()

    assert [kind for kind, _ in get_suggestions("night", role=role)] == kinds


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
def test_all_names_of_a_row_are_searched(text: str, found: list[str]) -> None:
    news.article("Night mail")
    news.article("夜行邮车")
    services.stamp_issue("Viaducts", year=2026, number=7)
    services.short_code_number(services.hotline("Letters"))
    news.person("Liu", "Aili").names.create(name="Former Name")
    news.organization("Macao Post").names.create(name="CTT")
    pages.page("History", path="about/history")

    assert [text for _, text in get_suggestions(text)] == found


def test_names_that_begin_with_the_text_come_first() -> None:
    news.article("Mail by night")
    news.article("The night mail")

    assert [text for _, text in get_suggestions("mail")] == ["Mail by night", "The night mail"]


def test_too_long_text_has_no_suggestions() -> None:
    assert get_suggestions("x" * 201) == []
