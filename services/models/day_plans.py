"""Opening hours of one day and the state at one moment: open until when, closed until when, and why."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from services.models.holiday import Holiday
from services.models.hours_line import Span, read_hours
from services.models.opening_hours import OpeningHours

# Hours for longer than this are usual ones, such as those of a season; for shorter, they are special.
MAX_SPECIAL_DAYS = 14
# How far ahead the next opening is looked for.
HORIZON_DAYS = 21
# A closing that is further away is not announced.
IN_SIGHT = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The spans of one day. `is_known` is False if no hours are for this day; `reason` says why a day is special."""

    spans: tuple[Span, ...]
    is_known: bool = True
    is_special: bool = False
    reason: str = ""

    @property
    def is_special_closing(self) -> bool:
        return self.is_special and not self.spans


@dataclass(frozen=True, slots=True)
class OpeningState:
    """State of a hotline at a moment, and the local time at which it changes: None if that is not in sight. Until
    `said_until`, if there is one, nothing else is said of it on the same day."""

    is_open: bool | None
    changes_at: dt.datetime | None = None
    closed_all_day_for: str = ""
    said_until: dt.datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Timetable:
    """The opening hours of a hotline with the holidays of its calendar and its hours on them."""

    hours: Sequence[OpeningHours]
    holidays: Sequence[Holiday] = ()
    holiday_hours: str = ""

    def usual(self, day: dt.date) -> OpeningHours | None:
        """Return the hours that count on this day if it is no special one."""
        rows = [row for row in self.hours if row.length > MAX_SPECIAL_DAYS and row.covers(day)]
        return min(rows, key=_precedence) if rows else None

    def special(self, day: dt.date) -> OpeningHours | Holiday | None:
        """Return what is special about this day. The hotline's own hours go before a holiday of the same length."""
        own = [row for row in self.hours if row.length <= MAX_SPECIAL_DAYS and row.covers(day)]
        rows: list[OpeningHours | Holiday] = [*own, *(row for row in self.holidays if row.covers(day))]
        return min(rows, key=lambda row: row.length) if rows else None

    def plan(self, day: dt.date) -> DayPlan:
        special, usual = self.special(day), self.usual(day)
        if special is None or (isinstance(special, Holiday) and usual is None):
            return DayPlan(usual.week[day.weekday()]) if usual else DayPlan((), is_known=False)
        if isinstance(special, OpeningHours):
            return DayPlan(special.week[day.weekday()], is_special=True, reason=special.reason_in_words)
        if special.works_as is not None and usual is not None:
            return DayPlan(usual.week[special.works_as], is_special=True, reason=special.reason_in_words)
        spans = read_hours(self.holiday_hours)[day.weekday()] if self.holiday_hours else ()
        return DayPlan(spans, is_special=True, reason=special.reason_in_words)

    def state(self, local: dt.datetime) -> OpeningState:
        """Return the state at `local`, a moment by the clock of the hotline."""
        now, today = local.replace(tzinfo=None), self.plan(local.date())
        for opens, closes in self._openings(now.date()):
            if opens <= now < closes:
                if closes < now + IN_SIGHT:
                    return OpeningState(is_open=True, changes_at=closes, said_until=closes)
                return OpeningState(is_open=True, said_until=closes - IN_SIGHT)
            if opens > now:
                return self._closed(today, opens)
        return self._closed(today, None)

    def _closed(self, today: DayPlan, opens: dt.datetime | None) -> OpeningState:
        if not today.is_known:
            return OpeningState(is_open=None)
        reason = today.reason if today.is_special_closing else ""
        return OpeningState(is_open=False, changes_at=opens, closed_all_day_for=reason, said_until=opens)

    def _openings(self, today: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """Yield the beginning and the end of each time it is open, those that touch joined, from the day before."""
        pending: tuple[dt.datetime, dt.datetime] | None = None
        for number in range(-1, HORIZON_DAYS):
            day = today + dt.timedelta(days=number)
            midnight = dt.datetime.combine(day, dt.time())
            # A special closing ends what runs past midnight, too.
            is_cut = self.plan(day + dt.timedelta(days=1)).is_special_closing
            for span in self.plan(day).spans:
                opens = midnight + dt.timedelta(minutes=span.opens)
                closes = midnight + dt.timedelta(minutes=min(span.closes, 24 * 60) if is_cut else span.closes)
                if pending and opens <= pending[1]:
                    pending = (pending[0], max(pending[1], closes))
                else:
                    if pending:
                        yield pending
                    pending = (opens, closes)
        if pending:
            yield pending


def _precedence(row: OpeningHours) -> tuple[int, int]:
    """Order rows by length; of those with an open end, the one that began last goes first."""
    begins = (row.valid_from or dt.date.min).toordinal()
    is_open_ended = row.valid_from is None or row.valid_until is None
    return (dt.date.max.toordinal() if is_open_ended else row.length), -begins
