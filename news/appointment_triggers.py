"""Triggers of SQLite that refuse appointments that certainly overlap, as EXCLUDE does on PostgreSQL."""

from typing import Any

from django.apps import apps as installed
from django.db import connections

from news.models import Appointment
from news.models.no_overlap import NoOverlap

_CERTAIN = "({row}.lasts_until IS NULL OR {row}.begins_by <= {row}.lasts_until)"
_OVERLAP = (
    "(NEW.lasts_until IS NULL OR other.begins_by <= NEW.lasts_until)"
    " AND (other.lasts_until IS NULL OR NEW.begins_by <= other.lasts_until)"
)


def keep(*, using: str, apps: Any = installed, **kwargs: Any) -> None:
    """Install the triggers. Runs after every migration: one that changes a column makes the table again, without its
    triggers."""
    try:
        apps.get_model("news.Appointment")
    except LookupError:
        return  # The table does not exist yet, or any more.
    if connections[using].vendor == "sqlite":
        with connections[using].cursor() as cursor:
            for statement in _statements():
                cursor.execute(statement)


def _statements() -> list[str]:
    rules = [rule for rule in Appointment._meta.constraints if isinstance(rule, NoOverlap)]
    return [statement for rule in rules for event in ("INSERT", "UPDATE") for statement in _trigger(rule, event)]


def _trigger(rule: NoOverlap, event: str) -> tuple[str, str]:
    table, name = Appointment._meta.db_table, f"{rule.name}_{event.lower()}"
    where = f"{_conditions(rule, 'other')} AND {_OVERLAP} AND {_same_key(rule)}"
    found = f"SELECT 1 FROM {table} AS other WHERE other.id IS NOT NEW.id AND {where}"  # noqa: S608 - our own names
    # In the words in which SQLite names a check.
    refuse = f"SELECT RAISE(ABORT, 'CHECK constraint failed: {rule.name}') WHERE EXISTS ({found})"
    return (
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {_conditions(rule, 'NEW')} BEGIN {refuse}; END",
    )


def _conditions(rule: NoOverlap, row: str) -> str:
    certain = _CERTAIN.format(row=row)
    return f"{certain} AND {row}.{rule.condition}" if rule.condition else certain


def _same_key(rule: NoOverlap) -> str:
    return " AND ".join(f"other.{column} = NEW.{column}" for column in rule.columns(Appointment))
