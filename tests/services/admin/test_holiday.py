import pytest
from django.urls import reverse

from tests.factories import forms, services, staff

pytestmark = pytest.mark.django_db


def test_holidays_are_copied_to_the_next_year_from_the_list() -> None:
    calendar = services.holiday_calendar("Public", holidays={"2026-10-01/2026-10-07": "National Day"})
    data = {"action": "copy_to_next_year", **forms.selected_rows(calendar)}
    browser, url = staff.sign_in(role="Service desk"), reverse("admin:services_holidaycalendar_changelist")

    answer = browser.post(url, data, follow=True)

    assert [str(message) for message in answer.context["messages"]] == [
        "1 holiday copied in “Public”. Check the dates of movable holidays."
    ]
    assert [str(row) for row in calendar.holidays.all()] == ["2026-10-01: National Day", "2027-10-01: National Day"]


def test_list_counts_the_hotlines_of_a_calendar() -> None:
    calendar = services.holiday_calendar("Public")
    services.hotline(holiday_calendar=calendar)

    page = staff.sign_in(role="Viewer").get(reverse("admin:services_holidaycalendar_changelist")).content.decode()

    assert '<td class="field-hotline_count">1</td>' in page
