"""Health checks for load balancers and monitoring."""

import logging

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from postportal.replicas.monitor import replicas

logger = logging.getLogger(__name__)


def healthz(request: HttpRequest) -> JsonResponse:
    """Return 200 while pages can be served, else 503. A cache that is down is reported but is not a failure: it makes
    pages slower, not wrong, and a load balancer must not take the portal out of service for it."""
    checks = {"database": _is_database_up(), "cache": _is_cache_up()}
    state = {name: "ok" if is_up else "failed" for name, is_up in checks.items()}
    if total := len(replicas().all):
        state["replicas"] = f"{replicas().count_current()} of {total}"
    status = "ok" if all(checks.values()) else "degraded" if checks["database"] else "failed"
    return JsonResponse({"status": status, **state}, status=200 if checks["database"] else 503)


def livez(request: HttpRequest) -> JsonResponse:
    """Return 200 while this process answers, whatever it cannot reach: a restart would not bring back a database."""
    return JsonResponse({"status": "ok"})


def _is_database_up() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        logger.exception("The database is not responding.")
        return False


def _is_cache_up() -> bool:
    # Each cache backend raises its own errors.
    try:
        cache.set("healthz", 1, timeout=10)
        return bool(cache.get("healthz") == 1)
    except Exception:
        logger.exception("The cache is not responding.")
        return False
