"""Fixtures: the people of a newsroom, and running functions at the same time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections
from django.utils import timezone

from postportal.staff.work_queues import queue_counts, queues_for
from tests.factories import staff


def person(role: str, name: str, **fields: Any) -> User:
    return staff.account(role, first_name=name, email=f"{name.lower()}@post.example", **fields)


def queue_entries(name: str, user: User) -> list[Any]:
    entries = queues_for(user)[name].items(user, timezone.now())
    assert queue_counts([queues_for(user)[name]], user, timezone.now()).get(name, 0) == len(entries)
    return entries


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


@pytest.fixture
def at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Any]]:
    """Return a function that runs its arguments at the same time and returns their results. SQLite in memory allows one
    connection only, so the threads get a copy of the database in a file."""

    def run(*works: Callable[[], Any]) -> list[Any]:
        if connection.vendor == "sqlite":
            file = tmp_path / "db.sqlite3"
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(file)])
            monkeypatch.setitem(connections.settings["default"], "NAME", str(file))
        start = Barrier(len(works))
        with ThreadPoolExecutor(len(works)) as pool:
            return [done.result() for done in [pool.submit(in_thread, work, start) for work in works]]

    return run


def in_thread(work: Callable[[], Any], start: Barrier | None = None) -> Any:
    try:
        if start:
            start.wait(timeout=20)
        return work()
    finally:
        connections.close_all()


def read_in_thread(look: Callable[[], Any]) -> Any:
    """Return the result of `look` in the database that the threads wrote to."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(in_thread, look).result()
