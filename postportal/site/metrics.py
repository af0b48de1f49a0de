"""The numbers that Prometheus reads."""

import datetime as dt
import logging
import secrets
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from postportal.outbox.models import OutboxEvent
from postportal.publishing.models import Edition, Release
from postportal.web import metrics

logger = logging.getLogger(__name__)


@require_safe
def show_metrics(request: HttpRequest) -> HttpResponse:
    """Return all numbers to a client that has METRICS_TOKEN. Not by IP address: behind a proxy, one wrong setting would
    show them to everybody."""
    counters = metrics.started()
    if not settings.METRICS_TOKEN or not counters:
        raise Http404
    expected = f"Bearer {settings.METRICS_TOKEN}".encode()
    if not secrets.compare_digest(request.headers.get("Authorization", "").encode(), expected):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(counters.text([PortalNumbers(timezone.now())]), content_type=CONTENT_TYPE_LATEST)


class PortalNumbers(Collector):
    """Numbers from the database, the same in all processes and on all machines."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            found = self._read()
        except DatabaseError:
            logger.exception("The database is not responding.")
            found = {}
        yield _gauge("database_up", "1 if the database responds.", int(bool(found)))
        for name, help_text in HELP.items():
            if name in found:
                yield _gauge(name, help_text, found[name])

    def _read(self) -> dict[str, float]:
        outbox = OutboxEvent.objects.aggregate(
            waiting=Count("pk"), failed=Count("pk", filter=Q(attempts__gt=0)), oldest=Min("created_at")
        )
        due = [_due(Edition.objects.due(self.at)), _due(Release.objects.due(self.at))]
        return {
            "outbox_waiting": outbox["waiting"],
            "outbox_failed": outbox["failed"],
            "outbox_oldest_seconds": self._age(outbox["oldest"]),
            "publications_overdue": sum(found["count"] for found in due),
            "publications_overdue_seconds": max(self._age(found["oldest"]) for found in due),
        }

    def _age(self, moment: dt.datetime | None) -> float:
        return (self.at - moment).total_seconds() if moment else 0


HELP = {
    "outbox_waiting": "Changes whose consequences have not been carried out yet.",
    "outbox_failed": "Those of them that have failed at least once.",
    "outbox_oldest_seconds": "Age of the oldest of them.",
    "publications_overdue": "Scheduled items and releases whose time has come and that are not public.",
    "publications_overdue_seconds": "Time since the first of them was due.",
}


def _due(rows: "QuerySet[Any]") -> dict[str, Any]:
    return rows.order_by().aggregate(count=Count("pk"), oldest=Min("due_at"))


def _gauge(name: str, help_text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"postportal_{name}", help_text, value=value)
