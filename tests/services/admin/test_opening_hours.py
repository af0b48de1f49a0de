import pytest
from django.urls import reverse

from tests.factories import services, staff

pytestmark = pytest.mark.django_db


def test_form_offers_a_line_for_hours_where_there_are_none() -> None:
    browser, hotline = staff.sign_in(role="Service desk"), services.hotline()
    url = reverse("admin:services_hotline_change", args=[hotline.pk])

    assert 'name="opening_hours-0-hours"' in browser.get(url).content.decode()

    services.opening_hours(hotline, days="0-4", times="9-17")
    page = browser.get(url).content.decode()
    assert 'value="Mon–Fri 09:00–17:00"' in page
    assert 'name="opening_hours-1-hours"' not in page
