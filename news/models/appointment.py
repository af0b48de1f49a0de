import datetime as dt
from collections.abc import Sequence
from typing import Any, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.names_in_time import Names
from news.models.no_overlap import NoOverlap
from news.models.organization import Organization
from news.models.partial_dates import Precision, first_day_after, first_day_of, format_partial_date, last_day_of
from news.models.person import Person
from news.models.position import Position
from news.models.seats import lock_position, others_in_position, refuse_overlaps, require_lifetime
from postportal.outbox.signals import enqueue
from postportal.publishing.models import PubliclyTimedQuerySet, Releasable, visibility
from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateField
from postportal.web.date_ranges import HISTORICAL_DAYS, is_open_end
from postportal.web.languages import localized_text
from postportal.web.stable_keys import StableKey


class AppointmentQuerySet(PubliclyTimedQuerySet):
    def delete(self) -> tuple[int, dict[str, int]]:
        people = Person.objects.filter(appointments__in=self.values("pk"))
        apps.get_model("news.Mention").objects.filter(person__in=people.values("pk")).freeze_shown()
        return super().delete()

    delete.queryset_only = True  # type: ignore[attr-defined]

    def published(self, at: dt.datetime) -> Self:
        """Keep the appointments that are public together with their person and their organization."""
        public_person = visibility(Person, at, prefix="person__")
        public_organization = visibility(Organization, at, prefix="position__organization__")
        return super().published(at).filter(public_person, public_organization)

    def held_on(self, day: dt.date) -> Self:
        """Keep the appointments held on this day. They end with their organization."""
        ends = ("ends_before", "position__organization__ended_before")
        return self.filter(
            *(Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": day}) for end in ends), held_from__lte=day
        )

    def with_former_names(self) -> Self:
        """Load what the titles on a day need."""
        return self.prefetch_related("position__former_labels", "position__organization__names")

    def for_people(self) -> Self:
        """Load the position and its organization, in the order of the ranks."""
        return self.select_related("position__organization").order_by("position__rank", "-from_on", "pk")


class Appointment(StableKey, Releasable):
    """A person who holds a position for a period.

    Dates may be half known. “Until 2001” and “from 2001” can touch: appointments only clash if they overlap whatever
    the unknown days were."""

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
    attested_on = RangedDateField(
        _("known in the position on"),
        null=True,
        blank=True,
        help_text=_(
            "If the start date is unknown: the earliest day on which a source, such as an article, shows the person in "
            "this position."
        ),
        days=HISTORICAL_DAYS,
        years_ahead=0,
    )
    until_on = RangedDateField(
        _("end date"),
        null=True,
        blank=True,
        help_text=_(
            "Last day in the position. Leave blank if still in office or unknown. "
            "A future day becomes a planned handover, which readers do not see before its time."
        ),
        days=HISTORICAL_DAYS,
        is_end=True,
        years_ahead=10,
    )
    until_precision = models.CharField(
        _("end date precision"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    # Made from the dates above: the first day on which the person is known to hold the position, and the day after the
    # last; then the latest day on which they can have begun, and the earliest day on which they can have left.
    held_from = RangedDateField(editable=False, db_index=True, days=HISTORICAL_DAYS)
    ends_before = RangedDateField(editable=False, null=True, db_index=True, days=HISTORICAL_DAYS)
    begins_by = RangedDateField(editable=False, days=HISTORICAL_DAYS)
    lasts_until = RangedDateField(editable=False, null=True, days=HISTORICAL_DAYS)
    # Nobody else can hold the position meanwhile, for the database.
    is_sole = models.BooleanField(editable=False, default=True)
    is_acting = models.BooleanField(
        _("acting"),
        default=False,
        help_text=_("Stands in for a holder who is absent or suspended, or until there is one. Takes no seat."),
    )
    label = LineField(
        _("title override"),
        max_length=120,
        blank=True,
        help_text=_("Only if it differs from the title of the position, for example “Director-General”."),
    )
    label_zh = LineField(_("title override in Chinese"), max_length=60, blank=True)

    has_proposals = True
    # Set by a form with several appointments, which checks them against each other as they will be.
    is_checked_with_others = False

    objects = AppointmentQuerySet.as_manager()

    class Meta(Releasable.Meta):
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        permissions = [("propose_appointment", _("Can propose appointments and changes to them"))]
        constraints = [
            *Releasable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(from_on__isnull=True) | Q(ends_before__gt=F("from_on")),
                name="appointment_ends_after_it_begins",
                violation_error_message=_("The end date cannot be before the start date."),
            ),
            NoOverlap(
                key=["position", "is_acting"],
                condition="is_sole",
                name="appointment_one_holder",
                violation_error_message=_("Somebody else holds this position at that time. End one appointment first."),
            ),
            NoOverlap(
                key=["position", "person"],
                name="appointment_person_once",
                violation_error_message=_("This person already holds this position at that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.full_title}"

    def clean(self) -> None:
        super().clean()
        self.derive_dates()
        if self.ends_before and self.ends_before <= (self.from_on or self.attested_on or dt.date.min):
            raise ValidationError({"until_on": _("The end date cannot be before the start date.")})
        if self.position_id:
            require_lifetime(self)
            lock_position(self.position)
            if self.person_id and not self.is_checked_with_others:
                refuse_overlaps(self, others=others_in_position(self))

    @classmethod
    def validate_together(cls, rows: Sequence[Self], *, exclude: Sequence[Any]) -> None:
        here = {row.pk for row in rows}
        for row in rows:
            row.is_checked_with_others = True
            row.full_clean(exclude=exclude)
        for row in rows:
            stored = [each for each in others_in_position(row) if each.pk not in here]
            moved = [each for each in rows if each is not row and each.position_id == row.position_id]
            refuse_overlaps(row, others=[*stored, *moved])
        # Until each is saved, the database compares it with none of the others, so that they can move in any order.
        cls.objects.filter(pk__in=here - {None}).update(is_sole=False)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive_dates()
        self.is_sole = self.position.seats == 1
        self.freeze_mentions()
        self._note_former_holder()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.freeze_mentions()
        return super().delete(*args, **kwargs)

    def freeze_mentions(self) -> None:
        """Store what articles show of the person, before that changes. If the appointment is about to move, also of the
        person who has it in the database."""
        people = Person.objects.filter(Q(pk=self.person_id) | Q(appointments=self.pk))
        apps.get_model("news.Mention").objects.filter(person__in=people.values("pk")).freeze_shown()

    def _note_former_holder(self) -> None:
        """Have the titles of whoever has the appointment in the database compared again, if it is about to move."""
        scans = apps.get_model("news.NameScan").objects.filter(person__appointments=self.pk)
        if self.pk:
            enqueue(scans.model, scans.exclude(person=self.person_id).values_list("pk", flat=True))

    def derive_dates(self) -> None:
        """Set partly known dates to the first day of their month or year, and the columns that are made from them, so
        that the database can compare them."""
        if self.from_on:
            self.from_on = first_day_of(self.from_on, self.from_precision)
        if is_open_end(self.until_on):
            self.until_on = None
        end = self.until_on
        if end:
            self.until_on = end = first_day_of(end, self.until_precision)
        self.ends_before = first_day_after(end, self.until_precision) if end else None
        last = last_day_of(end, self.until_precision) if end else None
        if self.from_on:
            self.held_from = self.from_on
            latest = last_day_of(self.from_on, self.from_precision)
        else:
            # Nobody was in office always: without a source, since the last day at most, or since the portal says so.
            stated = min(filter(None, [end, _local_day(self.publish_at)]))
            self.held_from = self.attested_on or stated
            latest = self.attested_on or min(filter(None, [last, _local_day(self.publish_at)]))
        self.begins_by = min(latest, last) if last else latest
        self.lasts_until = max(end, self.held_from) if end else None

    def is_held_on(self, day: dt.date) -> bool:
        return self.held_from <= day and not self.is_over_on(day)

    def is_over_on(self, day: dt.date) -> bool:
        ends = (self.ends_before, self.position.organization.ended_before)
        return any(end is not None and end <= day for end in ends)

    @property
    def job_title(self) -> str:
        """Return the title without the organization, such as “Acting Director”."""
        return self._title(Names(self.position.label, self.position.label_zh))

    @property
    def full_title(self) -> str:
        """Return the title with the organization, such as “Director, State Post Bureau”."""
        return _with_organization(self.job_title, str(self.position.organization))

    def job_title_on(self, day: dt.date) -> str:
        """Return the title that the position had on the day. Reads its `former_labels`."""
        return self._title(self.position.labels_on(day))

    def full_title_on(self, day: dt.date) -> str:
        """Return the title with the organization, both as they were called on the day. Reads all former names."""
        organization = self.position.organization.names_on(day)
        return _with_organization(self.job_title_on(day), localized_text(organization, "name"))

    def _title(self, label: Names) -> str:
        title = localized_text(self, "label") or localized_text(label, "name")
        return str(_("Acting %(title)s") % {"title": title}) if self.is_acting else title

    @property
    def period(self) -> str:
        """Return the period as exactly as it is known, such as “2016 to March 2020”."""
        start = format_partial_date(self.from_on, self.from_precision)
        end = self._end_in_words
        if start and end:
            return str(_("%(from)s to %(until)s") % {"from": start, "until": end})
        if start:
            return str(_("since %(from)s") % {"from": start})
        attested = format_partial_date(self.attested_on, Precision.DAY)
        if attested and end:
            return str(_("at least since %(from)s, until %(until)s") % {"from": attested, "until": end})
        if attested:
            return str(_("at least since %(from)s") % {"from": attested})
        if end:
            return str(_("until %(until)s, start date unknown") % {"until": end})
        return str(_("start date unknown"))

    @property
    def period_ahead(self) -> str:
        """Return the period of an appointment that has not begun, such as “from 1 May 2027”."""
        if self._end_in_words or not self.from_on:
            return self.period
        return str(_("from %(from)s") % {"from": format_partial_date(self.from_on, self.from_precision)})

    @property
    def _end_in_words(self) -> str:
        """Return the end of the appointment, or of the organization if that came first."""
        organization = self.position.organization
        is_cut = organization.ended_before and not (self.ends_before and self.ends_before <= organization.ended_before)
        if is_cut:
            return format_partial_date(organization.dissolved_on, organization.dissolved_precision)
        return format_partial_date(self.until_on, self.until_precision)


def _with_organization(title: str, organization: str) -> str:
    return str(_("%(title)s, %(organization)s") % {"title": title, "organization": organization})


def _local_day(at: dt.datetime | None) -> dt.date:
    """Return the day of the time in the time zone of the portal. Rows that wait in a release have no time yet."""
    return timezone.localdate(at) if at else timezone.localdate()
