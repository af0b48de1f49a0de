"""Changes of one organization into another."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.organization import Organization
from news.models.partial_dates import Precision, first_day_of, format_partial_date, last_day_of
from postportal.web.date_fields import RangedDateField
from postportal.web.date_ranges import HISTORICAL_DAYS

# Predecessor, successor and date.
Link = tuple[int, int, dt.date | None]


class Succession(models.Model):
    """The change of one organization into another."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("renamed")
        MERGED = "merged", _("merged into")
        SPLIT = "split", _("split off")

    predecessor = models.ForeignKey(
        Organization, models.PROTECT, related_name="successor_links", verbose_name=_("predecessor"), db_index=False
    )
    successor = models.ForeignKey(
        Organization, models.PROTECT, related_name="predecessor_links", verbose_name=_("successor")
    )
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices, default=Kind.RENAMED)
    happened_on = RangedDateField(_("date"), null=True, blank=True, days=HISTORICAL_DAYS, years_ahead=10)
    happened_precision = models.CharField(
        _("date precision"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            # An organization can be renamed back, and renamed again.
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                condition=Q(happened_on__isnull=True),
                name="succession_unique",
                violation_error_message=_("This successor is already listed. Enter the date of each change."),
            ),
            models.UniqueConstraint(
                fields=["predecessor", "successor", "happened_on"],
                name="succession_once_a_day",
                violation_error_message=_("This successor is already listed with this date."),
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="succession_not_to_itself",
                violation_error_message=_("An organization cannot succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"

    def clean(self) -> None:
        super().clean()
        self.derive_dates()
        if self.happened_on and self.happened_on > timezone.localdate():
            text = _("This day is in the future, and readers would see the change at once. Enter it on its day.")
            raise ValidationError({"happened_on": text})
        if self.predecessor_id and self.successor_id:
            for organization in (self.predecessor, self.successor):
                self._require_lifetime(organization)
            self._refuse_circle()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive_dates()
        super().save(*args, **kwargs)

    def derive_dates(self) -> None:
        """Set a partly known date to the first day of its month or year."""
        if self.happened_on:
            self.happened_on = first_day_of(self.happened_on, self.happened_precision)

    def _require_lifetime(self, organization: Organization) -> None:
        """Refuse a date on which the organization certainly did not exist. The predecessor may have ended the day
        before."""
        founded, ended = organization.founded_on, organization.ended_before
        if self.happened_on and founded and last_day_of(self.happened_on, self.happened_precision) < founded:
            text = _("%(organization)s was founded later: %(founded)s.")
            day = format_partial_date(founded, organization.founded_precision)
            values = {"organization": organization, "founded": day}
            raise ValidationError({"happened_on": ValidationError(text, "before_founding", values)})
        if self.happened_on and ended and self.happened_on > ended:
            text = _("%(organization)s was dissolved earlier: %(dissolved)s.")
            day = format_partial_date(organization.dissolved_on, organization.dissolved_precision)
            values = {"organization": organization, "dissolved": day}
            raise ValidationError({"happened_on": ValidationError(text, "after_dissolution", values)})

    def _refuse_circle(self) -> None:
        """Refuse a successor that leads back to the predecessor, unless one change came after the other: an
        organization that was renamed can be renamed back."""
        others = Succession.objects.exclude(pk=self.pk).values_list("predecessor", "successor", "happened_on")
        for way in _ways(self.successor_id, self.predecessor_id, list(others), passed=frozenset()):
            if not _is_in_order([self.happened_on, *way]):
                text = _(
                    "%(successor)s came before %(predecessor)s. If it was renamed back, enter the date of each change."
                )
                values = {"successor": self.successor, "predecessor": self.predecessor}
                raise ValidationError({"successor": ValidationError(text, "circle", values)})


def _ways(start: int, end: int, links: list[Link], *, passed: frozenset[int]) -> Iterator[list[dt.date | None]]:
    """Return the dates of the changes on each way from one organization to the other."""
    if start == end:
        yield []
        return
    for predecessor, successor, day in links:
        if predecessor == start and successor not in passed:
            for rest in _ways(successor, end, links, passed=passed | {start}):
                yield [day, *rest]


def _is_in_order(circle: list[dt.date | None]) -> bool:
    """Return True if the changes of the circle follow each other, beginning with the earliest."""
    days = [day for day in circle if day]
    if len(days) < len(circle):
        return False
    first = days.index(min(days))
    days = days[first:] + days[:first]
    return all(one < next_one for one, next_one in pairwise(days))
