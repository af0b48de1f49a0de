"""Changes typed ahead, for tests of the page cache."""

import datetime as dt
from typing import Any

from django.utils import timezone

from news.models import Appointment, Handover, Organization, Person, PlannedChange, Position


def hand_over(n: int) -> None:
    """Plan a handover that is public soon, by somebody who holds a position without an end."""
    held = Appointment.objects.filter(ends_before=None, is_acting=False).exclude(
        pk__in=Handover.objects.values("leaving")
    )
    row = held.order_by("pk").first()
    if row is not None:
        last_day = max(timezone.localdate() + dt.timedelta(days=n % 3 - 1), row.held_from)
        Handover.objects.create(
            leaving=row,
            position=row.position,
            last_day=last_day,
            publish_at=timezone.now() + dt.timedelta(seconds=1 + n % 3),
        )


def plan_change(n: int) -> None:
    """Plan another name from a day near today, announced soon."""
    model: Any = (Person, Organization, Position)[n % 3]
    owner = model.objects.order_by("pk")[n % min(3, model.objects.count())]
    day = timezone.localdate() + dt.timedelta(days=n % 3 - 1)
    PlannedChange.objects.create(
        **{owner._meta.model_name: owner},
        new_name=f"Planned {n} {PlannedChange.objects.count()}",
        takes_effect_on=day,
        publish_at=timezone.now() + dt.timedelta(seconds=1 + n % 3),
    )
