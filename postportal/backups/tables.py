"""The tables of the portal, their rows, and a digest by which two databases are compared."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connections
from django.db.models import Field, JSONField, Model, QuerySet

from postportal.audit.models import Head
from postportal.page_cache.models import PageDrop
from postportal.search.models import IndexBlock, IndexEntry, Posting, SitePage, Word, WriteLock

ROWS_AT_ONCE = 1000
MIGRATIONS_TABLE = "django_migrations"
# Tables that `migrate` fills by itself.
# The search index is made of other tables, and of the pages of the site itself.
FILLED_BY_MIGRATE = {
    *(model._meta.db_table for model in (IndexBlock, IndexEntry, Posting, SitePage, Word, WriteLock)),
    *("django_content_type", "auth_permission", "auth_group", "auth_group_permissions"),
    *("audit_head", "publishing_siteidentity"),
}


class Digest(NamedTuple):
    """Number of rows and a sum of their hashes. The order does not matter, since databases sort texts differently."""

    rows: int = 0
    hash: int = 0

    def add(self, rows: Iterable[tuple[Any, ...]]) -> "Digest":
        count, total = self
        for row in rows:
            count += 1
            total += int.from_bytes(hashlib.sha256(_canonical(row).encode()).digest())
        return Digest(count, total % 2**256)


def portal_models() -> list[type[Model]]:
    """Return one model for each table, including those of many-to-many fields."""
    models = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        # What the page cache has to drop is of no use in another database.
        if model._meta.managed and not model._meta.proxy and model is not PageDrop
    }
    return [models[table] for table in sorted(models)]


def is_copied(model: type[Model]) -> bool:
    """Return False for a table that triggers fill while the rows of other tables are copied."""
    return not getattr(model, "is_kept_by_triggers", False)


def fields_of(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.local_concrete_fields if isinstance(field, Field)]


def unowned_tables(alias: str) -> list[str]:
    """Return the tables with rows that belong to no installed app."""
    connection = connections[alias]
    known = {MIGRATIONS_TABLE, PageDrop._meta.db_table, *(model._meta.db_table for model in portal_models())}
    with connection.cursor() as cursor:
        found = []
        for table in sorted(set(connection.introspection.table_names(cursor)) - known):
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 - a table's own name
            found += [table] if cursor.fetchone() else []
    return found


def used_models(alias: str) -> list[type[Model]]:
    """Return the models with rows that `migrate` has not made."""
    return [model for model in portal_models() if _is_used(model, alias)]


def _is_used(model: type[Model], alias: str) -> bool:
    rows: QuerySet[Model] = QuerySet(model, using=alias)
    if model is Head:
        return rows.filter(number__gt=0).exists()
    return model._meta.db_table not in FILLED_BY_MIGRATE and rows.exists()


def read_rows(model: type[Model], *, alias: str) -> Iterator[list[tuple[Any, ...]]]:
    """Yield all rows as tuples of values, in batches: the table may be larger than the memory."""
    names = [field.attname for field in fields_of(model)]
    batch = []
    for row in QuerySet(model, using=alias).values_list(*names).iterator(chunk_size=ROWS_AT_ONCE):
        batch.append(row)
        if len(batch) == ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def write_rows(model: type[Model], rows: list[tuple[Any, ...]], *, alias: str) -> None:
    """Insert rows exactly as they are: nothing is cleaned, calculated or logged on the way."""
    connection, fields = connections[alias], fields_of(model)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [[_stored(value, field, connection) for value, field in zip(row, fields, strict=True)] for row in rows],
        )


def digest_of(model: type[Model], *, alias: str) -> Digest:
    digest = Digest()
    for rows in read_rows(model, alias=alias):
        digest = digest.add(rows)
    return digest


def _stored(value: Any, field: Field, connection: Any) -> Any:
    # None in a JSON column that cannot be null is the JSON value null.
    if value is None and not (isinstance(field, JSONField) and not field.null):
        return None
    return field.get_db_prep_value(value, connection, prepared=False)


def _canonical(row: tuple[Any, ...]) -> str:
    return json.dumps([_plain(value) for value in row], sort_keys=True, ensure_ascii=True)


def _plain(value: Any) -> Any:
    """Return the value as text, number or list that is the same whichever database it was read from."""
    if isinstance(value, bytes | memoryview):
        return ["bytes", bytes(value).hex()]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return ["list", *map(_plain, value)]
    if isinstance(value, dt.datetime):
        return ["time", value.astimezone(dt.UTC).isoformat()]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if value is None or isinstance(value, bool | int | float | str) else [type(value).__name__, str(value)]
