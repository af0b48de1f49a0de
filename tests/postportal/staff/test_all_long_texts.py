"""Every form of the admin, with one character too many in all of its text fields at once."""

from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.urls import reverse

from postportal.staff.long_texts import MAX_TEXT_LENGTH
from tests.factories import staff
from tests.factories.forms import fill_form
from tests.postportal.staff.test_all_dates import ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]


# They are read as hours, languages and telephone numbers, and their errors say what cannot be read.
READ = ("hours", "languages", "-number")


def forms_of(page: Any) -> list[Any]:
    inlines = [form for inline in page.context["inline_admin_formsets"] for form in inline.formset.forms]
    return [page.context["adminform"].form, *inlines]


def limit_of(field: Any) -> int | None:
    """Return how many characters the field takes; None for a field that is not typed, such as a choice."""
    is_typed = isinstance(field, forms.CharField) and isinstance(field.widget, forms.TextInput | forms.Textarea)
    return (field.max_length or MAX_TEXT_LENGTH) if is_typed and not field.disabled else None


@pytest.mark.parametrize("label", ROWS)
def test_text_above_the_limit_of_its_field_comes_back_with_an_error(label: str) -> None:
    browser, row = staff.sign_in(), ROWS[label](0)
    url = reverse(f"admin:{label.replace('.', '_')}_change", args=[quote(row.pk)])
    page = browser.get(url)
    if not admin.site._registry[type(row)].has_change_permission(page.wsgi_request):
        return
    limits = {bound.html_name: limit_of(bound.field) for form in forms_of(page) for bound in form}
    typed = {name: "x" * (limit + 1) for name, limit in limits.items() if limit is not None}

    answer = browser.post(url, fill_form(browser, url, **typed))

    assert answer.status_code == (200 if typed else 302)
    bound = {field.html_name: field for form in forms_of(answer) for field in form} if typed else {}
    assert {name: bound[name].value() == text for name, text in typed.items()} == dict.fromkeys(typed, True)
    assert [name for name in typed if not bound[name].errors] == []
    told = {name: f"{bound[name].errors}".replace(",", "") for name in typed if not name.endswith(READ)}
    assert [name for name, error in told.items() if f"{len(typed[name])}" not in error] == []
