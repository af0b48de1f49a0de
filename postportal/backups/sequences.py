"""The numbers that the next rows will get. They are copied as well: the number of a deleted row must never be given to
another, because IDs in feeds and entries of the audit log still name it."""

from django.db import connections
from django.db.models import AutoField

from postportal.backups.tables import portal_models


def read_sequences(alias: str) -> dict[str, int]:
    """Return the number of the newest row that each table has ever had, 0 if it never had one."""
    tables = _numbered_tables()
    with connections[alias].cursor() as cursor:
        if connections[alias].vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            stored = dict(cursor.fetchall())
            return {table: int(stored.get(table, 0)) for table in tables}
        found = {}
        for table, column in tables.items():
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
            [sequence] = cursor.fetchone()
            # Rows that were written with a number of their own have not moved the sequence.
            cursor.execute(
                "SELECT GREATEST(CASE WHEN is_called THEN last_value ELSE 0 END,"  # noqa: S608 - our own names
                f' (SELECT COALESCE(MAX("{column}"), 0) FROM "{table}")) FROM {sequence}'
            )
            [found[table]] = cursor.fetchone()
        return found


def write_sequences(alias: str, sequences: dict[str, int]) -> None:
    """Let each table continue after the given number."""
    tables = _numbered_tables()
    with connections[alias].cursor() as cursor:
        for table, newest in sequences.items():
            if connections[alias].vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                if newest:
                    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, newest])
            else:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
                    [f'"{table}"', tables[table], newest or 1, bool(newest)],
                )


def _numbered_tables() -> dict[str, str]:
    """Return the column that is numbered by the database, by table."""
    return {
        model._meta.db_table: str(model._meta.pk.column)
        for model in portal_models()
        if isinstance(model._meta.pk, AutoField)
    }
