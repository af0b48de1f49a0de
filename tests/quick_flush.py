"""The database as it was before a test that commits. Django's own way takes a second for each: it empties a hundred
tables and makes permissions, roles and pages of the site again. Here only what the test has changed is put back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

from postportal.audit import triggers
from postportal.page_cache.models import PageDrop

Rows = list[tuple[Any, ...]]
# What page caches have seen of it, they know by its keys, which only grow.
NOTES = PageDrop._meta.db_table


@contextmanager
def only_changes_undone() -> Iterator[None]:
    """Put back what tests with committed transactions changed, and nothing else."""
    kept: dict[str, Rows] = {}
    case_class: Any = TransactionTestCase
    tear_down = case_class._fixture_teardown
    set_up = case_class._fixture_setup.__func__

    def remember_and_set_up(case: type[TransactionTestCase]) -> None:
        if not kept:
            kept.update({table: _rows(table) for table in _tables() if table != NOTES})
        set_up(case)

    def undo(case: TransactionTestCase) -> None:
        if case.databases != {"default"}:
            tear_down(case)
            return
        changed = _changed(kept)
        if not changed:
            return
        triggers.remove(connection)
        with transaction.atomic():
            _put_back(changed, kept)
            PageDrop.objects.exclude(pk=PageDrop.objects.latest("pk").pk).delete()
        triggers.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(remember_and_set_up))
        patch.setattr(TransactionTestCase, "_fixture_teardown", undo)
        yield


def _put_back(changed: list[str], kept: dict[str, Rows]) -> None:
    # Triggers note what is deleted, so that other tables change.
    while changed:
        with connection.cursor() as cursor:
            for table in changed:
                cursor.execute(f"DELETE FROM {_quoted(table)}")
            for table in changed:
                if rows := kept[table]:
                    places = ", ".join(["%s"] * len(rows[0]))
                    cursor.executemany(f"INSERT INTO {_quoted(table)} VALUES ({places})", rows)
        changed = _changed(kept)


def _changed(kept: dict[str, Rows]) -> list[str]:
    """Return the tables that differ. Those that were empty are asked together."""
    empty = [table for table, rows in kept.items() if not rows]
    asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {_quoted(table)})" for table in empty)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        filled = [table for (table,) in cursor.fetchall()]
    return [*filled, *(table for table, rows in kept.items() if rows and _rows(table) != rows)]


def _rows(table: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {_quoted(table)}")
        return sorted(cursor.fetchall(), key=repr)


def _tables() -> list[str]:
    return connection.introspection.django_table_names(only_existing=True, include_views=False)


def _quoted(table: str) -> str:
    return connection.ops.quote_name(table)
