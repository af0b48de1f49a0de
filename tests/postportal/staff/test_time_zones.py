"""The time zone that people choose on the page of their account."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from postportal.pages.models import ContactMessage, ServiceNotice
from postportal.staff.models import Preferences
from tests.factories import forms, staff

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 7, 15, 1, 30, tzinfo=dt.UTC)
PASSWORD = "grue-Mast-71-fen"


def log_in(*, zone: str) -> Client:
    user = staff.account("", is_superuser=True)
    user.set_password(PASSWORD)
    user.save()
    Preferences.objects.create(user=user, time_zone=zone)
    browser = Client()
    assert browser.post("/admin/login/", {"username": user.username, "password": PASSWORD}).status_code == 302
    return browser


def test_zone_is_chosen_on_the_page_of_the_account_and_applies_at_once() -> None:
    browser = staff.sign_in(role="Editor")

    refused = browser.post("/admin/account/", {"time_zone": "Nowhere/Land"})
    browser.post("/admin/account/", {"time_zone": "Europe/Berlin"})

    assert list(refused.context["preferences_form"].errors) == ["time_zone"]
    assert Preferences.objects.get().time_zone == "Europe/Berlin"
    assert "Time zone: Europe/Berlin." in browser.get("/admin/news/article/add/").content.decode()


def test_lists_and_read_only_fields_show_the_time_of_the_person() -> None:
    message = ContactMessage.objects.create(name="Reader", email="r@x.example", message="?")
    ContactMessage.objects.update(sent_at=AT)
    abroad, at_home = log_in(zone="Europe/Berlin"), staff.sign_in(staff.account("", username="home", is_superuser=True))

    for url in ("/admin/pages/contactmessage/", f"/admin/pages/contactmessage/{message.pk}/change/"):
        assert "03:30" in abroad.get(url).content.decode(), url
        assert "09:30" in at_home.get(url).content.decode(), url
    assert abroad.get("/admin/pages/contactmessage/?o=-3").status_code == 200


def test_time_typed_abroad_is_stored_as_the_same_moment() -> None:
    browser = log_in(zone="Europe/Berlin")
    add = reverse("admin:pages_servicenotice_add")
    fields = forms.fill_form(browser, add, text="Zones", publish_at="2026-07-15T03:30:00")

    browser.post(add, fields)

    notice = ServiceNotice.objects.get()
    form = browser.get(reverse("admin:pages_servicenotice_change", args=[notice.pk])).content.decode()
    assert notice.publish_at == AT
    assert 'value="2026-07-15T03:30:00"' in form


def test_zone_costs_no_query_on_staff_pages(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    browser = log_in(zone="Europe/Berlin")
    assert browser.session["time_zone"] == "Europe/Berlin"

    # Session, user, note of the use of the session if any, and what the page itself needs.
    with django_assert_num_queries(4):
        browser.get("/admin/password_change/")


def test_zone_ends_with_its_session() -> None:
    browser = log_in(zone="Europe/Berlin")

    browser.post("/admin/logout/")

    assert browser.session.get("time_zone") is None
