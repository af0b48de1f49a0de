import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from news.models import Appointment
from tests.factories import news

pytestmark = pytest.mark.django_db

MAY = dt.date(2020, 5, 1)
JUNE = dt.date(2020, 6, 1)
FUTURE = timezone.now() + dt.timedelta(days=30)


def test_appointment_is_held_from_its_first_to_its_last_day() -> None:
    appointment = news.appointment(from_on=MAY, until_on=JUNE)

    days = [MAY - dt.timedelta(days=1), MAY, JUNE, JUNE + dt.timedelta(days=1)]

    assert [appointment.is_held_on(day) for day in days] == [False, True, True, False]
    assert [Appointment.objects.held_on(day).exists() for day in days] == [False, True, True, False]


def test_appointment_until_a_year_is_held_to_the_end_of_the_year() -> None:
    appointment = news.appointment(until_on=dt.date(2020, 3, 4), until_precision="year")

    assert appointment.is_held_on(dt.date(2020, 12, 31))
    assert not appointment.is_held_on(dt.date(2021, 1, 1))


def test_appointment_without_dates_is_held_since_the_portal_says_so() -> None:
    appointment = news.appointment(publish_at=dt.datetime(2020, 5, 1, 12, tzinfo=dt.UTC))

    days = [dt.date(1900, 1, 1), MAY - dt.timedelta(days=1), MAY, dt.date(2100, 1, 1)]
    assert [appointment.is_held_on(day) for day in days] == [False, False, True, True]
    assert [Appointment.objects.held_on(day).exists() for day in days] == [False, False, True, True]
    assert appointment.period == "start date unknown"


def test_unknown_start_begins_with_the_first_evidence() -> None:
    seen = news.appointment(attested_on=MAY, until_on=JUNE)
    left = news.appointment(until_on=JUNE, publish_at=FUTURE)

    assert [seen.is_held_on(day) for day in (MAY - dt.timedelta(days=1), MAY, JUNE)] == [False, True, True]
    assert [left.is_held_on(day) for day in (MAY, JUNE, JUNE + dt.timedelta(days=1))] == [False, True, False]
    assert (seen.period, left.period) == (
        "at least since 1 May 2020, until 1 June 2020",
        "until 1 June 2020, start date unknown",
    )


@pytest.mark.parametrize("precision", ["day", "year"])
def test_offices_end_with_their_organization(precision: str) -> None:
    bureau = news.organization(dissolved_on=dt.date(2007, 12, 31), dissolved_precision=precision)
    director = news.appointment(position=news.position(organization=bureau), from_on=dt.date(1998, 1, 1))

    days = [dt.date(2007, 12, 31), dt.date(2008, 1, 1)]
    assert [director.is_held_on(day) for day in days] == [True, False]
    assert [Appointment.objects.held_on(day).exists() for day in days] == [True, False]
    assert director.period.endswith("to 31 December 2007" if precision == "day" else "to 2007")


def test_end_before_the_start_is_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        news.appointment(from_on=JUNE, until_on=MAY)


@pytest.mark.parametrize("hidden", ["appointment", "person", "organization"])
def test_appointment_is_public_only_with_its_person_and_organization(hidden: str) -> None:
    later = {"publish_at": FUTURE}
    organization = news.organization(**(later if hidden == "organization" else {}))
    person = news.person(**(later if hidden == "person" else {}))
    news.appointment(
        person=person,
        position=news.position(organization=organization),
        **(later if hidden == "appointment" else {}),
    )

    assert list(Appointment.objects.published(timezone.now())) == []
    assert Appointment.objects.published(FUTURE).count() == 1


def test_second_holder_of_a_single_seat_is_refused() -> None:
    position = news.position()
    news.appointment(position=position, from_on=MAY, until_on=JUNE)
    second = Appointment(position=position, person=news.person(), from_on=JUNE)

    with pytest.raises(ValidationError) as error:
        second.full_clean()

    assert [each.code for each in error.value.error_dict["from_on"]] == ["seats"]


def test_earlier_appointment_that_overlaps_a_later_one_is_refused() -> None:
    position = news.position()
    news.appointment(position=position, from_on=JUNE)
    earlier = Appointment(position=position, person=news.person(), from_on=MAY)

    with pytest.raises(ValidationError):
        earlier.full_clean()

    earlier.until_on = JUNE - dt.timedelta(days=1)
    earlier.full_clean()


def test_successor_may_start_the_day_after() -> None:
    position = news.position()
    news.appointment(position=position, from_on=MAY, until_on=JUNE)

    Appointment(position=position, person=news.person(), from_on=JUNE + dt.timedelta(days=1)).full_clean()


def test_position_can_have_as_many_holders_as_seats() -> None:
    position = news.position("Vice President", seats=2)
    news.appointment(position=position, from_on=MAY)

    second = Appointment(position=position, person=news.person(), from_on=MAY)
    second.full_clean()
    second.save()
    with pytest.raises(ValidationError):
        Appointment(position=position, person=news.person(), from_on=JUNE).full_clean()


def test_titles_have_acting_override_and_organization() -> None:
    position = news.position(
        "Director", label_zh="局长", organization=news.organization("Post Bureau", name_zh="邮政局")
    )
    plain = news.appointment(position=position)
    acting = news.appointment(position=position, is_acting=True)
    own = news.appointment(position=news.position("Head", organization=position.organization), label="Director-General")

    assert [row.full_title for row in (plain, acting, own)] == [
        "Director, Post Bureau",
        "Acting Director, Post Bureau",
        "Director-General, Post Bureau",
    ]
    with translation.override("zh-hans"):
        assert plain.job_title == "局长"


@pytest.mark.parametrize(
    ("fields", "period"),
    [
        ({"from_on": MAY, "from_precision": "month"}, "since May 2020"),
        ({"until_on": MAY, "until_precision": "year"}, "until 2020, start date unknown"),
        (
            {"from_on": MAY, "from_precision": "year", "until_on": JUNE, "until_precision": "month"},
            "2020 to June 2020",
        ),
    ],
)
def test_period_is_as_exact_as_known(fields: dict[str, object], period: str) -> None:
    assert news.appointment(**fields).period == period
