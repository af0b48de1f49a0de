"""The moments at which partners of joint issues appear or disappear by themselves. The search finds an issue by the
stamps of its public partners only, so the first request after such a moment has the issue indexed again."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from postportal.outbox.signals import enqueue
from postportal.publishing.workflow.due import register_due
from services.models import PartnerStamp, StampIssue


def plan(label: str, pks: Collection[int]) -> None:
    """Note when the partners of these issues appear or disappear next, after an issue or a partner was saved."""
    now = timezone.now()
    for row in PartnerStamp.objects.filter(issue__in=pks).select_related("partner"):
        _note(row, after=now)


def _note(row: PartnerStamp, *, after: dt.datetime) -> None:
    moments = (row.partner.publish_at, row.partner.expire_at)
    moment = min((each for each in moments if each and each > after), default=None)
    if row.partner_changes_at != moment:
        PartnerStamp.objects.filter(pk=row.pk).update(partner_changes_at=moment)


def _due(at: dt.datetime) -> Any:
    return PartnerStamp.objects.filter(partner_changes_at__lte=at).annotate(due_at=F("partner_changes_at"))


@transaction.atomic
def _index_again(key: int, at: dt.datetime) -> None:
    rows = PartnerStamp.objects.select_for_update(of=("self",)).select_related("partner")
    row = rows.filter(pk=key, partner_changes_at__lte=at).first()
    if row is not None:
        _note(row, after=at)
        enqueue(StampIssue, [row.issue_id])


register_due(PartnerStamp._meta.label, rows=_due, process=_index_again)
