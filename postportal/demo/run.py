"""One run of `load_demo`: existing rows stay as they are, missing rows are added and counted."""

import datetime as dt
from collections import Counter
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from postportal.demo.content_files import ContentEntry

RowT = TypeVar("RowT", bound=models.Model)

# Articles and issues are published at the hour when post offices open.
OPENING_TIME = dt.time(9)


class LoadRun:
    def __init__(self, *, now: dt.datetime) -> None:
        self.now = now
        self.created: Counter[str] = Counter()

    def get_or_create(self, model: type[RowT], key: dict[str, Any], fields: ContentEntry) -> tuple[RowT, bool]:
        """Return (row, is_new). An existing row is never changed: editors may have worked on it."""
        row = model._default_manager.filter(**key).order_by("pk").first()
        if row is not None:
            return row, False
        return self.add(model(**key, **fields)), True

    def add(self, row: RowT) -> RowT:
        """Save the row and count it under the plural name of its model."""
        row.save()
        self.created[str(row._meta.verbose_name_plural)] += 1
        return row

    @property
    def today(self) -> dt.date:
        return timezone.localdate(self.now)

    def date_in(self, days: int) -> dt.date:
        return self.today + dt.timedelta(days=days)

    def date_of(self, entry: ContentEntry, field: str) -> dt.date | None:
        """Return the date that an entry gives as `<field>_on` or as `<field>_in_days` from today."""
        if f"{field}_in_days" in entry:
            return self.date_in(entry[f"{field}_in_days"])
        return entry.get(f"{field}_on")

    def opening_time_on(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, OPENING_TIME, tzinfo=timezone.get_default_timezone())
