"""Changes that can mislead every reader at once are in the audit log."""

from typing import Any

import pytest
from django.urls import reverse

from postportal.audit.models import Entry
from postportal.pages.models import MenuItem, Redirect, SiteSettings
from postportal.staff.change_log import describe_changes
from tests.factories import forms, services, staff

pytestmark = pytest.mark.django_db


def entries() -> list[tuple[str, str, str]]:
    logged = Entry.objects.filter(action__in=["create", "change", "delete"]).order_by("number")
    return list(logged.values_list("action", "item_label", "detail"))


def save(url: str, **changes: Any) -> None:
    browser = staff.sign_in()
    answer = browser.post(url, forms.fill_form(browser, url, **changes))
    assert answer.status_code == 302, answer.context["errors"]


def change_url(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def test_new_redirect_is_logged() -> None:
    save(reverse("admin:pages_redirect_add"), old_path="/old/", new_address="/news/")

    assert entries() == [("create", "pages.redirect", "")]
    assert Entry.objects.get(action="create").item_key == str(Redirect.objects.get().pk)


def test_change_names_the_fields_but_not_the_values() -> None:
    SiteSettings.objects.create(pk=1)
    save(change_url(SiteSettings.load()), contact_email="letters@post.example", tagline="News of the post")

    [(_action, label, detail)] = entries()
    assert (label, sorted(detail.split(", "))) == (
        "pages.sitesettings",
        ["Email address for contact messages", "Tagline"],
    )


def test_changed_number_of_a_hotline_is_logged() -> None:
    hotline = services.hotline("Parcels")
    services.short_code_number(hotline)
    save(change_url(hotline), **{"numbers-0-number": "11183"})

    assert entries() == [("change", "services.hotline", "number 11183: Number")]


def test_save_without_a_change_is_not_logged() -> None:
    save(change_url(services.service("Letters")))

    assert entries() == []


def test_deleted_menu_item_is_logged() -> None:
    item = MenuItem.objects.create(place=MenuItem.Place.choices[0][0], label="News", address="/news/")
    staff.sign_in().post(reverse("admin:pages_menuitem_delete", args=[item.pk]), forms.delete_confirmation(item))

    assert entries() == [("delete", "pages.menuitem", "")]


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ([], ""),
        ("Verified today.", "Verified today."),
        ([{"added": {}}], "+"),
        ([{"changed": {"fields": ["Name", "Order"]}}], "Name, Order"),
        ([{"added": {"name": "number", "object": "11185"}}], "+ number 11185"),
        (
            [{"changed": {"fields": ["Note"]}}, {"deleted": {"name": "number", "object": "11185"}}],
            "Note; − number 11185",
        ),
    ],
)
def test_change_is_described_in_one_line(message: Any, text: str) -> None:
    assert describe_changes(message) == text
