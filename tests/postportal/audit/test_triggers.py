import pytest
from django.db import IntegrityError, connection, transaction

from postportal.audit import triggers
from postportal.audit.models import Entry, Head
from tests.factories import audit

pytestmark = pytest.mark.django_db
STATEMENTS = [
    "UPDATE audit_entry SET detail = 'nothing'",
    "UPDATE audit_entry SET number = number + 1000",
    "DELETE FROM audit_entry",
    "DELETE FROM audit_head",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_database_refuses_to_change_the_log(statement: str) -> None:
    audit.make_entries(2)
    rows = list(Entry.objects.order_by("number").values())

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert list(Entry.objects.order_by("number").values()) == rows
    assert Head.objects.count() == 1


@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.parametrize("table", ["audit_entry", "audit_head"])
def test_database_refuses_to_truncate_the_log(table: str) -> None:
    audit.make_entries(2)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table}")

    assert Entry.objects.count() >= 2


def installed_triggers() -> set[str]:
    table, column = ("sqlite_master", "name") if connection.vendor == "sqlite" else ("pg_trigger", "tgname")
    condition = "type = 'trigger'" if connection.vendor == "sqlite" else "NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {condition}")
        return {name for (name,) in cursor.fetchall() if name.startswith("audit_")}


def test_triggers_can_be_removed_and_installed_again() -> None:
    before = installed_triggers()

    triggers.remove(connection)
    assert installed_triggers() == set()
    triggers.remove(connection)
    triggers.install(connection)

    assert installed_triggers() == before
    assert len(before) >= len(triggers.BLOCKED_STATEMENTS)
