"""Database triggers that refuse to change or delete audit log entries, whatever statement is used."""

from typing import Any

REFUSAL_MESSAGE = "The audit log is append-only."
# Pairs of table and statement.
BLOCKED_STATEMENTS = [("audit_entry", "UPDATE"), ("audit_entry", "DELETE"), ("audit_head", "DELETE")]


def install(connection: Any) -> None:
    with connection.cursor() as cursor:
        for statement in _POSTGRES_STATEMENTS if connection.vendor == "postgresql" else _SQLITE_STATEMENTS:
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Drop the triggers, to migrate back to before the log existed."""
    is_postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for table, event in [*BLOCKED_STATEMENTS, *(_BLOCKED_TRUNCATIONS if is_postgres else [])]:
            cursor.execute(
                f"DROP TRIGGER IF EXISTS {_trigger_name(table, event)}{f' ON {table}' if is_postgres else ''}"
            )
        if is_postgres:
            cursor.execute("DROP FUNCTION IF EXISTS audit_refuse()")


def _trigger_name(table: str, event: str) -> str:
    return f"{table}_no_{event.lower()}"


_SQLITE_STATEMENTS = [
    f"CREATE TRIGGER {_trigger_name(table, event)} BEFORE {event} ON {table}"
    f" BEGIN SELECT RAISE(ABORT, '{REFUSAL_MESSAGE}'); END"
    for table, event in BLOCKED_STATEMENTS
]
# On PostgreSQL, TRUNCATE is neither an update nor a deletion.
_BLOCKED_TRUNCATIONS = [("audit_entry", "TRUNCATE"), ("audit_head", "TRUNCATE")]
_CALL_REFUSE = "EXECUTE FUNCTION audit_refuse()"
_POSTGRES_STATEMENTS = [
    f"""
    CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION '{REFUSAL_MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END$$
    """,
    *(
        f"CREATE TRIGGER {_trigger_name(*row)} BEFORE {row[1]} ON {row[0]} FOR EACH ROW {_CALL_REFUSE}"
        for row in BLOCKED_STATEMENTS
    ),
    *(
        f"CREATE TRIGGER {_trigger_name(*row)} BEFORE {row[1]} ON {row[0]} FOR EACH STATEMENT {_CALL_REFUSE}"
        for row in _BLOCKED_TRUNCATIONS
    ),
]
