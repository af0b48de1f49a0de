"""A number that changes on a day, typed in three fields."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from services.models import Hotline, HotlineNumber
from tests.factories import forms, services, staff

pytestmark = pytest.mark.django_db


def save(hotline: Hotline, **changes: Any) -> Any:
    browser = staff.sign_in(role="Service desk")
    url = reverse("admin:services_hotline_change", args=[hotline.pk])
    return browser.post(url, forms.fill_form(browser, url, **changes), follow=True)


def change(old: HotlineNumber, **changes: Any) -> Any:
    data = {"change_on": "2027-03-01", "change_of": old.pk, "change_to": "11183", **changes}
    return save(old.hotline, **data)


@time_machine.travel("2026-11-28T04:00:00Z")
def test_new_number_begins_when_the_old_one_has_ended() -> None:
    old = services.short_code_number(services.hotline(), cost="Local call")

    answer = change(old)

    numbers = old.hotline.numbers.order_by("pk")
    assert [(str(row), row.valid_from, row.valid_until, row.cost) for row in numbers] == [
        ("11185", None, dt.date(2027, 2, 28), "Local call"),
        ("11183", dt.date(2027, 3, 1), None, "Local call"),
    ]
    page = answer.content.decode()
    assert "11183 replaces the old number from 1 March 2027 on." in page


@time_machine.travel("2026-11-28T04:00:00Z")
def test_form_shows_the_old_number_beside_the_new_one() -> None:
    old = services.short_code_number(services.hotline())
    change(old)

    page = staff.sign_in(role="Service desk").get(reverse("admin:services_hotline_change", args=[old.hotline_id]))

    card = page.content.decode().partition('id="numbers-1"')[2].partition('id="numbers-')[0]
    assert "From 1 March 2027" in card
    assert "Old number:</span> 11185</s>" in card


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"change_on": ""}, "Enter the first day of the new number."),
        ({"change_to": ""}, "Enter the new number."),
        ({"change_of": ""}, "Choose the number that is replaced."),
        ({"change_to": "11185"}, "This hotline already has this number."),
        ({"change_to": "8610 4008909999"}, "400 numbers have no country or area code."),
        ({"change_to": "whoever"}, ""),
    ],
)
def test_incomplete_or_impossible_change_is_refused(changes: dict[str, str], words: str) -> None:
    old = services.short_code_number(services.hotline())

    page = change(old, **changes)

    assert words in page.content.decode()
    assert [(str(row), row.valid_until) for row in HotlineNumber.objects.all()] == [("11185", None)]


def test_number_of_another_hotline_cannot_be_replaced() -> None:
    other = services.short_code_number(services.hotline(), short_code="11199")
    old = services.short_code_number(services.hotline())

    change(old, change_of=other.pk)

    assert HotlineNumber.objects.exclude(valid_until=None).count() == 0
    assert HotlineNumber.objects.count() == 2


def test_old_number_that_is_deleted_at_once_is_only_replaced() -> None:
    old = services.short_code_number(services.hotline())

    change(old, **{"numbers-0-DELETE": "on"})

    assert [str(row) for row in HotlineNumber.objects.all()] == ["11183"]
