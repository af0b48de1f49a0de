"""The people of a newsroom."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from postportal.staff.boxes import boxes_for, counts
from tests.factories import staff


def person(role: str, name: str, **fields: Any) -> User:
    return staff.account(role, first_name=name, email=f"{name.lower()}@post.example", **fields)


def entries(box: str, user: User) -> list[Any]:
    found = boxes_for(user)[box].entries(user, timezone.now())
    assert counts([boxes_for(user)[box]], user, timezone.now()).get(box, 0) == len(found)
    return found


@pytest.fixture
def newsroom(db: None) -> dict[str, User]:
    people = {
        "Ann": person("Author", "Ann"),
        "Ed": person("Editor", "Ed"),
        "Eve": person("Editor", "Eve"),
        "Pia": person("Publisher", "Pia"),
    }
    person("Viewer", "Vic")
    person("Service desk", "Sid")
    person("Philatelist", "Phil")
    person("Editor", "Gone", is_active=False)
    person("Editor", "Reader", is_staff=False)
    staff.account("Editor", username="without-address")
    return people
