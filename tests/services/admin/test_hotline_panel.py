import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from services.admin.hotline_panel import pages_in_words
from tests.factories import forms, services, staff

pytestmark = pytest.mark.django_db


@time_machine.travel("2026-11-30T04:30:00Z")
def test_panel_says_what_is_so_today_and_what_is_coming() -> None:
    hotline = services.hotline()
    services.short_code_number(hotline, valid_until=dt.date(2027, 2, 28))
    services.short_code_number(hotline, short_code="11183", valid_from=dt.date(2027, 3, 1))
    services.opening_hours(hotline, days="0-4", times="9-12, 13:30-17")

    page = staff.sign_in(role="Service desk").get(reverse("admin:services_hotline_change", args=[hotline.pk]))

    panel = page.content.decode().partition('aria-label="About this hotline"')[2].partition("</aside>")[0]
    for words in ("In service", "Opens at 1:30pm", "From 1 March 2027: 11183 instead of 11185", "Not yet"):
        assert words in panel
    assert "A change appears at once on 3 pages." in page.content.decode()


def test_hotline_on_every_page_says_so_instead_of_a_number() -> None:
    assert pages_in_words(services.hotline(is_on_every_page=True), 4) == "every page"
    assert pages_in_words(services.hotline(), 4) == "7 pages"


@time_machine.travel("2026-03-20T04:00:00Z")
def test_call_is_noted_with_the_save() -> None:
    hotline = services.hotline(verified_on=dt.date(2025, 1, 1))
    browser = staff.sign_in(role="Service desk")
    url = reverse("admin:services_hotline_change", args=[hotline.pk])

    browser.post(url, forms.fill_form(browser, url, note="Press 1.", _called="1"))

    hotline.refresh_from_db()
    assert (hotline.verified_on, hotline.note) == (dt.date(2026, 3, 20), "Press 1.")
