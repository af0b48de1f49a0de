"""Handover of a position: who leaves, who acts in between and who comes, as one act with one embargo."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.models.appointment import Appointment
from news.models.partial_dates import Precision
from news.models.person import Person
from news.models.position import Position
from news.models.seats import lock_position, others_in_position, refuse_overlaps
from postportal.publishing.models import Planned
from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateField
from postportal.web.date_ranges import HISTORICAL_DAYS

ONE_DAY = dt.timedelta(days=1)
# The field of the form at which an error of each appointment is shown.
_FIELDS = {"leaving": "last_day", "acting": "acting_until", "comes": "first_day"}


class Handover(Planned):
    """A handover that has been planned. The appointments are written when it becomes public, the end of the one who
    leaves included, so that nothing of it can show before."""

    position = models.ForeignKey(Position, models.CASCADE, related_name="handovers", verbose_name=_("position"))
    leaving = models.ForeignKey(
        Appointment,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who leaves"),
        help_text=_("Leave blank if the position is vacant."),
    )
    last_day = RangedDateField(_("last day"), null=True, blank=True, days=HISTORICAL_DAYS, years_ahead=10)
    acting = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who acts in between")
    )
    acting_until = RangedDateField(
        _("acting until"),
        null=True,
        blank=True,
        help_text=_("Leave blank for the day before the successor’s first day."),
        days=HISTORICAL_DAYS,
        years_ahead=10,
    )
    comes = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who comes"),
        help_text=_("Leave blank if nobody has been appointed yet."),
    )
    first_day = RangedDateField(_("first day"), null=True, blank=True, days=HISTORICAL_DAYS, years_ahead=10)
    label = LineField(
        _("title override"),
        max_length=120,
        blank=True,
        help_text=_("Only if the successor’s title differs from that of the position."),
    )
    label_zh = LineField(_("title override in Chinese"), max_length=60, blank=True)

    class Meta(Planned.Meta):
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        constraints = [
            *Planned.Meta.constraints,
            models.UniqueConstraint(
                fields=["leaving"],
                condition=Q(made_at__isnull=True),
                name="handover_one_planned",
                violation_error_message=_("A handover by this person is already planned."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Handover: %(position)s") % {"position": self.position})

    @property
    def owner(self) -> Position:
        return self.position

    def clean(self) -> None:
        super().clean()
        if self.made_at or not self.position_id:
            return
        self._require_both_parts()
        self.set_proposed_day()
        self._check_order()
        lock_position(self.position)
        self._check_seats()

    def set_proposed_day(self) -> None:
        """Let somebody act until the day before the successor begins, unless another day was entered."""
        if self.acting_id and not self.acting_until and self.first_day:
            self.acting_until = self.first_day - ONE_DAY

    def appointments(self) -> dict[str, Appointment]:
        """Return the appointments as they will be, not saved, by the name of the person's field, in order."""
        found: dict[str, Appointment] = {}
        if self.leaving_id and self.last_day:
            found["leaving"] = row = Appointment.objects.select_related("person", "position__organization").get(
                pk=self.leaving_id
            )
            row.until_on, row.until_precision = self.last_day, Precision.DAY
        if self.acting_id:
            start = self._acting_from()
            found["acting"] = self._new(self.acting, start, until_on=self.acting_until, is_acting=True)
        if self.comes_id:
            found["comes"] = self._new(self.comes, self.first_day, label=self.label, label_zh=self.label_zh)
        for row in found.values():
            row.derive_dates()
        return found

    def make(self, at: dt.datetime) -> None:
        self.full_clean()
        for row in self.appointments().values():
            row.publish_at = row.publish_at if row.pk else at
            row.full_clean()
            row.save()

    def _new(self, person: Any, from_on: dt.date | None, **fields: Any) -> Appointment:
        return Appointment(person=person, position=self.position, from_on=from_on, publish_at=self.publish_at, **fields)

    def _acting_from(self) -> dt.date | None:
        if self.last_day:
            return self.last_day + ONE_DAY
        before = self.position.appointments.filter(is_acting=False, ends_before__isnull=False)
        return before.order_by("-ends_before").values_list("ends_before", flat=True).first()

    def _require_both_parts(self) -> None:
        """Refuse a person without a day, and a day without a person."""
        errors: dict[str, Any] = {}
        for person, day, text in (
            ("leaving", "last_day", _("Enter the last day of who leaves.")),
            ("comes", "first_day", _("Enter the first day of who comes.")),
        ):
            if getattr(self, f"{person}_id") and not getattr(self, day):
                errors[day] = text
            elif getattr(self, day) and not getattr(self, f"{person}_id"):
                errors[person] = _("Choose the person to whom the day belongs.")
        if self.acting_until and not self.acting_id:
            errors["acting"] = _("Choose the person to whom the day belongs.")
        if self.leaving and self.leaving.position_id != self.position_id:
            errors["leaving"] = _("This person does not hold the position.")
        elif self.leaving and self.last_day and self.leaving.is_over_on(self.last_day):
            # Somebody has entered an earlier end since, which the handover would undo.
            text = _("%(person)s (%(period)s) no longer holds the position on this day.")
            errors["last_day"] = text % {"person": self.leaving.person, "period": self.leaving.period}
        if not (self.leaving_id or self.acting_id or self.comes_id):
            errors["leaving"] = _("Enter who leaves, who acts or who comes.")
        if errors:
            raise ValidationError(errors)

    def _check_order(self) -> None:
        start = self._acting_from() if self.acting_id else None
        if self.acting_id and start is None:
            raise ValidationError({"acting": _("Nobody leaves, so it is not known when acting begins.")})
        if start and self.acting_until and self.acting_until < start:
            text = _("Between the last day and this day, nobody has to act.")
            raise ValidationError({"acting_until": text})

    def _check_seats(self) -> None:
        """Check the appointments against each other and the stored ones, as they will be. Each refusal names both."""
        planned = self.appointments()
        for name, row in planned.items():
            others = [each for each in planned.values() if each is not row]
            here = {each.pk for each in planned.values()}
            stored = [each for each in others_in_position(row) if each.pk not in here]
            row.is_checked_with_others = True
            try:
                row.clean()
                refuse_overlaps(row, others=[*stored, *others])
            except ValidationError as error:
                raise ValidationError({_FIELDS[name]: error.messages}) from None
