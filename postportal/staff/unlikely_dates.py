"""Warnings about dates that are possible but unlikely, such as a dateline years ahead of its article."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def warn_of_unlikely_dates(model_admin: Any, request: HttpRequest, forms: Iterable[BaseForm]) -> None:
    """Show a warning for each date in the valid forms that was changed and is unusually far ahead. Nothing is refused:
    some terms end in thirty years."""
    today = timezone.localdate()
    for form in forms:
        for name in form.changed_data:
            day, years = _local_date(form.cleaned_data.get(name)), getattr(form.fields[name], "years_ahead", None)
            if day is not None and years is not None and day > years_after(today, years):
                text = _("Check “%(field)s”: %(date)s is unusually far in the future.")
                if years == 0:
                    text = _("Check “%(field)s”: %(date)s is in the future.")
                values = {"field": form.fields[name].label, "date": date_format(day)}
                model_admin.message_user(request, text % values, messages.WARNING)


def years_after(day: dt.date, years: int) -> dt.date:
    """Return the same day some years later, or 1 March for 29 February in a year that has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def _local_date(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date()
    return value if isinstance(value, dt.date) else None
