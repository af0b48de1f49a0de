import pytest
from django.urls import reverse

from tests.factories import staff

pytestmark = pytest.mark.django_db
URL = "admin:services_hotline_read_back"


def test_number_is_read_back_while_it_is_typed() -> None:
    browser = staff.sign_in(role="Service desk")

    answer = browser.get(reverse(URL), {"kind": "number", "typed": "8610 11185", "region": "CN"})

    assert answer.json() == {"lines": ["From abroad: +86 10 11185"]}
    assert browser.get(reverse(URL)).json() == {"lines": []}


def test_hours_are_read_back_while_they_are_typed() -> None:
    browser = staff.sign_in(role="Service desk")

    answer = browser.get(reverse(URL), {"kind": "hours", "typed": "Mon–Fri 9–12, 13:30–17; Sat 9–12"})
    mistake = browser.get(reverse(URL), {"kind": "hours", "typed": "Mon–Fri 9–5"})

    assert answer.json()["lines"] == [
        "Monday to Friday, 9am to noon and 1:30pm to 5pm",
        "Saturday, 9am to noon",
        "Sunday, closed",
    ]
    assert mistake.json()["lines"] == ["9–5: write 9–17, or 9:00–5:00 if past midnight."]


def test_only_those_who_may_change_hotlines_are_answered() -> None:
    assert staff.sign_in(role="Viewer").get(reverse(URL), {"typed": "11185"}).status_code == 403
    assert staff.sign_in(role="Service desk").post(reverse(URL)).status_code == 405


def test_week_is_drawn_while_it_is_typed() -> None:
    browser = staff.sign_in(role="Service desk")

    drawn = browser.get(reverse(URL), {"kind": "week", "typed": "Mon 9–12"}).content.decode()
    mistake = browser.get(reverse(URL), {"kind": "week", "typed": "<b>"}).content.decode()

    assert '<rect x="180" y="0" width="180" height="10"></rect>' in drawn
    assert drawn.count("<svg") == 7
    assert "“&lt;” is not understood." in mistake


def test_moment_is_shown_of_the_form_that_is_typed() -> None:
    data = {"try_moment": "2026-10-01T12:20", "opening_hours-TOTAL_FORMS": "1", "opening_hours-0-hours": "9–17"}
    url = reverse("admin:services_hotline_moment")

    page = staff.sign_in(role="Service desk").post(url, data).content.decode()

    assert "<strong>Open now, until 5pm</strong>" in page
    assert staff.sign_in(role="Viewer").post(url, data).status_code == 403
    assert staff.sign_in(role="Service desk").get(url).status_code == 405
