import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services.models.number_dates import ServiceState


class InServiceFilter(admin.SimpleListFilter):
    """Filter of the hotlines that can be called today, those that are planned and those that are retired."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(ServiceState.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: Any = queryset
        today = timezone.localdate()
        found: dict[str | None, Callable[[dt.date], QuerySet[Any]]] = {
            ServiceState.IN_SERVICE: rows.in_service,
            ServiceState.PLANNED: rows.planned,
            ServiceState.RETIRED: rows.retired,
        }
        choose = found.get(self.value())
        return choose(today) if choose else queryset
