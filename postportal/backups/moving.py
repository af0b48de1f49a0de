"""A copy of the whole portal in another database, compared with the original before it is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.db.utils import load_backend

from postportal.audit import triggers
from postportal.backups.sequences import read_sequences, write_sequences
from postportal.backups.tables import (
    Digest,
    digest_of,
    is_copied,
    portal_models,
    read_rows,
    unowned_tables,
    used_models,
    write_rows,
)
from postportal.page_cache import triggers as page_cache_triggers


class MoveError(Exception):
    """Nothing was copied. The message says why."""


class CopiedTable(NamedTuple):
    """A table before and after: numbers of rows, and whether every value is the same."""

    name: str
    original: Digest
    copy: Digest

    @property
    def is_equal(self) -> bool:
        return self.original == self.copy


@contextmanager
def connected_to(settings: dict[str, Any], *, alias: str = "target") -> Iterator[str]:
    """Add a database connection with these settings until the block ends, and yield its alias."""
    complete = connections.configure_settings({DEFAULT_DB_ALIAS: settings})[DEFAULT_DB_ALIAS]
    try:
        connection = load_backend(complete["ENGINE"]).DatabaseWrapper(complete, alias)
    except ImproperlyConfigured as error:
        raise MoveError(f"The database cannot be used. {error}") from error
    connections[alias] = connection
    try:
        connection.ensure_connection()
        yield alias
    except (DatabaseError, ImproperlyConfigured) as error:
        raise MoveError(f"The database cannot be used. {error}") from error
    finally:
        connection.close()
        del connections[alias]


def move(source: str, target: str, *, replace: bool = False) -> list[CopiedTable]:
    """Copy every row of every table and return how the tables compare. If any differ, the target is left as it was.

    `source` and `target` are aliases of connections. A target without tables gets them; rows in it are only replaced if
    `replace` is set. Raise MoveError if the move is refused. The source is only read."""
    _check_different(source, target)
    if not connections[target].introspection.table_names():
        call_command("migrate", database=target, verbosity=0, interactive=False)
    with _snapshot(source), transaction.atomic(using=target):
        _check_migrations(source, target)
        _check_tables(source, target, replace=replace)
        # Their notes would be as many as the rows.
        page_cache_triggers.remove(connections[target])
        _empty(target)
        originals = {model: _copy_table(model, source, target) for model in portal_models() if is_copied(model)}
        write_sequences(target, read_sequences(source))
        copied = [
            CopiedTable(model._meta.db_table, original, digest_of(model, alias=target))
            for model, original in originals.items()
        ]
        page_cache_triggers.install(connections[target])
        page_cache_triggers.drop_everything(target)
        if not all(table.is_equal for table in copied):
            transaction.set_rollback(True, using=target)
        elif read_sequences(source) != read_sequences(target):
            raise MoveError("The sequences of the new database cannot be set.")
    if connections[target].vendor == "postgresql":
        with connections[target].cursor() as cursor:
            # Otherwise the first queries are planned for empty tables.
            cursor.execute("ANALYZE")
    return copied


@contextmanager
def _snapshot(alias: str) -> Iterator[None]:
    """Read one state of the database, whatever is saved meanwhile."""
    connection = connections[alias]
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(using=alias):
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _check_different(source: str, target: str) -> None:
    if _identity(source) == _identity(target):
        raise MoveError("The portal already uses this database.")


def _identity(alias: str) -> tuple[Any, ...]:
    """Return what identifies a database."""
    with connections[alias].cursor() as cursor:
        if connections[alias].vendor == "sqlite":
            cursor.execute("SELECT file FROM pragma_database_list WHERE name = 'main'")
            [file] = cursor.fetchone()
            return ("sqlite", file or alias)
        cursor.execute("SELECT pg_postmaster_start_time(), current_database(), current_schema()")
        return tuple(cursor.fetchone())


def _check_migrations(source: str, target: str) -> None:
    applied = [set(MigrationRecorder(connections[alias]).applied_migrations()) for alias in (source, target)]
    if different := sorted(applied[0] ^ applied[1]):
        names = ", ".join(".".join(name) for name in different)
        raise MoveError(f"The databases have different migrations: {names}. Run “manage.py migrate” on both.")


def _check_tables(source: str, target: str, *, replace: bool) -> None:
    if unowned := unowned_tables(source):
        raise MoveError(
            f"No installed app owns {', '.join(unowned)}, so the rows would be lost. Set LEGACY_IMPORT=1 if they are "
            "captured pages of an old site, or delete the tables."
        )
    if not replace and (used := used_models(target)):
        names = ", ".join(str(model._meta.verbose_name) for model in used[:5])
        raise MoveError(f"The database is not empty: it has rows of {names}. Add --replace to delete them.")


def _empty(alias: str) -> None:
    """Delete all rows. The triggers that protect the audit log are taken off for this moment only."""
    connection = connections[alias]
    tables = [connection.ops.quote_name(model._meta.db_table) for model in portal_models()]
    triggers.remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(tables)}")
        else:
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    triggers.install(connection)


def _copy_table(model: type[Model], source: str, target: str) -> Digest:
    digest = Digest()
    try:
        for rows in read_rows(model, alias=source):
            digest = digest.add(rows)
            write_rows(model, rows, alias=target)
    except (DatabaseError, ValueError, TypeError) as error:
        raise MoveError(f"{model._meta.db_table} cannot be copied: {str(error).strip()}") from error
    return digest
