import datetime as dt

from services.hours_json_ld import opening_hours_json_ld
from services.models import Holiday, OpeningHours
from services.models.day_plans import Timetable
from services.models.hours_line import store_hours

DAY = dt.date(2026, 10, 1)


def test_seasons_and_holidays_have_their_days_and_the_past_is_omitted() -> None:
    week_later = DAY + dt.timedelta(days=6)
    rows = [
        OpeningHours(hours=store_hours("Mon-Fri 9-12, 13-17")),
        OpeningHours(hours=store_hours("8-13"), valid_from=dt.date(2026, 6, 1), valid_until=dt.date(2026, 8, 31)),
    ]
    holidays = [
        Holiday(name="National Day", first_on=DAY, last_on=week_later),
        Holiday(name="In exchange", first_on=dt.date(2026, 10, 10), works_as=0),
        Holiday(name="Past", first_on=dt.date(2026, 5, 1)),
    ]

    facts = opening_hours_json_ld(Timetable(rows, holidays), since=DAY)

    shown = [
        (row["dayOfWeek"] and len(row["dayOfWeek"]), row["validFrom"], row["opens"], row["closes"]) for row in facts
    ]
    assert shown == [
        (5, None, "09:00", "12:00"),
        (5, None, "13:00", "17:00"),
        (None, "2026-10-01", "00:00", "00:00"),
        (None, "2026-10-10", "09:00", "12:00"),
        (None, "2026-10-10", "13:00", "17:00"),
    ]
