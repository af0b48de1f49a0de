"""One run of `load_demo`: what is there stays as it is, what is missing is added and counted."""

import datetime as dt
from collections import Counter
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from postportal.demo.content_files import Entry

Row = TypeVar("Row", bound=models.Model)

# Articles and issues of a day are published when the counters open.
OPENING = dt.time(9)


class Run:
    def __init__(self, *, now: dt.datetime) -> None:
        self.now = now
        self.made: Counter[str] = Counter()

    def ensure(self, model: type[Row], key: dict[str, Any], fields: Entry) -> tuple[Row, bool]:
        """Return the row with this key and whether it had to be made. A row that is there belongs to the editors."""
        row = model._default_manager.filter(**key).order_by("pk").first()
        if row is not None:
            return row, False
        return self.add(model(**key, **fields)), True

    def add(self, row: Row) -> Row:
        row.save()
        self.made[str(row._meta.verbose_name_plural)] += 1
        return row

    @property
    def today(self) -> dt.date:
        return timezone.localdate(self.now)

    def day_in(self, days: int) -> dt.date:
        return self.today + dt.timedelta(days=days)

    def day_of(self, entry: Entry, field: str) -> dt.date | None:
        """The day an entry gives as `<field>_on`, or as `<field>_in_days` from now."""
        if f"{field}_in_days" in entry:
            return self.day_in(entry[f"{field}_in_days"])
        return entry.get(f"{field}_on")

    def opening_of(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, OPENING, tzinfo=timezone.get_default_timezone())
