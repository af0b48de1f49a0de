"""Fields for dates and times: each accepts, stores and offers only the dates that its meaning allows."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from django.utils.deconstruct import deconstructible
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from postportal.web.date_ranges import RECORD_DAYS, DateRange, is_open_end
from postportal.web.personal_zone import personal_zone


@deconstructible
class DateRangeValidator:
    """Refuse dates, and times on dates, outside a range."""

    def __init__(self, days: tuple[dt.date, dt.date]) -> None:
        self.days = DateRange(*days)

    def __call__(self, value: dt.date) -> None:
        if not self.days.includes(value):
            first, last = map(date_format, self.days)
            text = _("Enter a date from %(first)s to %(last)s.")
            raise ValidationError(text, code="date_range", params={"first": first, "last": last})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DateRangeValidator) and self.days == other.days

    def __hash__(self) -> int:
        return hash(self.days)


class _RangedFormField(forms.Field):
    """Form field for dates of a range. If it `is_end`, the last days of other systems (9999-12-31) are read as blank.
    Dates more than `years_ahead` years from now are accepted with a warning (postportal/staff/unlikely_dates.py)."""

    def __init__(
        self, *, days: DateRange = RECORD_DAYS, is_end: bool = False, years_ahead: int | None = None, **kwargs: Any
    ) -> None:
        self.days, self.is_end, self.years_ahead = days, is_end, years_ahead
        super().__init__(**kwargs)
        self.validators.append(DateRangeValidator(days))

    def to_python(self, value: Any) -> Any:
        if self.is_end and is_open_end(value):
            return None
        day = super().to_python(value)
        return None if self.is_end and is_open_end(day) else day

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Limit the browser's picker, but not at the end of a range that accepts 9999-12-31."""
        attrs: dict[str, Any] = super().widget_attrs(widget)
        input_type = getattr(widget, "input_type", "")
        if input_type not in ("date", "datetime-local"):
            return attrs
        start, end = ("T00:00:00", "T23:59:59") if input_type == "datetime-local" else ("", "")
        attrs["min"] = f"{self.days.first}{start}"
        return attrs if self.is_end else {**attrs, "max": f"{self.days.last}{end}"}


class RangedDateFormField(_RangedFormField, forms.DateField):
    pass


class RangedDateTimeFormField(_RangedFormField, forms.DateTimeField):
    """Field for times in the zone of the person who reads and types them."""

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(personal_zone()):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        with timezone.override(personal_zone()):
            moment = super().to_python(value)
        # Days are the portal's, and two times in one zone are compared by the clock, without regard to its changes.
        try:
            return timezone.localtime(moment) if moment else moment
        except OverflowError:
            # Beyond the last day of Python in the zone of the portal. The range of the field refuses it.
            return moment


class _RangedField(models.Field):
    """Model field for dates of a range, which the column itself checks.

    If it `is_end`, the last days of other systems (9999-12-31) become null when they are validated, and on every way to
    the database: save, bulk_create, bulk_update and update. For `years_ahead` see the form field."""

    form_class: type[_RangedFormField]

    # `null` is named for the type checker, which looks for it among the arguments.
    def __init__(
        self,
        verbose_name: Any = None,
        *,
        days: tuple[dt.date, dt.date] = RECORD_DAYS,
        is_end: bool = False,
        years_ahead: int | None = None,
        null: bool = False,
        **kwargs: Any,
    ) -> None:
        self.days, self.is_end, self.years_ahead = DateRange(*days), is_end, years_ahead
        super().__init__(verbose_name, null=null, **kwargs)

    @cached_property
    def validators(self) -> list[Any]:
        return [*super().validators, DateRangeValidator(self.days)]

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["days"] = tuple(self.days)
        if self.is_end:
            kwargs["is_end"] = True
        if self.years_ahead is not None:
            kwargs["years_ahead"] = self.years_ahead
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        meaning = {"days": self.days, "is_end": self.is_end, "years_ahead": self.years_ahead}
        return super().formfield(**{"form_class": self.form_class, **meaning, **kwargs})

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        return super().clean(None if self.is_end and is_open_end(value) else value, model_instance)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if self.is_end and is_open_end(value):
            value = None
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return super().get_db_prep_save(None if self.is_end and is_open_end(value) else value, connection)

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        first, last = self.stored_limits(connection)
        return f"{connection.ops.quote_name(str(self.column))} BETWEEN '{first}' AND '{last}'"

    def stored_limits(self, connection: BaseDatabaseWrapper) -> tuple[str, str]:
        """Return the first and the last value of the column, as the database writes them."""
        return self.days.first.isoformat(), self.days.last.isoformat()


class RangedDateField(_RangedField, models.DateField):
    form_class = RangedDateFormField


class RangedDateTimeField(_RangedField, models.DateTimeField):
    form_class = RangedDateTimeFormField

    def stored_limits(self, connection: BaseDatabaseWrapper) -> tuple[str, str]:
        """Allow a day more at both ends: columns are in UTC, and the portal may be in any time zone."""
        a_day = dt.timedelta(days=1)
        zone = "+00" if connection.vendor == "postgresql" else ""
        return f"{self.days.first - a_day} 00:00:00{zone}", f"{self.days.last + a_day} 23:59:59.999999{zone}"
