"""Names that are only used for a time: which one somebody or something had on a day."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.partial_dates import Precision, first_day_after, first_day_of, format_partial_date
from postportal.web.date_fields import RangedDateField
from postportal.web.date_ranges import HISTORICAL_DAYS, is_open_end


class Names(NamedTuple):
    """A name in English or another Latin spelling, and in Chinese if it is known."""

    name: str
    name_zh: str


class UsedForATime(models.Model):
    """A name with the period in which it was used, as exactly as it is known."""

    from_on = RangedDateField(
        _("used from"),
        null=True,
        blank=True,
        help_text=_("Leave blank if unknown."),
        days=HISTORICAL_DAYS,
        years_ahead=10,
    )
    from_precision = models.CharField(
        _("start date precision"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    until_on = RangedDateField(
        _("used until"),
        null=True,
        blank=True,
        help_text=_("Last day of a former name. Pages about an earlier day show it."),
        days=HISTORICAL_DAYS,
        is_end=True,
        years_ahead=10,
    )
    until_precision = models.CharField(
        _("end date precision"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    ends_before = RangedDateField(editable=False, null=True, days=HISTORICAL_DAYS)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        self.derive_dates()
        if self.from_on and self.ends_before and self.ends_before <= self.from_on:
            raise ValidationError({"until_on": _("The end date cannot be before the start date.")})
        self._refuse_future()

    def _refuse_future(self) -> None:
        """Refuse what would show at once and not from its day."""
        today = timezone.localdate()
        for name in ("from_on", "until_on"):
            day = getattr(self, name)
            if day and day > today:
                text = _("This day is in the future. Enter a planned change instead, so that it applies from its day.")
                raise ValidationError({name: text})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive_dates()
        self.freeze_mentions()
        super().save(*args, **kwargs)
        self.compare_titles()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.freeze_mentions()
        deleted = super().delete(*args, **kwargs)
        self.compare_titles()
        return deleted

    def freeze_mentions(self) -> None:
        """Store what articles show of the owner of the name, before that changes."""
        raise NotImplementedError

    def compare_titles(self) -> None:
        """Have printed titles compared again that may contain the name. By default none does."""

    def derive_dates(self) -> None:
        """Set partly known dates to the first day of their month or year, and `ends_before`."""
        if self.from_on:
            self.from_on = first_day_of(self.from_on, self.from_precision)
        if is_open_end(self.until_on):
            self.until_on = None
        if self.until_on:
            self.until_on = first_day_of(self.until_on, self.until_precision)
        self.ends_before = first_day_after(self.until_on, self.until_precision) if self.until_on else None

    @property
    def period(self) -> str:
        """Return the period as exactly as it is known, such as “until 2016”, or "" if it is unknown."""
        start = format_partial_date(self.from_on, self.from_precision)
        end = format_partial_date(self.until_on, self.until_precision)
        if start and end:
            return str(_("%(from)s to %(until)s") % {"from": start, "until": end})
        if start:
            return str(_("since %(from)s") % {"from": start})
        return str(_("until %(until)s") % {"until": end}) if end else ""


RowT = TypeVar("RowT", bound=UsedForATime)


def ends_after_start(name: str) -> models.CheckConstraint:
    """Return the constraint of a model with names that no period ends before it begins."""
    return models.CheckConstraint(
        condition=models.Q(ends_before__isnull=True)
        | models.Q(from_on__isnull=True)
        | models.Q(ends_before__gt=models.F("from_on")),
        name=name,
        violation_error_message=_("The end date cannot be before the start date."),
    )


def once_at_a_time(owner: str, *, name: str, message: Any) -> list[models.UniqueConstraint]:
    """Return the constraints that let an owner return to a former name, but have it once for each end."""
    return [
        models.UniqueConstraint(
            fields=[owner, "name"],
            condition=models.Q(ends_before__isnull=True),
            name=f"{name}_unique",
            violation_error_message=message,
        ),
        models.UniqueConstraint(
            fields=[owner, "name", "ends_before"], name=f"{name}_once_until", violation_error_message=message
        ),
    ]


def used_on(rows: Iterable[RowT], day: dt.date) -> RowT | None:
    """Return the former name that was used on the day, None if it was the current one. A name without an end date is
    never taken for the one of a day. Where two are possible, because only years are known, the one that ended first."""
    possible = [
        row for row in rows if row.ends_before and day < row.ends_before and (row.from_on is None or row.from_on <= day)
    ]
    return min(possible, key=lambda row: (row.ends_before, row.pk or 0), default=None)
