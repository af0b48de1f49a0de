import re
from urllib.parse import quote

import pytest
from django.test import Client, RequestFactory

from postportal.api.parameters import TEXT_PATTERN, unreadable_parameters

pytestmark = pytest.mark.django_db


def problems(client: Client, query: str) -> list[tuple[str, str]]:
    response = client.get(f"/api/search?{query}")

    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/json; charset=utf-8")
    assert response.headers["Cache-Control"] == "no-store"
    return [(problem["type"], problem["loc"][1]) for problem in response.json()["detail"]]


def test_unknown_parameters_are_refused_by_name(client: Client) -> None:
    assert problems(client, "since=2026&q=copper&nonsense=") == [
        ("unknown_parameter", "since"),
        ("unknown_parameter", "nonsense"),
    ]


def test_parameter_that_is_not_a_list_may_be_given_only_once(client: Client) -> None:
    assert problems(client, "q=copper&q=tin&page=1&page=2&tag=a&tag=b") == [
        ("repeated_parameter", "q"),
        ("repeated_parameter", "page"),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=%00", [("control_character", "q")]),
        ("q=a%0", None),
        ("q=copper&tag=%1B%5B31m", [("control_character", "tag")]),
        ("q=%C2%85", [("control_character", "q")]),
        ("%01q=copper", [("control_character", "�q")]),
        ("q=%FF", [("not_utf8", "q")]),
        ("q=%ED%A0%80", [("not_utf8", "q")]),
        ("%FE=1&q=%FF", [("not_utf8", "�"), ("not_utf8", "q")]),
        ("q=copper%09line%0D%0Aopens", None),
        ("q=%E9%93%9C+line&&=", None),
    ],
)
def test_control_characters_and_other_encodings_are_refused_by_name(
    client: Client, query: str, expected: list[tuple[str, str]] | None
) -> None:
    if expected is None:
        assert "control_character" not in client.get(f"/api/search?{query}").content.decode()
    else:
        assert problems(client, query) == expected


def test_documented_pattern_is_what_is_refused() -> None:
    for number in range(0x100):
        request = RequestFactory().get("/api/search", QUERY_STRING=f"q={quote(chr(number))}")
        assert bool(unreadable_parameters(request)) is not bool(re.search(TEXT_PATTERN, chr(number))), number
