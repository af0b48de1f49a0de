"""Setting for replicas of the database: PostgreSQL servers that follow the primary, for pages of readers."""

from collections.abc import Sequence
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from postportal.web.database_settings import database_settings

POSTGRESQL = "django.db.backends.postgresql"
PREFIX = "replica_"
# The lag is checked every second, and known only as that of the last check.
MIN_MAX_LAG = 3
# For a machine that has vanished, until a page is read from the primary instead.
TIMEOUTS = {"connect_timeout": 2, "tcp_user_timeout": 2000}


def replica_databases(
    urls: Sequence[str], *, primary: dict[str, Any], max_lag: int, conn_max_age: int
) -> dict[str, dict[str, Any]]:
    """Return the settings of the replicas at these URLs by alias. Raise ImproperlyConfigured if they cannot be used
    with the primary or with `max_lag`, in seconds."""
    if urls and primary["ENGINE"] != POSTGRESQL:
        raise ImproperlyConfigured("REPLICA_URLS is set, but DATABASE_URL is not PostgreSQL, which alone has replicas.")
    if urls and max_lag < MIN_MAX_LAG:
        raise ImproperlyConfigured(f"REPLICA_MAX_LAG is too small. Set it to {MIN_MAX_LAG} seconds or more.")
    return {f"{PREFIX}{number}": _replica(url, conn_max_age=conn_max_age) for number, url in enumerate(urls, start=1)}


def _replica(url: str, *, conn_max_age: int) -> dict[str, Any]:
    config = environ.Env.db_url_config(url) if "://" in url else {}
    if config.get("ENGINE") != POSTGRESQL:
        raise ImproperlyConfigured("REPLICA_URLS is not valid. List URLs as in DATABASE_URL, separated by commas.")
    config["OPTIONS"] = {**TIMEOUTS, **config.get("OPTIONS", {})}
    complete = database_settings(config, debug=False, conn_max_age=conn_max_age)
    # Tests read from the primary.
    return {**complete, "TEST": {"MIRROR": "default"}}


def is_replica(alias: str | None) -> bool:
    return alias is not None and alias.startswith(PREFIX)
