"""Concurrent writers of the log, each with its own connection."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, connections, transaction

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.audit.models import Entry
from postportal.audit.verification import ChainLink, verify_chain

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 6, 15


@pytest.fixture
def _shared_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copy a SQLite database in memory to a file, so that threads can use it."""
    if connection.vendor == "sqlite":
        file = tmp_path / "db.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        monkeypatch.setitem(connections.settings["default"], "NAME", str(file))


def in_thread(work: object, *args: object) -> object:
    try:
        return work(*args)  # type: ignore[operator]
    finally:
        connections.close_all()


def write_log_entries(barrier: Barrier, writer: int) -> None:
    barrier.wait()
    for number in range(EACH):
        with transaction.atomic():
            log_action(Action.PUBLISH, detail=f"{writer}-{number}")
            transaction.set_rollback(number % 3 == 2)  # Every third transaction is rolled back.


def read_log() -> tuple[ChainLink, int, set[str]]:
    return verify_chain(), Entry.objects.count(), set(Entry.objects.values_list("detail", flat=True))


@pytest.mark.usefixtures("_shared_database")
def test_writers_never_fork_the_chain() -> None:
    barrier = Barrier(WRITERS)

    with ThreadPoolExecutor(WRITERS) as pool:
        for future in [pool.submit(in_thread, write_log_entries, barrier, writer) for writer in range(WRITERS)]:
            future.result()
        newest, count, details = pool.submit(in_thread, read_log).result()  # type: ignore[misc]

    committed = {f"{writer}-{number}" for writer in range(WRITERS) for number in range(EACH) if number % 3 != 2}
    assert newest.number == count
    assert {detail for detail in details if detail[:1].isdigit()} == committed
