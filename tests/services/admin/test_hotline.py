import datetime as dt
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from services.models import Hotline, OpeningHours
from tests.factories import forms, services, staff

pytestmark = pytest.mark.django_db
ADD = "admin:services_hotline_add"


def whole(**changes: Any) -> dict[str, Any]:
    return {
        "service": services.service().pk,
        "purpose": "Letters and parcels",
        "slug": "letters",
        "numbers-TOTAL_FORMS": "2",
        "numbers-0-short_code": "11185",
        "numbers-0-region": "CN",
        "numbers-0-scope": "domestic",
        "numbers-0-order": "1",
        "numbers-1-e164": "+861011185",
        "numbers-1-scope": "abroad",
        "numbers-1-as_printed": "+86 10 11185",
        "numbers-1-order": "2",
        "opening_hours-TOTAL_FORMS": "2",
        "opening_hours-0-weekday": "0",
        "opening_hours-0-opens": "08:00",
        "opening_hours-0-closes": "18:30",
        "opening_hours-1-on": "2027-01-01",
        "opening_hours-1-is_closed": "on",
        **changes,
    }


def test_service_desk_adds_a_hotline_with_numbers_and_hours() -> None:
    browser = staff.sign_in(role="Service desk")

    answer = browser.post(reverse(ADD), forms.fill_form(browser, reverse(ADD), **whole()))

    hotline = Hotline.objects.get()
    assert answer.status_code == 302
    assert [str(number) for number in hotline.numbers.all()] == ["11185", "+86 10 11185"]
    assert [str(hours) for hours in OpeningHours.objects.order_by("weekday")] != []
    assert OpeningHours.objects.get(weekday=0).closes == dt.time(18, 30)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"numbers-0-region": ""}, "A short code needs the country it works in, other numbers do not."),
        ({"numbers-0-scope": "abroad"}, "A short code cannot be dialled from abroad: choose “inside the country”."),
        ({"numbers-1-short_code": "11185"}, "Give either the international number or the short code."),
        ({"numbers-1-e164": "8610 4008909999"}, "Write the number as + and digits"),
        ({"numbers-1-as_printed": "+86 10 11186"}, "These are not the digits of the number itself."),
        ({"opening_hours-0-on": "2027-01-01"}, "Choose either a day of the week or a date."),
        ({"opening_hours-0-closes": ""}, "Give both times, or tick “closed” and give none."),
        ({"time_zone": "Mars/Olympus"}, "Unknown time zone. Write it as Asia/Shanghai."),
    ],
)
def test_impossible_number_or_hours_are_refused_in_words(changes: dict[str, str], words: str) -> None:
    browser = staff.sign_in(role="Service desk")

    page = browser.post(reverse(ADD), forms.fill_form(browser, reverse(ADD), **whole(**changes))).content.decode()

    assert words in page
    assert Hotline.objects.count() == 0


@time_machine.travel("2026-03-20T04:00:00Z")
def test_hotlines_are_marked_as_verified_together() -> None:
    rows = [services.hotline() for _ in range(2)]
    data = {"action": "mark_as_verified", "_selected_action": [row.pk for row in rows]}

    answer = staff.sign_in(role="Service desk").post(reverse("admin:services_hotline_changelist"), data, follow=True)

    assert [str(message) for message in answer.context["messages"]] == ["2 hotlines are verified."]
    assert set(Hotline.objects.values_list("verified_on", flat=True)) == {dt.date(2026, 3, 20)}


def test_list_shows_the_number_people_dial() -> None:
    services.short_code_number(services.hotline("Parcels"))
    services.hotline("Planned", status="planned")

    page = staff.sign_in(role="Viewer").get(reverse("admin:services_hotline_changelist")).content.decode()

    assert '<td class="field-number">11185</td>' in page
    assert '<td class="field-number">–</td>' in page
