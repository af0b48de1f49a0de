"""The answer to whether the portal is well."""

import logging

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

logger = logging.getLogger(__name__)


def healthz(request: HttpRequest) -> JsonResponse:
    """200 while readers can be served. A dead cache makes pages slower, not wrong, so it is told but is no failure: a
    balancer that took the portal away for it would turn a slow site into none."""
    checks = {"database": _is_database_up(), "cache": _is_cache_up()}
    state = {name: "ok" if is_well else "failed" for name, is_well in checks.items()}
    status = "ok" if all(checks.values()) else "degraded" if checks["database"] else "failed"
    return JsonResponse({"status": status, **state}, status=200 if checks["database"] else 503)


def _is_database_up() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        logger.exception("The database does not answer.")
        return False


def _is_cache_up() -> bool:
    # Each cache has errors of its own.
    try:
        cache.set("healthz", 1, timeout=10)
        return bool(cache.get("healthz") == 1)
    except Exception:
        logger.exception("The cache does not answer.")
        return False
