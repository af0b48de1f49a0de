"""Database settings that the portal needs, whichever database DATABASE_URL names."""

from typing import Any

SQLITE = "django.db.backends.sqlite3"


def database_settings(config: dict[str, Any], *, debug: bool, conn_max_age: int) -> dict[str, Any]:
    """Return the settings for `config`, which is a DATABASE_URL parsed by django-environ.

    `conn_max_age` is the lifetime of a PostgreSQL connection in seconds."""
    if config["ENGINE"] == SQLITE:
        # The defaults lose saves under several writers: a transaction that starts reading cannot always upgrade to
        # writing.
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": f"PRAGMA synchronous={'NORMAL' if debug else 'FULL'};",
        }
        # Persistent connections can still read when the disk is full.
        return {**config, "OPTIONS": options, "CONN_MAX_AGE": None}
    # A database that accepts connections but never answers would block every thread for two minutes, even /healthz.
    options = {"connect_timeout": 5, **config.get("OPTIONS", {})}
    return {**config, "OPTIONS": options, "CONN_MAX_AGE": conn_max_age, "CONN_HEALTH_CHECKS": True}
