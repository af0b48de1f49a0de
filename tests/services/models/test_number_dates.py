import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from services.models import Hotline, HotlineNumber
from services.models.number_dates import ServiceState, numbers_on
from services.models.number_dates_in_words import changes_of_numbers
from tests.factories import services

pytestmark = pytest.mark.django_db

DAY = dt.date(2027, 3, 1)
A_DAY = dt.timedelta(days=1)
EARLIER, LATER = DAY - 9 * A_DAY, DAY + 9 * A_DAY


def sentences(*numbers: HotlineNumber, day: dt.date = DAY) -> list[str]:
    return changes_of_numbers(numbers_on(day, numbers), day=day)


def test_number_is_valid_from_its_first_to_its_last_day() -> None:
    number = HotlineNumber(short_code="11185", valid_from=DAY, valid_until=DAY)

    assert [number.is_valid_on(DAY + n * A_DAY) for n in (-1, 0, 1)] == [False, True, False]
    assert HotlineNumber(short_code="11185").is_valid_on(DAY)


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        ([], ServiceState.IN_SERVICE),
        ([(None, None)], ServiceState.IN_SERVICE),
        ([(DAY, DAY)], ServiceState.IN_SERVICE),
        ([(LATER, None)], ServiceState.PLANNED),
        ([(None, EARLIER)], ServiceState.RETIRED),
        # Between two numbers, nobody can call.
        ([(None, EARLIER), (LATER, None)], ServiceState.PLANNED),
        ([(None, EARLIER), (DAY, None)], ServiceState.IN_SERVICE),
    ],
)
def test_state_follows_from_the_dates_of_the_numbers(
    dates: list[tuple[dt.date | None, dt.date | None]], state: ServiceState
) -> None:
    hotline = services.hotline()
    for n, (first, last) in enumerate(dates):
        services.short_code_number(hotline, short_code=f"1118{n}", valid_from=first, valid_until=last)
    rows = Hotline.objects
    in_sql = {
        ServiceState.IN_SERVICE: rows.in_service(DAY).exists(),
        ServiceState.PLANNED: rows.planned(DAY).exists(),
        ServiceState.RETIRED: rows.retired(DAY).exists(),
    }

    assert hotline.show_numbers_of(DAY).state == state
    assert [each for each, is_found in in_sql.items() if is_found] == [state]


def test_number_is_announced_instead_of_those_that_end_for_the_same_callers() -> None:
    ending = HotlineNumber(short_code="11185", scope="domestic", valid_until=DAY)
    staying = HotlineNumber(short_code="11188", scope="domestic")
    abroad = HotlineNumber(e164="+861011185", scope="abroad", valid_until=DAY)
    coming = HotlineNumber(short_code="11200", scope="domestic", valid_from=DAY + A_DAY)

    assert sentences(ending, staying, abroad, coming) == ["From 2 March 2027: 11200 instead of 11185"]
    assert sentences(staying, coming) == ["From 2 March 2027: 11200"]


def test_replaced_number_names_those_to_call_now_and_follows_a_chain() -> None:
    first = HotlineNumber(short_code="11100", valid_until=EARLIER)
    second = HotlineNumber(short_code="11185", valid_from=EARLIER + A_DAY, valid_until=DAY - A_DAY)
    third = HotlineNumber(short_code="11200", valid_from=DAY)

    assert sentences(first, second, third) == ["11185: replaced by 11200", "11100: replaced by 11200"]
    assert sentences(first, second, third, day=DAY + dt.timedelta(days=400)) == []


def test_number_cannot_end_before_it_begins() -> None:
    number = services.short_code_number(services.hotline(), valid_from=DAY)
    number.valid_until = DAY - A_DAY

    with pytest.raises(ValidationError, match="cannot be before the first"):
        number.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        number.save()


def test_last_day_of_other_systems_means_no_end() -> None:
    number = services.short_code_number(services.hotline(), valid_until=dt.date(9999, 12, 31))

    number.refresh_from_db()
    assert number.valid_until is None
