"""The moments at which the numbers that hotlines show change by themselves. The plain text of texts that refer to them,
which the search reads, is then brought up to date by the first request, like everything that is due."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from postportal.outbox.signals import enqueue
from postportal.publishing.workflow.due import register_due
from services.models import Hotline

DAY = dt.timedelta(days=1)


def plan(label: str, pks: Collection[int]) -> None:
    """Note when the texts that refer to these hotlines change next, after the hotlines were saved."""
    now = timezone.now()
    for row in Hotline.objects.filter(pk__in=pks).prefetch_related("numbers"):
        _note(row, next_change(row, after=now))


def next_change(row: Hotline, *, after: dt.datetime) -> dt.datetime | None:
    """Return when the hotline appears, disappears or has other numbers; None if nothing is known ahead."""
    return min((moment for moment in _moments(row) if moment > after), default=None)


def _moments(row: Hotline) -> Iterator[dt.datetime]:
    yield from filter(None, [row.publish_at, row.expire_at])
    for number in row.numbers.all():
        # A number ends with its last day.
        days = [number.valid_from, number.valid_until and number.valid_until + DAY]
        yield from (timezone.make_aware(dt.datetime.combine(day, dt.time())) for day in days if day)


def _note(row: Hotline, moment: dt.datetime | None) -> None:
    if row.texts_change_at != moment:
        Hotline.objects.filter(pk=row.pk).update(texts_change_at=moment)


def _due(at: dt.datetime) -> Any:
    return Hotline.objects.filter(texts_change_at__lte=at).annotate(due_at=F("texts_change_at"))


@transaction.atomic
def _update_texts(key: int, at: dt.datetime) -> None:
    row = Hotline.objects.select_for_update().filter(pk=key, texts_change_at__lte=at).first()
    if row is not None:
        _note(row, next_change(row, after=at))
        enqueue(Hotline, [key])


register_due(Hotline._meta.label, rows=_due, process=_update_texts)
