from typing import Any

import pytest
from django.urls import reverse

from services.models import HotlineNumber
from tests.factories import forms, services, staff

pytestmark = pytest.mark.django_db


def save(row: HotlineNumber, **changes: Any) -> Any:
    browser = staff.sign_in(role="Service desk")
    url = reverse("admin:services_hotline_change", args=[row.hotline_id])
    return browser.post(url, forms.fill_form(browser, url, **changes), follow=True)


def test_stored_number_is_kept_when_something_else_changes() -> None:
    row = services.number_from_abroad(services.hotline(), e164="+9991011188", as_printed="+999 10 11188")

    save(row, **{"numbers-0-cost": "Free"})

    row.refresh_from_db()
    assert (row.e164, row.as_printed, row.region, row.scope, row.cost) == (
        *("+9991011188", "+999 10 11188", "", "abroad", "Free"),
    )


def test_changed_number_replaces_the_old_one_whole() -> None:
    row = services.number_from_abroad(services.hotline(), e164="+861011185", as_printed="+86 10 11185")

    save(row, **{"numbers-0-number": "400 890 9999 ext. 5", "numbers-0-scope": ""})

    row.refresh_from_db()
    assert (row.e164, row.short_code, row.region, row.extension, row.as_printed, row.scope, row.href) == (
        *("", "4008909999", "CN", "5", "400 890 9999", "domestic", "tel:4008909999;ext=5"),
    )


def test_number_for_everybody_is_for_everybody_who_can_dial_it() -> None:
    row = services.short_code_number(services.hotline())

    answer = save(row, **{"numbers-0-number": "+86 10 6885 9999", "numbers-0-scope": ""})

    row.refresh_from_db()
    assert (row.e164, row.scope, answer.status_code) == ("+861068859999", "anywhere", 200)


def test_warning_is_shown_when_the_form_is_saved() -> None:
    services.short_code_number(services.hotline("Letters"))
    row = services.short_code_number(services.hotline("Parcels"))

    answer = save(row)

    assert "11185 is also a number of “Letters”." in [str(message) for message in answer.context["messages"]]


def test_viewer_sees_the_number() -> None:
    row = services.short_code_number(services.hotline(), short_code="4008909999", as_printed="400 890 9999")

    page = staff.sign_in(role="Viewer").get(reverse("admin:services_hotline_change", args=[row.hotline_id]))

    assert "400 890 9999" in page.content.decode()
