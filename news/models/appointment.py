import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from news.models.organization import Organization
from news.models.partial_dates import Precision, first_day_after, first_day_of, format_partial_date
from news.models.person import Person
from news.models.position import Position
from postportal.publishing.models import PubliclyTimedQuerySet, Releasable, visibility
from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateField
from postportal.web.date_ranges import HISTORICAL_DAYS, is_open_end
from postportal.web.languages import localized_text


class AppointmentQuerySet(PubliclyTimedQuerySet):
    def published(self, at: dt.datetime) -> Self:
        """Keep the appointments that are public together with their person and their organization."""
        public_person = visibility(Person, at, prefix="person__")
        public_organization = visibility(Organization, at, prefix="position__organization__")
        return super().published(at).filter(public_person, public_organization)

    def held_on(self, day: dt.date) -> Self:
        """Keep the appointments held on this day. An unknown start or end does not exclude an appointment."""
        return self.filter(
            Q(from_on__isnull=True) | Q(from_on__lte=day), Q(ends_before__isnull=True) | Q(ends_before__gt=day)
        )

    def starting_after(self, day: dt.date) -> Self:
        return self.filter(from_on__gt=day)

    def for_people(self) -> Self:
        """Load the position and its organization, in the order of the ranks."""
        return self.select_related("position__organization").order_by("position__rank", "-from_on", "pk")


class Appointment(Releasable):
    """A person who holds a position for a period."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments", verbose_name=_("person"))
    position = models.ForeignKey(Position, models.PROTECT, related_name="appointments", verbose_name=_("position"))
    from_on = RangedDateField(
        _("start date"),
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
        _("end date"),
        null=True,
        blank=True,
        help_text=_("Last day in the position. Leave blank if still in office or unknown."),
        days=HISTORICAL_DAYS,
        is_end=True,
        years_ahead=10,
    )
    until_precision = models.CharField(
        _("end date precision"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    ends_before = RangedDateField(editable=False, null=True, db_index=True, days=HISTORICAL_DAYS)
    is_acting = models.BooleanField(_("acting"), default=False)
    label = LineField(
        _("title override"),
        max_length=120,
        blank=True,
        help_text=_("Only if it differs from the title of the position, for example “Director-General”."),
    )
    label_zh = LineField(_("title override in Chinese"), max_length=60, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta(Releasable.Meta):
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            *Releasable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(from_on__isnull=True) | Q(ends_before__gt=F("from_on")),
                name="appointment_ends_after_it_begins",
                violation_error_message=_("The end date cannot be before the start date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.full_title}"

    def clean(self) -> None:
        super().clean()
        self.normalize_dates()
        if self.position_id and self.exceeds_seats():
            raise ValidationError(
                _("All seats in this position are taken for that period. End the other appointment first."),
                code="seats",
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.normalize_dates()
        super().save(*args, **kwargs)

    def normalize_dates(self) -> None:
        """Set partly known dates to the first day of their month or year, so that the database can compare them."""
        if self.from_on:
            self.from_on = first_day_of(self.from_on, self.from_precision)
        if is_open_end(self.until_on):
            self.until_on = None
        if self.until_on:
            self.until_on = first_day_of(self.until_on, self.until_precision)
        self.ends_before = first_day_after(self.until_on, self.until_precision) if self.until_on else None

    def exceeds_seats(self) -> bool:
        """Return True if more people would hold the position at the same time than it has seats. Appointments without a
        known start are not counted."""
        if self.from_on is None:
            return False
        others = Appointment.objects.filter(position=self.position, from_on__isnull=False).exclude(pk=self.pk)
        later = others.starting_after(self.from_on)
        if self.ends_before:
            later = later.filter(from_on__lt=self.ends_before)
        days = [self.from_on, *later.values_list("from_on", flat=True)]
        return any(others.held_on(day).count() >= self.position.seats for day in days)

    def is_held_on(self, day: dt.date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (self.ends_before is None or day < self.ends_before)

    @property
    def job_title(self) -> str:
        """Return the title without the organization, such as “Acting Director”."""
        label = localized_text(self, "label") or localized_text(self.position, "label")
        return str(_("Acting %(title)s") % {"title": label}) if self.is_acting else label

    @property
    def full_title(self) -> str:
        """Return the title with the organization, such as “Director, State Post Bureau”."""
        return str(
            _("%(title)s, %(organization)s") % {"title": self.job_title, "organization": self.position.organization}
        )

    @property
    def period(self) -> str:
        """Return the period as exactly as it is known, such as “2016 to March 2020”, or "" if it is unknown."""
        start = format_partial_date(self.from_on, self.from_precision)
        end = format_partial_date(self.until_on, self.until_precision)
        if start and end:
            return str(_("%(from)s to %(until)s") % {"from": start, "until": end})
        if start:
            return str(_("since %(from)s") % {"from": start})
        return str(_("until %(until)s") % {"until": end}) if end else ""
