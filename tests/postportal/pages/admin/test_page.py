import pytest
from django.urls import reverse

from postportal.pages.models import Page, ServiceNotice
from tests.factories import forms, staff

pytestmark = pytest.mark.django_db


def test_reserved_url_is_refused() -> None:
    browser = staff.sign_in(role="Editor")
    url = reverse("admin:pages_page_add")

    answer = browser.post(url, forms.fill_form(browser, url, title="News", path="news", language="en"))

    assert list(answer.context["adminform"].form.errors) == ["path"]


def test_editor_adds_a_page() -> None:
    browser = staff.sign_in(role="Editor")
    url = reverse("admin:pages_page_add")

    browser.post(url, forms.fill_form(browser, url, title="About", path="about", body="<p>Us</p>"))
    staff.publish(Page.objects.get())

    assert browser.get(Page.objects.get().get_absolute_url()).status_code == 200


def test_publisher_adds_a_service_notice() -> None:
    browser = staff.sign_in(role="Publisher")
    url = reverse("admin:pages_servicenotice_add")

    browser.post(url, forms.fill_form(browser, url, text="Delays in the north", language="en"))

    assert ServiceNotice.objects.get().text == "Delays in the north"
