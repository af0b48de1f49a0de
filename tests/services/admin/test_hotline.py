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
        "numbers-0-number": "11185",
        "numbers-0-order": "1",
        "numbers-1-number": "8610 11185",
        "numbers-1-scope": "abroad",
        "numbers-1-order": "2",
        "opening_hours-TOTAL_FORMS": "2",
        "opening_hours-0-hours": "周一至周五 9–12，13:30–17",
        "opening_hours-1-hours": "closed",
        "opening_hours-1-valid_from": "2027-01-01",
        "opening_hours-1-valid_until": "2027-01-01",
        **changes,
    }


def test_service_desk_adds_a_hotline_with_numbers_and_hours() -> None:
    browser = staff.sign_in(role="Service desk")

    answer = browser.post(reverse(ADD), forms.fill_form(browser, reverse(ADD), **form_data()))

    hotline = Hotline.objects.get()
    assert answer.status_code == 302
    assert [str(number) for number in hotline.numbers.all()] == ["11185", "+86 10 11185"]
    assert [str(hours) for hours in OpeningHours.objects.order_by("pk")] == [
        "Mon–Fri 09:00–12:00, 13:30–17:00",
        "2027-01-01–2027-01-01: closed",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"numbers-0-region": "XX"}, "No country has this code."),
        ({"numbers-0-scope": "abroad"}, "A short code cannot be dialled from abroad. Choose “within the country”."),
        ({"numbers-1-number": "+864008909999"}, "A short code cannot be dialled from abroad."),
        ({"numbers-1-number": "8610 4008909999"}, "400 numbers have no country or area code. Enter 400 890 9999."),
        ({"opening_hours-0-hours": "9-17, 16-18"}, "Monday: 09:00–17:00 and 16:00–18:00 overlap."),
        ({"opening_hours-0-hours": "Mon to whenever"}, "“whenever” is not understood."),
        ({"opening_hours-1-valid_until": "2026-01-01"}, "The last day cannot be before the first."),
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
    data = {"action": "mark_as_verified", **forms.selected_rows(*rows)}

    answer = staff.sign_in(role="Service desk").post(reverse("admin:services_hotline_changelist"), data, follow=True)

    assert [str(message) for message in answer.context["messages"]] == ["2 hotlines marked as verified."]
    assert set(Hotline.objects.values_list("verified_on", flat=True)) == {dt.date(2026, 3, 20)}


def test_list_shows_the_main_number() -> None:
    services.short_code_number(services.hotline("Parcels"))
    services.planned_hotline("Planned")

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


def test_hours_are_copied_from_another_hotline_by_the_form() -> None:
    source, target = services.hotline("Letters"), services.hotline("Parcels")
    services.opening_hours(source, days="0-4", times="9-12, 13:30-17")
    browser, url = staff.sign_in(role="Service desk"), reverse("admin:services_hotline_change", args=[target.pk])

    answer = browser.post(url, forms.fill_form(browser, url, copy_hours_from=source.pk), follow=True)

    assert "Opening hours copied from “Letters”." in [str(message) for message in answer.context["messages"]]
    assert [str(row) for row in target.opening_hours.all()] == ["Mon–Fri 09:00–12:00, 13:30–17:00"]


def test_choices_are_the_public_hotlines_with_a_number() -> None:
    shown = services.hotline("Letters")
    services.short_code_number(shown)
    services.short_code_number(services.hotline("Secret", publish_at=dt.datetime(2999, 1, 1, tzinfo=dt.UTC)))
    services.retired_hotline()
    services.hotline("Without a number")
    browser = staff.sign_in(role="Author")

    choices = browser.get(reverse("admin:services_hotline_choices")).json()["choices"]

    assert choices == [{"url": f"hotline:{shown.pk}", "label": "Letters: 11185", "words": "11185"}]
    assert browser.post(reverse("admin:services_hotline_choices")).status_code == 405
