"""Every form of the admin, with hostile text, dates and numbers in its fields.

The suite tries a few examples. For others, and more of them:
PORTAL_EXAMPLES=100 python -m pytest -n 2 -o faulthandler_timeout=0 --hypothesis-profile=explore <this file>
"""

import os
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.factories import staff
from tests.factories.forms import form_values
from tests.hostile_input import hostile
from tests.postportal.staff.test_all_dates import ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]


@dataclass(frozen=True)
class Form:
    """The form of a row as a browser has it: the names of its fields, and what it would send."""

    browser: Client
    row: Any
    url: str
    names: list[str]
    values: dict[str, Any]
    # The URL, for each example that was saved.
    saved: list[str] = field(default_factory=list)


# Pages that list items of all kinds. What has been saved must not break any of them.
LISTS = [
    *("/", "/news/", "/people/", "/organizations/", "/stamps/", "/services/", "/services/hotlines/", "/sitemap/"),
    *("/zh-hans/", "/feeds/news.atom", "/feeds/stamps.rss", "/sitemap.xml", "/sitemap-articles.xml", "/search/?q=mail"),
]
# An example takes a second, and looking for a smaller one hundreds of them.
few_examples = settings(
    max_examples=int(os.environ.get("PORTAL_EXAMPLES", "6")),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def form(label: str) -> Form | None:
    """The form of a row, opened once: each example starts from it, and is rolled back."""
    browser, row = staff.sign_in(), ROWS[label](0)
    url = reverse(f"admin:{label.replace('.', '_')}_change", args=[quote(row.pk)])
    page = browser.get(url)
    if not admin.site._registry[type(row)].has_change_permission(page.wsgi_request):
        return None
    inlines = [form for inline in page.context["inline_admin_formsets"] for form in inline.formset.forms]
    names = [each.html_name for form in (page.context["adminform"].form, *inlines) for each in form]
    return Form(browser, row, url, names, form_values(page)) if names else None


@few_examples
@pytest.mark.parametrize("label", ROWS)
@given(data=st.data())
def test_form_saves_or_refuses_in_words_and_pages_still_answer(form: Form | None, data: st.DataObject) -> None:
    if form is None:
        return
    with transaction.atomic():
        check_form(form, data)
        transaction.set_rollback(True)


def check_form(form: Form, data: st.DataObject) -> None:
    # One field alone is often saved; all at once reach the checks of rows inside the form.
    some = st.lists(st.sampled_from(form.names), min_size=1, max_size=3, unique=True)
    chosen = data.draw(some | st.just(form.names))

    answer = form.browser.post(form.url, {**form.values, **{name: data.draw(hostile, label=name) for name in chosen}})

    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        check_pages(form)


def check_pages(form: Form) -> None:
    row = type(form.row)._default_manager.filter(pk=form.row.pk).first()
    own = [row.get_absolute_url()] if hasattr(row, "get_absolute_url") else []
    pages = [reverse(f"admin:{form.row._meta.label_lower.replace('.', '_')}_changelist")]
    if not form.saved:
        # It counts rows, and shows no text of theirs: once is enough.
        pages.append(reverse("admin:index"))
    form.saved.append(form.url)
    for address in (*own, *LISTS):
        assert Client().get(address).status_code < 500, address
    for address in (form.url, *pages):
        assert form.browser.get(address).status_code in (200, 302), address
