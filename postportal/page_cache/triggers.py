"""Database triggers that note every write to a table that pages show, whatever statement and program made it."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import connections, transaction
from django.db.models import Model

from postportal.page_cache.models import PageDrop
from postportal.page_cache.watched import Watch, watch_of, watched_models

TABLE = PageDrop._meta.db_table
EVENTS = ("INSERT", "UPDATE", "DELETE")


# Name, table and text of the triggers that are at work.
_FIND = {
    "sqlite": """
        SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'page_drop_%%'
    """,
    "postgresql": """
        SELECT t.tgname, c.relname, p.prosrc
        FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_proc AS p ON p.oid = t.tgfoid
        WHERE t.tgname LIKE 'page_drop_%%' AND t.tgenabled = 'O' AND pg_table_is_visible(c.oid)
    """,
}


class _Trigger(NamedTuple):
    name: str
    # As the database returns it.
    text: str
    statements: tuple[str, ...]


def install(connection: Any) -> None:
    """Create the triggers, in place of those that are there."""
    if are_installed(connection):
        return
    remove(connection)
    with connection.cursor() as cursor:
        for trigger in _triggers(connection.vendor):
            for statement in trigger.statements:
                cursor.execute(statement)


def remove(connection: Any) -> None:
    """Drop all of these triggers that exist, also those of tables that are no longer watched. As soon as the first is
    gone, no process keeps pages."""
    for place, (name, table, _text) in enumerate(_find(connection)):
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
            if place == 0:
                _note_everything(connection)


def are_installed(connection: Any) -> bool:
    """Return True if all writes are noted as this code expects. They are not during a migration that changes something,
    after one that has failed, and for a process of another release than the last migration."""
    expected = sorted((trigger.name, trigger.text) for trigger in _triggers(connection.vendor))
    return sorted((name, text) for name, _table, text in _find(connection)) == expected


def _find(connection: Any) -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_FIND[connection.vendor], [])
        return list(cursor.fetchall())


def remove_before_migration(using: str, plan: Sequence[Any], **kwargs: Any) -> None:
    if plan:
        remove(connections[using])


def install_after_migration(using: str, **kwargs: Any) -> None:
    """Create the triggers, and drop all pages: nobody has noted what the migrations wrote."""
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        install(connection)
        drop_everything(using)


def drop_everything(using: str = "default") -> None:
    """Drop every page of every process. Does nothing while the table does not exist."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    _note_everything(connection)


def _note_everything(connection: Any) -> None:
    is_postgres = connection.vendor == "postgresql"
    statement = _insert(_EVERYTHING, with_transaction=is_postgres)
    if not is_postgres:
        # Far from all earlier keys: if a backup has been restored, a process may have seen later ones than there are.
        columns, _, values = statement.partition(") SELECT ")
        key = "max(COALESCE((SELECT max(id) FROM {table}), 0) + 1, CAST(strftime('%s', 'now') AS INTEGER) * 1000)"
        statement = f"{columns}, id) SELECT {values}, {key.format(table=TABLE)}"
    with connection.cursor() as cursor:
        cursor.execute(statement)


_EVERYTHING = ("''", "''", "''")
TRANSACTION = "pg_current_xact_id()::text::bigint"


@cache
def _triggers(vendor: str) -> tuple[_Trigger, ...]:
    make = _postgres_triggers if vendor == "postgresql" else _sqlite_triggers
    return tuple(trigger for label, model in watched_models().items() for trigger in make(model, watch_of(label)))


def _sqlite_triggers(model: type[Model], watch: Watch) -> list[_Trigger]:
    table = model._meta.db_table
    new, old = _values(watch, "NEW"), _values(watch, "OLD")
    bodies = {
        "INSERT": [_insert(new)] if watch.has_inserts else [],
        "UPDATE": [_insert(new), _insert(old, unless_equal_to=new)],
        "DELETE": [_insert(old)],
    }
    found = []
    for event in EVENTS:
        name, body = f"page_drop_{table}_{event.lower()}", " ".join(f"{statement};" for statement in bodies[event])
        text = f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {body} END"
        found += [_Trigger(name, text, (text,))] if body else []
    return found


def _postgres_triggers(model: type[Model], watch: Watch) -> list[_Trigger]:
    table = model._meta.db_table
    new, old = _values(watch, "NEW"), _values(watch, "OLD")
    rows = f"""BEGIN
        IF TG_OP <> 'DELETE' THEN {_insert(new, with_transaction=True)}; END IF;
        IF TG_OP = 'DELETE' THEN {_insert(old, with_transaction=True)}; END IF;
        IF TG_OP = 'UPDATE' THEN {_insert(old, unless_equal_to=new, with_transaction=True)}; END IF;
        RETURN NULL; END"""
    emptied = f"BEGIN {_insert(_EVERYTHING, with_transaction=True)}; RETURN NULL; END"
    name, events = f"page_drop_{table}", " OR ".join(EVENTS if watch.has_inserts else EVENTS[1:])
    return [
        _postgres_trigger(name, rows, when=f"AFTER {events} ON {table} FOR EACH ROW"),
        # Which names no rows.
        _postgres_trigger(f"{name}_all", emptied, when=f"AFTER TRUNCATE ON {table}"),
    ]


def _postgres_trigger(name: str, body: str, *, when: str) -> _Trigger:
    function = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
    return _Trigger(name, body, (function, f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()"))


def _values(watch: Watch, row: str) -> tuple[str, str, str]:
    """Return the SQL of label, scopes and day of the row."""
    parts = [f"COALESCE('{name}=' || {row}.{column} || ';', '')" for name, column in watch.scopes]
    day = f"COALESCE(CAST({row}.{watch.day} AS varchar), '')" if watch.day else "''"
    return watch.label.format(row=row), " || ".join(["';'", *parts]), day


def _insert(values: tuple[str, str, str], *, unless_equal_to: Any = None, with_transaction: bool = False) -> str:
    transaction = TRANSACTION if with_transaction else "0"
    condition = ""
    if unless_equal_to:
        different = "IS DISTINCT FROM" if with_transaction else "IS NOT"
        pairs = zip(values, unless_equal_to, strict=True)
        condition = " WHERE " + " OR ".join(f"{mine} {different} {other}" for mine, other in pairs if mine != other)
    columns = "label, scopes, day, written_in"
    return f"INSERT INTO {TABLE} ({columns}) SELECT {', '.join(values)}, {transaction}{condition}"
