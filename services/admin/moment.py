"""“Try a moment”: what readers would see of the hotline form, as it is typed, at one moment."""

import datetime as dt
import zoneinfo
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from postportal.web.date_fields import RangedDateTimeFormField
from postportal.web.date_ranges import RECORD_DAYS
from postportal.web.row_keys import is_row_key
from services.admin.hotline_number import HotlineNumberForm
from services.admin.opening_hours import OpeningHoursForm
from services.models import Holiday, HotlineNumber
from services.models.day_plans import Timetable
from services.models.hours_in_words import dates_in_words, state_in_words
from services.models.hours_line import store_hours
from services.models.number_dates import NumbersOn, numbers_on
from services.models.number_dates_in_words import changes_of_numbers

FIELD = "try_moment"
MAX_ROWS = 100
MAX_DATES = 3


class Moment(NamedTuple):
    """Sentences that readers see, of which the first is about the hours, or those about what is wrong in the form."""

    at: str = ""
    state: str = ""
    lines: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


def moment_as_typed(data: Mapping[str, str]) -> Moment:
    """Return what readers would see. Nothing is stored, and rows that are refused say why."""
    try:
        at = RangedDateTimeFormField(days=RECORD_DAYS).clean(data.get(FIELD))
        zone = zoneinfo.ZoneInfo(data.get("time_zone") or timezone.get_current_timezone_name())
        timetable, errors = _timetable(data)
    except ValidationError as error:
        return Moment(errors=tuple(error.messages))
    except (ValueError, zoneinfo.ZoneInfoNotFoundError, OSError):
        return Moment(errors=(_("Unknown time zone. Enter a name such as Asia/Shanghai."),))
    local, day = at.astimezone(zone), timezone.localdate(at)
    state = state_in_words(timetable.state(local), local) or _("Opening hours not known")
    numbers = numbers_on(day, _rows(data, "numbers", HotlineNumberForm, _stored_numbers(data)))
    lines = [*_numbers_in_words(numbers, day), *dates_in_words(timetable, since=local.date())[:MAX_DATES]]
    return Moment(date_format(timezone.localtime(at), "DATETIME_FORMAT"), state, tuple(lines), tuple(errors))


def _timetable(data: Mapping[str, str]) -> tuple[Timetable, list[str]]:
    errors: list[str] = []
    hours = list(_rows(data, "opening_hours", OpeningHoursForm, {}, errors))
    calendar = data.get("holiday_calendar", "")
    holidays = Holiday.objects.filter(calendar=int(calendar)) if is_row_key(calendar) else []
    return Timetable(hours, list(holidays), store_hours(data.get("holiday_hours", ""))), errors


def _rows(
    data: Mapping[str, str], prefix: str, form: Any, stored: Mapping[str, Any], errors: list[str] | None = None
) -> Iterator[Any]:
    """Yield the rows of an inline as they are typed, without those that are to be deleted or refused."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    for number in range(min(int(total), MAX_ROWS) if is_row_key(total) else 0):
        name = f"{prefix}-{number}"
        if data.get(f"{name}-DELETE") or not data.get(f"{name}-{form.typed_field}", "").strip():
            continue
        typed: forms.ModelForm = form(data, prefix=name, instance=stored.get(data.get(f"{name}-id", "")))
        if typed.is_valid():
            yield typed.instance
        elif errors is not None:
            errors += [str(message) for messages in typed.errors.values() for message in messages]


def _stored_numbers(data: Mapping[str, str]) -> dict[str, HotlineNumber]:
    """Return the numbers that are stored: one that was not changed is not judged again."""
    keys = [value for name, value in data.items() if name.startswith("numbers-") and name.endswith("-id")]
    pks = [int(key) for key in keys[:MAX_ROWS] if is_row_key(key)]
    return {str(pk): row for pk, row in HotlineNumber.objects.in_bulk(pks).items()}


def _numbers_in_words(numbers: NumbersOn, day: dt.date) -> list[str]:
    if not (numbers.current or numbers.announced or numbers.ended):
        return []
    called = _(", ").join(map(str, numbers.current))
    first = _("Number to call: %(numbers)s") % {"numbers": called} if called else _("No number can be called.")
    return [first, *changes_of_numbers(numbers, day=day)]
