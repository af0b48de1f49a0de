"""Concurrent changes in editable lists."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from postportal.pages.models import MenuItem
from tests.factories import staff

pytestmark = pytest.mark.django_db
LIST = reverse("admin:pages_menuitem_changelist")


def make_menu_items(*orders: int) -> list[MenuItem]:
    return [
        MenuItem.objects.create(label=f"Entry {number}", order=order, address="/about/")
        for number, order in enumerate(orders)
    ]


def list_form_values(browser: Client) -> dict[str, Any]:
    formset = browser.get(LIST).context["cl"].formset
    fields = {field.html_name: field.value() for field in formset.management_form}
    for form in formset.forms:
        for field in form:
            fields |= {field.html_name: field.value(), field.html_initial_name: field.value()}
    return {**fields, "_save": "1"}


def stored_orders() -> dict[str, int]:
    return dict(MenuItem.objects.values_list("label", "order"))


def test_only_changed_fields_are_saved() -> None:
    first, second = make_menu_items(1, 2)
    browser = staff.sign_in()
    fields = list_form_values(browser)
    MenuItem.objects.filter(pk=first.pk).update(order=7)
    [name] = [
        name for name, value in fields.items() if name.endswith("-order") and value == 2 and "initial" not in name
    ]

    browser.post(LIST, {**fields, name: 5})

    assert stored_orders() == {"Entry 0": 7, "Entry 1": 5}
    assert second.label == "Entry 1"


@pytest.mark.parametrize("forged", [None, "", "x", "6"])
def test_concurrent_changes_are_not_overwritten(forged: str | None) -> None:
    [item] = make_menu_items(1)
    browser = staff.sign_in()
    fields = list_form_values(browser)
    MenuItem.objects.filter(pk=item.pk).update(order=7)
    if forged is not None:
        fields["initial-form-0-order"] = forged

    answer = browser.post(LIST, {**fields, "form-0-order": 5})

    assert stored_orders() == {"Entry 0": 7}
    assert answer.context["cl"].formset.errors == [
        {"order": ["Someone else has changed this to “7” since you opened the list."]}
    ]
