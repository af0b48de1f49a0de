import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from news.models import Appointment
from tests.factories import news

pytestmark = pytest.mark.django_db

Y2001 = {"from_on": dt.date(2001, 6, 1), "from_precision": "year"}
UNTIL_2001 = {"until_on": dt.date(2001, 6, 1), "until_precision": "year"}


def refusals(**fields: Any) -> dict[str, list[str]]:
    fields = {"person": fields.get("person") or news.person(), **fields}
    try:
        Appointment(**fields).full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize(
    ("first", "second", "is_refused"),
    [
        (UNTIL_2001, Y2001, False),
        (Y2001, UNTIL_2001, False),
        ({"from_on": dt.date(1999, 1, 1), **UNTIL_2001}, Y2001, False),
        # Whatever their days were, the second began and ended while the first was in office.
        ({"from_on": dt.date(1999, 1, 1), "until_on": dt.date(2003, 1, 1)}, Y2001 | UNTIL_2001, True),
        ({"from_on": dt.date(2000, 1, 1), "until_on": dt.date(2001, 6, 30)}, Y2001, False),
        ({"from_on": dt.date(2000, 1, 1), "until_on": dt.date(2002, 1, 1)}, Y2001, True),
        # An unknown start is no reason to pass: the last day overlaps.
        ({"from_on": dt.date(2019, 12, 28)}, {"until_on": dt.date(2020, 6, 1), "until_precision": "month"}, True),
        ({"from_on": dt.date(2019, 12, 28)}, {"attested_on": dt.date(2018, 1, 1)}, True),
        (
            {"from_on": dt.date(2019, 1, 1), "until_on": dt.date(2019, 6, 1)},
            {"attested_on": dt.date(2019, 7, 1)},
            False,
        ),
    ],
)
def test_only_certain_overlaps_are_refused(first: dict[str, Any], second: dict[str, Any], is_refused: bool) -> None:
    position = news.position()
    news.appointment(position=position, **first)

    assert bool(refusals(position=position, **second)) == is_refused


def test_refusal_names_both_people_and_periods() -> None:
    position = news.position()
    wei = news.person("Wei", "Ana")
    news.appointment(position=position, person=wei, from_on=dt.date(2019, 12, 28))

    assert refusals(position=position, person=news.person("Bo", "Mei"), **Y2001) == {
        "from_on": [
            (
                "Bo Mei (since 2001) would hold this position at the same time as Wei Ana (since 28 December 2019). "
                "End one appointment first."
            )
        ]
    }
    assert refusals(position=position, person=wei, **Y2001) == {
        "from_on": ["Wei Ana already holds this position (since 28 December 2019)."]
    }


def test_nobody_holds_two_seats_of_a_position_at_a_time() -> None:
    position, wei = news.position(seats=5), news.person("Wei", "Ana")
    news.appointment(position=position, person=wei, from_on=dt.date(2019, 1, 1), until_on=dt.date(2020, 1, 1))

    assert refusals(position=position, person=wei, from_on=dt.date(2020, 1, 1))
    assert not refusals(position=position, person=wei, from_on=dt.date(2020, 1, 2))


def test_someone_can_act_beside_a_suspended_holder() -> None:
    position = news.position()
    news.appointment(position=position, from_on=dt.date(2019, 1, 1))

    acting = {"position": position, "is_acting": True, "from_on": dt.date(2020, 1, 1)}
    assert not refusals(**acting)
    news.appointment(**acting)
    assert refusals(**acting)


def test_last_seat_is_refused_with_the_names_of_all_holders() -> None:
    position = news.position(seats=2)
    for name in ("Ann", "Bea"):
        news.appointment(position=position, person=news.person("Wei", name), from_on=dt.date(2019, 1, 1))

    [text] = refusals(position=position, from_on=dt.date(2020, 1, 1))["from_on"]
    assert "Wei Ann (since 1 January 2019); Wei Bea (since 1 January 2019)" in text


def test_appointment_lies_within_the_life_of_the_organization() -> None:
    organization = news.organization(
        "Old Bureau", founded_on=dt.date(1998, 5, 1), dissolved_on=dt.date(2007, 1, 1), dissolved_precision="year"
    )
    position = news.position(organization=organization)

    assert refusals(position=position, from_on=dt.date(1998, 4, 30)) == {
        "from_on": ["Old Bureau was founded later: 1 May 1998."]
    }
    assert refusals(position=position, from_on=dt.date(2008, 1, 1)) == {
        "from_on": ["Old Bureau was dissolved earlier: 2007."]
    }
    assert refusals(position=position, from_on=dt.date(1999, 1, 1), until_on=dt.date(2008, 1, 1)) == {
        "until_on": ["Old Bureau was dissolved earlier: 2007."]
    }
    assert not refusals(position=position, from_on=dt.date(1998, 1, 1), from_precision="year")
    assert not refusals(position=position, from_on=dt.date(1999, 1, 1))


@pytest.mark.parametrize("rule", ["appointment_one_holder", "appointment_person_once"])
def test_database_refuses_certain_overlaps_that_no_form_has_checked(rule: str) -> None:
    first = news.appointment(position=news.position(seats=2 if "person" in rule else 1), from_on=dt.date(2019, 1, 1))
    fields = {"position": first.position, "from_on": dt.date(2020, 1, 1)}
    person = first.person if "person" in rule else news.person()

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        news.appointment(person=person, **fields)
    second = news.appointment(person=person, position=first.position, until_on=dt.date(2018, 12, 31))
    second.until_on = dt.date(2019, 1, 1)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        second.save()
    news.appointment(person=person, position=first.position, **Y2001 | UNTIL_2001)


def test_database_knows_the_seats_of_the_position() -> None:
    position = news.position(seats=2)
    for _ in range(2):
        news.appointment(position=position, from_on=dt.date(2019, 1, 1))

    position.seats = 1
    with pytest.raises(IntegrityError, match="appointment_one_holder"), transaction.atomic():
        position.save()
