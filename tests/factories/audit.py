"""Entries of the audit log, and tampering with it."""

from typing import Any

from django.db import connection

from postportal.audit import triggers
from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.audit.models import Entry


def make_entries(count: int = 5) -> list[Entry]:
    """Add entries to the end of the log and return them."""
    return [log_action(Action.PUBLISH, detail=f"story {number}") for number in range(count)]


def newest_entry() -> Entry:
    return Entry.objects.newest_first()[0]


def actions_since(*, after: int) -> list[tuple[str, str]]:
    """Return the entries after a number as pairs of action and detail."""
    return list(Entry.objects.filter(number__gt=after).order_by("number").values_list("action", "detail"))


def last_number() -> int:
    return max(Entry.objects.values_list("number", flat=True), default=0)


def tamper(statement: str, *values: Any) -> None:
    """Execute SQL without the triggers and checks, as the owner of the database can."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = 1")
        cursor.execute(statement, values)
        assert cursor.rowcount > 0
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = 0")
