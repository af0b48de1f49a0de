"""Permissions to view, add, change and delete rows of each model, tested by requesting their URLs."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.urls import reverse

from postportal.pages.models import SiteSettings
from postportal.publishing.models import Publishable, State
from tests.factories import staff
from tests.postportal.permissions.test_item_permissions import ADMINISTRATOR, account
from tests.postportal.staff.test_all_lists import FACTORIES

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROLES = ("Author", "Editor", "Publisher", "Philatelist", "Service desk", "Viewer", "Administrator", "", ADMINISTRATOR)
# What each role may do with a row made by someone else: l look, a add, c change, d delete. Publishing is tested in the
# tables of expected_outcomes.py.
TABLE = """
auth.group           |-     -     -     -     -     -     l     -     lacd
auth.user            |-     -     -     -     -     -     lac   -     lacd
audit.entry          |-     -     -     -     -     -     -     -     l
documents.document   |la    lacd  lacd  lac   -     l     -     -     lacd
images.image         |lac   lacd  lacd  lac   -     l     -     -     lacd
legacy.capture       |-     l     l     -     -     -     -     -     l
news.appointment     |l     lacd  lacd  -     -     l     -     -     lacd
news.article         |la    lacd  lacd  -     -     l     -     -     lacd
news.handover        |l     lacd  lacd  -     -     l     -     -     lacd
news.organization    |l     lacd  lacd  la    l     l     -     -     lacd
news.person          |l     lacd  lacd  la    -     l     -     -     lacd
news.plannedchange   |l     lacd  lacd  -     -     l     -     -     lacd
news.position        |l     lacd  lacd  -     -     l     -     -     lacd
news.section         |l     lac   lacd  -     -     l     -     -     lacd
news.source          |l     lac   lacd  -     -     l     -     -     lacd
pages.contactmessage |-     lc    lcd   -     lc    -     -     -     lcd
pages.menuitem       |-     -     lacd  -     -     l     -     -     lacd
pages.page           |-     lacd  lacd  -     -     l     -     -     lacd
pages.redirect       |-     -     lacd  -     -     l     -     -     lacd
pages.servicenotice  |-     lacd  lacd  -     lacd  l     -     -     lacd
pages.sitesettings   |-     -     lc    -     -     l     -     -     lc
pages.snippet        |l     lacd  lacd  l     -     l     -     -     lacd
publishing.release   |l     lacd  lacd  lac   lac   l     -     -     lacd
search.pinnedresult  |-     lacd  lacd  -     -     l     -     -     lacd
search.synonym       |-     lacd  lacd  -     -     l     -     -     lacd
search.zeroresultsearch    |-     l     l     -     -     l     -     -     l
services.holidaycalendar |-     l     l     -     lacd  l     -     -     lacd
services.hotline     |-     l     l     -     lacd  l     -     -     lacd
services.service     |-     l     l     l     lac   l     -     -     lacd
services.stamp       |-     l     l     l     -     l     -     -     l
services.stampissue  |-     l     lc    lacd  -     l     -     -     lacd
taggit.tag           |la    lac   lacd  la    -     l     -     -     lacd
"""
EXPECTED = {
    name.strip(): cells.split() for name, _, cells in (line.partition("|") for line in TABLE.strip().split("\n"))
}


def row_of(label: str) -> Any:
    if label == "pages.sitesettings":
        SiteSettings.load().save()
        return SiteSettings.load()
    row = FACTORIES[label](1)
    if isinstance(row, Publishable):
        # Published items are tested in expected_outcomes.py.
        type(row)._default_manager.update(state=State.DRAFT)
    return row


def permissions_by_url(browser: Any, row: Any) -> str:
    """Return the letters of the requests that are allowed."""
    stem = f"admin:{row._meta.app_label}_{row._meta.model_name}"
    one = {name: reverse(f"{stem}_{name}", args=[row.pk]) for name in ("change", "delete")}
    requests = {
        "l": lambda: browser.get(one["change"]),
        "a": lambda: browser.get(reverse(f"{stem}_add")),
        "c": lambda: browser.post(one["change"], {}),
        "d": lambda: browser.post(one["delete"], {}),
    }
    allowed = ""
    for letter, send in requests.items():
        with transaction.atomic():
            answer = send()
            transaction.set_rollback(True)
        allowed += letter if answer.status_code in (200, 302) else ""
        assert answer.status_code in (200, 302, 403), (letter, answer.status_code)
    # The list of site settings redirects to their form.
    listed = browser.get(reverse(f"{stem}_changelist"), follow=True)
    assert listed.status_code == (200 if "l" in allowed else 403)
    return allowed or "-"


def test_every_model_is_in_the_table() -> None:
    assert {model._meta.label_lower for model in admin.site._registry} == set(EXPECTED)


@pytest.mark.parametrize("label", EXPECTED)
def test_permissions_of_each_role_are_those_of_the_table(label: str) -> None:
    row = row_of(label)

    found = [permissions_by_url(staff.sign_in(account(role)), row) for role in ROLES]

    assert found == EXPECTED[label]
