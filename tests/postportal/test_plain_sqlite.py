"""The database can be read, checked and changed without Django: by the sqlite3 program, a backup tool, a repair."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CheckConstraint

from services.models import HotlineNumber

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own programs read no other database"),
]

NUMBERS = HotlineNumber._meta.db_table


@pytest.fixture
def plain() -> Iterator[sqlite3.Connection]:
    """Yield a connection to an empty database with our tables that has none of Django's functions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
        )
        statements = [sql for (sql,) in cursor.fetchall()]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)
        yield database


def tables(database: sqlite3.Connection) -> list[str]:
    return [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def refusal_of(database: sqlite3.Connection, statement: str) -> str:
    """Execute the statement and return which constraint refused it, or “none”. Other errors are raised."""
    try:
        database.execute(statement)
    except sqlite3.IntegrityError as error:
        return str(error)
    return "none"


def add_row(database: sqlite3.Connection, table: str, **values: object) -> None:
    """Add a row with a value of the right type in every other column."""
    if table == "page_cache_pagedrop":
        # Triggers of the other tables have added the first ones.
        values = {"id": 7_000_000}
    row = {}
    for _position, name, kind, *_rest in database.execute(f'PRAGMA table_info("{table}")').fetchall():
        row[name] = values.get(name, "7" if kind.startswith(("varchar", "char", "text")) else 7)
    columns = ", ".join(f'"{name}"' for name in row)
    places = ", ".join("?" * len(row))
    database.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', list(row.values()))


def test_every_table_and_constraint_can_be_checked(plain: sqlite3.Connection) -> None:
    plain.execute("PRAGMA ignore_check_constraints = ON")
    for table in tables(plain):
        if not table.startswith("sqlite_"):
            add_row(plain, table)
    plain.execute("PRAGMA ignore_check_constraints = OFF")

    findings = {finding for (finding,) in plain.execute("PRAGMA integrity_check(1000)")}

    # Rows of sevens break some constraints, and the program says which, instead of stopping.
    assert f"CHECK constraint failed in {NUMBERS}" in findings
    assert not {finding for finding in findings if not finding.startswith("CHECK constraint failed in ")}


def test_every_row_can_be_changed(plain: sqlite3.Connection) -> None:
    for table in tables(plain):
        plain.execute("PRAGMA ignore_check_constraints = ON")
        if table.startswith(("sqlite_", "audit_")):
            continue
        add_row(plain, table)
        plain.execute("PRAGMA ignore_check_constraints = OFF")
        [(_position, column, *_rest), *_others] = plain.execute(f'PRAGMA table_info("{table}")').fetchall()
        refusal = refusal_of(plain, f'UPDATE "{table}" SET "{column}" = "{column}"')
        assert refusal.startswith(("CHECK constraint failed: ", "none"))


def test_every_constraint_is_a_condition_that_sqlite_knows(plain: sqlite3.Connection) -> None:
    tried = []
    editor = connection.schema_editor(collect_sql=True)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                condition = constraint._get_check_sql(model, editor)
                plain.execute(f'SELECT count(*) FROM "{model._meta.db_table}" WHERE {condition}')
                tried.append(constraint.name)

    assert len(tried) >= 40


GOOD = [
    ("+861011185", "", ""),
    ("+8610111", "", ""),
    ("+123456789012345", "", ""),
    ("", "112", "CN"),
    ("", "9" * 12, "GB"),
]
BAD = [
    *[(number, "", "") for number in ("861011185", "+0861011185", "+86 10 11185", "+86", "++8610111", "+861011185\n")],
    *[(number, "", "") for number in ("+８６1011185", "+1234567890123456", "+861011a", "\n+8610111", "+123456")],
    *[("", code, "CN") for code in ("11", "9" * 13, "11 185", "１１１８５", "*100#", "11185\n", "a11")],
    *[("", "11185", region) for region in ("cn", "C", "CHN", "C1", "ＣＮ", "C\n", "ÄÖ")],
]


@pytest.mark.parametrize(("e164", "short_code", "region"), [*GOOD, *BAD])
def test_numbers_are_accepted_and_refused_alike(
    plain: sqlite3.Connection, e164: str, short_code: str, region: str
) -> None:
    add = partial(add_row, plain, NUMBERS, scope="domestic", order=1, valid_from=None, valid_until=None)
    if (e164, short_code, region) in GOOD:
        add(e164=e164, short_code=short_code, region=region)
    else:
        with pytest.raises(sqlite3.IntegrityError, match="hotline_number_"):
            add(e164=e164, short_code=short_code, region=region)
