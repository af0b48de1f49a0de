"""The numbers of a hotline on one day: those to call, those that are announced and those that were replaced."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from services.models.hotline_number import HotlineNumber


class ServiceState(models.TextChoices):
    """State of a hotline: can it be called? It follows from the dates of its numbers."""

    IN_SERVICE = "in_service", _("In service")
    PLANNED = "planned", _("Planned")
    RETIRED = "retired", _("No longer in service")


@dataclass(frozen=True, slots=True)
class DatedChange:
    """A number that begins later, and the numbers that it replaces; or one that has ended, and those to call now."""

    number: HotlineNumber
    others: Sequence[HotlineNumber] = ()


@dataclass(frozen=True, slots=True)
class NumbersOn:
    """The numbers on one day. The first of `current` is the one to call."""

    current: list[HotlineNumber]
    announced: list[DatedChange]
    ended: list[DatedChange]

    @property
    def state(self) -> ServiceState:
        if self.current or not (self.announced or self.ended):
            return ServiceState.IN_SERVICE
        return ServiceState.PLANNED if self.announced else ServiceState.RETIRED


def numbers_on(day: dt.date, numbers: Iterable[HotlineNumber]) -> NumbersOn:
    """Sort the numbers of a hotline by what they are on this day."""
    rows = list(numbers)
    current = [row for row in rows if row.is_valid_on(day)]
    later = sorted((row for row in rows if row.begins_on > day), key=lambda row: row.begins_on)
    past = sorted((row for row in rows if row.ends_on < day), key=lambda row: row.ends_on, reverse=True)
    announced = [DatedChange(row, _replaced_by(row, current)) for row in later]
    ended = [DatedChange(row, [new for new in current if new.has_callers_of(row)]) for row in past]
    return NumbersOn(main_first(current), announced, ended)


def _replaced_by(new: HotlineNumber, current: Iterable[HotlineNumber]) -> list[HotlineNumber]:
    """Return the numbers of today that end, for the same callers."""
    return [old for old in current if old.valid_until and old.has_callers_of(new)]


def main_first(numbers: Sequence[HotlineNumber]) -> list[HotlineNumber]:
    """Return the numbers, with the one to call from within the country at the beginning if there is one."""
    return sorted(numbers, key=lambda row: row.scope == HotlineNumber.Scope.ABROAD)
