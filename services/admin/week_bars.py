"""Opening hours of a week as a drawing: one bar for each time of each day, on a scale that all days share."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS

from services.models.hours_in_words import spans_in_words
from services.models.hours_line import DAY, Week, read_hours

# Most offices are open within these hours; a night service needs the whole day.
USUAL_HOURS = (6 * 60, 22 * 60)
WHOLE_DAY = (0, DAY)
MARK_EVERY = 6 * 60


class Bar(NamedTuple):
    """A time at which it is open, in minutes from the beginning of the scale."""

    begins: int
    length: int


class DayBars(NamedTuple):
    name: str
    times: str
    bars: list[Bar]


class WeekBars(NamedTuple):
    """The days, Monday first, the length of the scale in minutes, and the hours that are marked on it."""

    days: list[DayBars]
    length: int
    marks: list[str]

    @property
    def is_whole_day(self) -> bool:
        return self.length == DAY


class ReadHours(NamedTuple):
    """A week that was typed, or what is wrong with it."""

    week: WeekBars | None = None
    problems: tuple[str, ...] = ()


def how_a_week_is_read(typed: str) -> ReadHours:
    """Return the week to draw, or what is wrong with the hours. What is blank is neither."""
    if not typed.strip():
        return ReadHours()
    try:
        return ReadHours(week_bars(read_hours(typed)))
    except ValidationError as error:
        return ReadHours(problems=tuple(error.messages))


def week_bars(week: Week) -> WeekBars:
    """Return what is drawn of a week. Hours past midnight are drawn on both days, and named on the first."""
    drawn = [_drawn(week, day) for day in range(len(week))]
    first, last = USUAL_HOURS
    if any(bar.begins < first or bar.begins + bar.length > last for bars in drawn for bar in bars):
        first, last = WHOLE_DAY
    days = [
        DayBars(str(WEEKDAYS[day]), spans_in_words(week[day]), [Bar(bar.begins - first, bar.length) for bar in bars])
        for day, bars in enumerate(drawn)
    ]
    return WeekBars(days, last - first, [f"{minutes // 60}:00" for minutes in range(first, last, MARK_EVERY)])


def _drawn(week: Week, day: int) -> list[Bar]:
    """Return the times of a day after its midnight, with what the day before left of its own."""
    night = [Bar(0, span.closes - DAY) for span in week[day - 1] if span.closes > DAY]
    return night + [Bar(span.opens, min(span.closes, DAY) - span.opens) for span in week[day]]
