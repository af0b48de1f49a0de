"""Status of a row at a given time, for staff."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import PUBLIC_STATES, PubliclyTimed, Publishable


class Status(models.TextChoices):
    LIVE = "live", _("Live")
    SCHEDULED = "scheduled", _("Scheduled")
    DRAFT = "draft", _("Draft")
    HIDDEN = "hidden", _("Hidden")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    UNPUBLISHED = "unpublished", _("Unpublished")


def status_of(row: PubliclyTimed, at: dt.datetime) -> Status:
    if isinstance(row, Publishable) and row.state not in PUBLIC_STATES:
        return Status(row.state)
    if row.is_visible(at):
        return Status.LIVE
    if row.expire_at and row.expire_at <= at:
        return Status.EXPIRED
    return Status.SCHEDULED if row.publish_at else Status.HIDDEN


class StatusFilter(admin.SimpleListFilter):
    title = _("visibility")
    parameter_name = "visibility"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        timed = {Status.LIVE, Status.SCHEDULED, Status.HIDDEN, Status.EXPIRED}
        choices = set(Status) - {Status.HIDDEN} if issubclass(model_admin.model, Publishable) else timed
        return [(status.value, status.label) for status in Status if status in choices]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        now = timezone.now()
        value = self.value()
        if value in {Status.DRAFT, Status.WITHDRAWN, Status.UNPUBLISHED}:
            return queryset.filter(state=value)
        if value == Status.LIVE:
            return queryset.published(now)  # type: ignore[attr-defined, no-any-return]
        has_state = issubclass(queryset.model, Publishable)
        timed = queryset.filter(state__in=PUBLIC_STATES) if has_state else queryset
        if value == Status.EXPIRED:
            return timed.filter(expire_at__lte=now)
        if value == Status.HIDDEN:
            return queryset.filter(publish_at__isnull=True).exclude(Q(expire_at__lte=now))
        if value == Status.SCHEDULED:
            return timed.filter(publish_at__gt=now).exclude(Q(expire_at__lte=now))
        return queryset
