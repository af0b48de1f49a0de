from typing import Any

import pytest
from django.contrib.auth.models import User

from postportal.publishing.workflow.mentions import mentioned_in

COLLEAGUES = [
    User(pk=1, username="li"),
    User(pk=2, username="lina", first_name="Li", last_name="Na"),
    User(pk=3, username="wen", first_name="李娜"),
    User(pk=4, username="a.b+c@post.example"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Li Na and @li, look", [2, 1]),
        ("@LINA @lina", [2]),
        ("@李娜请看", [3]),
        ("@lin @linate @ li", []),
        ("mail li@post.example", []),
        ("@a.b+c", []),
        ("@" * 500, []),
    ],
)
def test_colleagues_are_named_with_their_full_name_or_username(text: str, found: list[int]) -> None:
    assert [colleague.pk for colleague in mentioned_in(text, COLLEAGUES)] == found


def test_everybody_of_one_name_is_mentioned() -> None:
    people: list[Any] = [User(pk=pk, username=f"u{pk}", first_name="Wen") for pk in (1, 2)]

    assert mentioned_in("@wen", people) == people
