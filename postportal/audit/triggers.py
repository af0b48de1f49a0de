"""The database itself refuses to change or to remove what is in the log, whichever way it is asked."""

from typing import Any

REFUSAL = "The audit log only grows."
# What is refused on which table.
REFUSED = [("audit_entry", "UPDATE"), ("audit_entry", "DELETE"), ("audit_head", "DELETE")]


def install(connection: Any) -> None:
    with connection.cursor() as cursor:
        for statement in _POSTGRES if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """For going back before the log existed."""
    is_postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for table, event in [*REFUSED, *(_TRUNCATED if is_postgres else [])]:
            cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, event)}{f' ON {table}' if is_postgres else ''}")
        if is_postgres:
            cursor.execute("DROP FUNCTION IF EXISTS audit_refuse()")


def _name(table: str, event: str) -> str:
    return f"{table}_no_{event.lower()}"


_SQLITE = [
    f"CREATE TRIGGER {_name(table, event)} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for table, event in REFUSED
]
# Emptying a table there is neither an update nor a deletion.
_TRUNCATED = [("audit_entry", "TRUNCATE"), ("audit_head", "TRUNCATE")]
_REFUSE = "EXECUTE FUNCTION audit_refuse()"
_POSTGRES = [
    f"""
    CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END$$
    """,
    *(f"CREATE TRIGGER {_name(*row)} BEFORE {row[1]} ON {row[0]} FOR EACH ROW {_REFUSE}" for row in REFUSED),
    *(f"CREATE TRIGGER {_name(*row)} BEFORE {row[1]} ON {row[0]} FOR EACH STATEMENT {_REFUSE}" for row in _TRUNCATED),
]
