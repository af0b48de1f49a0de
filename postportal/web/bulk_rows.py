"""Writing of many rows at once, in a fraction of the time of Django's `bulk_create` and `bulk_update`.

These build an expression for each value and a statement of its own for every few rows. Here the fields prepare the
values in the same way, and one statement takes all rows. Signals are not sent, as with those of Django."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connections, models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    from psycopg import Cursor


def insert_rows(rows: Sequence[models.Model], *, with_keys: bool = False) -> None:
    """Insert new rows of one model. Only rows with a key of their own have one afterwards, unless they are inserted
    `with_keys`."""
    if not rows:
        return
    model = type(rows[0])
    using = router.db_for_write(model)
    # Nobody else takes the keys.
    with transaction.atomic(using=using, savepoint=False):
        _insert_in_transaction(model, rows, connection=connections[using], with_keys=with_keys)
    for row in rows:
        row._state.adding, row._state.db = False, using


def _insert_in_transaction(
    model: type[models.Model], rows: Sequence[models.Model], *, connection: BaseDatabaseWrapper, with_keys: bool
) -> None:
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    key: Any = model._meta.pk
    if with_keys:
        for row, number in zip(rows, _next_keys(model, len(rows), connection=connection), strict=True):
            row.pk = number
    elif rows[0].pk is None:
        fields.remove(key)
    values = [[field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields] for row in rows]
    _insert(model, fields, values, connection=connection)


def update_columns(model: type[models.Model], names: Iterable[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write the values of these fields. Each row is a list of these values with the primary key after them."""
    using = router.db_for_write(model)
    connection = connections[using]
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    assignments = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    key: Any = model._meta.pk
    prepared = [
        [*(field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)), pk]
        for *values, pk in rows
    ]
    # Names from the model only.
    statement = f"UPDATE {quote(model._meta.db_table)} SET {assignments} WHERE {quote(key.column)} = %s"  # noqa: S608
    with transaction.atomic(using=using, savepoint=False), connection.cursor() as cursor:
        cursor.executemany(statement, prepared)


def _insert(
    model: type[models.Model], fields: Sequence[Any], values: list[list[Any]], *, connection: BaseDatabaseWrapper
) -> None:
    quote = connection.ops.quote_name
    table = f"{quote(model._meta.db_table)} ({', '.join(quote(field.column) for field in fields)})"
    if connection.vendor == "postgresql":
        with _driver_cursor(connection) as driver, driver.copy(f"COPY {table} FROM STDIN") as copy:
            for row in values:
                copy.write_row(row)
        return
    placeholders = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} VALUES ({placeholders})", values)  # noqa: S608 - names from the model


def _next_keys(model: type[models.Model], count: int, *, connection: BaseDatabaseWrapper) -> list[int]:
    """Return the next keys of the table, as the database would give them."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            numbers = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(numbers, [connection.ops.quote_name(table), column, count])
            return [number for (number,) in cursor.fetchall()]
        # A transaction of SQLite is the only one that writes (postportal/web/database_settings.py).
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone() or (0,)
        return list(range(last[0] + 1, last[0] + count + 1))


@contextmanager
def _driver_cursor(connection: BaseDatabaseWrapper) -> "Iterator[Cursor[Any]]":
    """Yield a cursor of the database driver: that of Django writes every value into the statement as text."""
    connection.ensure_connection()
    # Loading the driver takes a fifth of a start, and portals on SQLite never need it.
    from psycopg import Cursor

    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        yield cursor
