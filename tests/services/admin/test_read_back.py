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
