"""Random histories of an organization: every day's answer is that of a list of what holds on each day."""

import datetime as dt
import random
from typing import Any

import pytest
from django.utils import timezone

from news.leadership import leadership_on
from news.models import Appointment, Organization, OrganizationName, PersonName, PositionLabel
from tests.factories import news

pytestmark = pytest.mark.django_db

FIRST = dt.date(2000, 1, 1)
DAYS = 40
# Longer than the periods, so that some days lie before and after all of them.
ALL_DAYS = [FIRST + dt.timedelta(days=day) for day in range(-5, DAYS + 5)]
FUTURE = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)
Calendar = dict[dt.date, str]


def pieces(chance: random.Random) -> list[tuple[dt.date, dt.date]]:
    """Cut the days into periods that follow each other, some with a gap between them."""
    cuts = sorted(chance.sample(range(1, DAYS), chance.randint(1, 5)))
    starts = [0, *cuts]
    ends = [cut - 1 - (chance.random() < 0.3) for cut in cuts] + [DAYS]
    day = dt.timedelta(days=1)
    return [(FIRST + start * day, FIRST + end * day) for start, end in zip(starts, ends, strict=True) if start <= end]


def former_names(chance: random.Random, model: type[Any], current: str, **fields: Any) -> Calendar:
    """Give the owner former names and return its name on each day."""
    calendar = dict.fromkeys(ALL_DAYS, current)
    for number, (start, end) in enumerate(pieces(chance)[:-1]):
        name = f"{current} no. {number}"
        has_start = number > 0 or chance.random() < 0.5
        model.objects.create(name=name, from_on=start if has_start else None, until_on=end, **fields)
        calendar |= {day: name for day in ALL_DAYS if (start <= day or not has_start) and day <= end}
    return calendar


def fill(chance: random.Random, organization: Organization) -> tuple[dict[dt.date, set[tuple[str, str]]], Calendar]:
    """Appoint people to two positions, some of them in secret. Return who held which office on each day, and the name
    of the organization."""
    held: dict[dt.date, set[tuple[str, str]]] = {day: set() for day in ALL_DAYS}
    for rank in range(2):
        position = news.position(f"Office {rank}", organization=organization, rank=rank)
        titles = former_names(chance, PositionLabel, position.label, position=position)
        for start, end in pieces(chance):
            person = news.person()
            names = former_names(chance, PersonName, person.name, person=person, kind="former")
            is_secret = chance.random() < 0.3
            row = Appointment(person=person, position=position, from_on=start, until_on=end)
            if is_secret:
                row.publish_at = FUTURE
            row.full_clean()
            row.save()
            for day in ALL_DAYS:
                if start <= day <= end and not is_secret:
                    held[day].add((names[day], titles[day]))
    return held, former_names(chance, OrganizationName, organization.name, organization=organization, kind="former")


@pytest.mark.parametrize("seed", range(4))
def test_answer_of_any_day_is_that_of_a_plain_calendar(seed: int) -> None:
    chance = random.Random(seed)
    end = FIRST + dt.timedelta(days=DAYS + 2)
    organization = news.organization("Yunhai Post", dissolved_on=end)
    held, names = fill(chance, organization)

    for day in ALL_DAYS:
        unit = leadership_on(organization, day, at=timezone.now())
        found = {(holder.name, holder.title) for office in unit.offices for holder in office.holders}
        public = Appointment.objects.published(timezone.now()).held_on(day)
        assert (unit.name, found) == (names[day], held[day] if day <= end else set()), day
        assert {row.pk for row in public} == {
            row.pk for row in Appointment.objects.published(timezone.now()) if row.is_held_on(day)
        }
