"""Every form of the admin, with hostile text, dates and numbers in its fields.

The suite tries a few examples. For others, and more of them:
PORTAL_EXAMPLES=100 python -m pytest -n 2 -o faulthandler_timeout=0 --hypothesis-profile=explore <this file>
"""

import os
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
from tests.factories.forms import fill_form
from tests.hostile_input import hostile
from tests.postportal.staff.test_all_dates import ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]

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


@few_examples
@pytest.mark.parametrize("label", ROWS)
@given(data=st.data())
def test_form_saves_or_refuses_in_words_and_pages_still_answer(label: str, data: st.DataObject) -> None:
    with transaction.atomic():
        check_form(label, data)
        transaction.set_rollback(True)


def check_form(label: str, data: st.DataObject) -> None:
    browser, row = staff.sign_in(), ROWS[label](0)
    url = reverse(f"admin:{label.replace('.', '_')}_change", args=[quote(row.pk)])
    page = browser.get(url)
    if not admin.site._registry[type(row)].has_change_permission(page.wsgi_request):
        return
    inlines = [form for inline in page.context["inline_admin_formsets"] for form in inline.formset.forms]
    typed = [field.html_name for form in (page.context["adminform"].form, *inlines) for field in form]
    if not typed:
        return
    # One field alone is often saved; all at once reach the checks of rows inside the form.
    chosen = data.draw(st.lists(st.sampled_from(typed), min_size=1, max_size=3, unique=True) | st.just(typed))

    answer = browser.post(url, fill_form(browser, url, **{name: data.draw(hostile, label=name) for name in chosen}))

    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        check_pages(browser, row, url)


def check_pages(browser: Client, row: Any, url: str) -> None:
    row = type(row)._default_manager.filter(pk=row.pk).first()
    own = [row.get_absolute_url()] if hasattr(row, "get_absolute_url") else []
    lists = [reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_changelist"), reverse("admin:index")]
    for address in (*own, *LISTS):
        assert Client().get(address).status_code < 500, address
    for address in (url, *lists):
        assert browser.get(address).status_code in (200, 302), address
