import pytest
from django.urls import reverse

from tests.factories import forms, services, staff

pytestmark = pytest.mark.django_db


def test_channel_is_added_in_the_form_of_the_hotline() -> None:
    browser, hotline = staff.sign_in(role="Service desk"), services.hotline()
    url = reverse("admin:services_hotline_change", args=[hotline.pk])
    row = {"kind": "chat", "address": "https://post.example/chat", "hours": "Mon–Fri 9–20", "languages": "Chinese"}
    data = {"channels-TOTAL_FORMS": "1", **{f"channels-0-{name}": value for name, value in row.items()}}

    browser.post(url, forms.fill_form(browser, url, **data, **{"channels-0-order": "1"}))

    (channel,) = hotline.channels.all()
    assert (channel.kind, channel.hours, channel.languages) == ("chat", "Mo-Fr 09:00-20:00", "zh")
