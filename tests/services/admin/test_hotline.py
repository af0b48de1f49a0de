import datetime as dt
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from services.models import Hotline, OpeningHours
from tests.factories import forms, services, staff

pytestmark = pytest.mark.django_db
ADD = "admin:services_hotline_add"


def form_data(**changes: Any) -> dict[str, Any]:
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
        "opening_hours-1-date": "2027-01-01",
        "opening_hours-1-is_closed": "on",
        **changes,
    }


def test_service_desk_adds_a_hotline_with_numbers_and_hours() -> None:
    browser = staff.sign_in(role="Service desk")

    answer = browser.post(reverse(ADD), forms.fill_form(browser, reverse(ADD), **form_data()))

    hotline = Hotline.objects.get()
    assert answer.status_code == 302
    assert [str(number) for number in hotline.numbers.all()] == ["11185", "+86 10 11185"]
    assert [str(hours) for hours in OpeningHours.objects.order_by("weekday")] != []
    assert OpeningHours.objects.get(weekday=0).closes == dt.time(18, 30)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"numbers-0-region": ""}, "Enter the country for a short code, and leave it blank for other numbers."),
        ({"numbers-0-scope": "abroad"}, "A short code cannot be dialled from abroad. Choose “within the country”."),
        ({"numbers-1-short_code": "11185"}, "Enter either the international number or the short code."),
        ({"numbers-1-e164": "8610 4008909999"}, "Enter the number in E.164 format"),
        ({"numbers-1-as_printed": "+86 10 11186"}, "These digits do not match the number."),
        ({"opening_hours-0-date": "2027-01-01"}, "Choose either a day of the week or a date."),
        ({"opening_hours-0-closes": ""}, "Enter both times, or tick “closed” and leave both blank."),
        ({"time_zone": "Mars/Olympus"}, "Unknown time zone. Enter a name such as Asia/Shanghai."),
    ],
)
def test_impossible_number_or_hours_are_rejected_with_a_message(changes: dict[str, str], words: str) -> None:
    browser = staff.sign_in(role="Service desk")

    page = browser.post(reverse(ADD), forms.fill_form(browser, reverse(ADD), **form_data(**changes))).content.decode()

    assert words in page
    assert Hotline.objects.count() == 0


@time_machine.travel("2026-03-20T04:00:00Z")
def test_selected_hotlines_are_marked_as_verified() -> None:
    rows = [services.hotline() for _ in range(2)]
    data = {"action": "mark_as_verified", "_selected_action": [row.pk for row in rows]}

    answer = staff.sign_in(role="Service desk").post(reverse("admin:services_hotline_changelist"), data, follow=True)

    assert [str(message) for message in answer.context["messages"]] == ["2 hotlines marked as verified."]
    assert set(Hotline.objects.values_list("verified_on", flat=True)) == {dt.date(2026, 3, 20)}


def test_list_shows_the_main_number() -> None:
    services.short_code_number(services.hotline("Parcels"))
    services.hotline("Planned", status="planned")

    page = staff.sign_in(role="Viewer").get(reverse("admin:services_hotline_changelist")).content.decode()

    assert '<td class="field-number">11185</td>' in page
    assert '<td class="field-number">–</td>' in page


def test_list_has_the_order_of_the_public_pages() -> None:
    first, second = services.service(order=1), services.service(order=2)
    services.hotline("c", service=second, order=1)
    services.hotline("b", service=first, order=5)
    services.hotline("a", service=first, order=3)

    page = staff.sign_in(role="Viewer").get(reverse("admin:services_hotline_changelist"))

    rows = list(page.context["cl"].result_list)
    assert [hotline.purpose for hotline in rows] == ["a", "b", "c"]
    assert rows == list(Hotline.objects.in_order())
