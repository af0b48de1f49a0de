"""Permissions to view, add, change and delete rows of each model, as its admin decides them and its URLs follow."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import RequestFactory
from django.urls import reverse

from postportal.pages.models import SiteSettings
from postportal.publishing.models import Publishable, State
from postportal.publishing.workflow.proposals import may_propose, may_publish
from postportal.staff.permissions import has_model_permission
from tests.factories import staff
from tests.postportal.permissions.test_item_permissions import ADMINISTRATOR, account
from tests.postportal.staff.test_all_lists import FACTORIES

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROLES = ("Author", "Editor", "Publisher", "Philatelist", "Service desk", "Viewer", "Administrator", "", ADMINISTRATOR)
# What each role may do with a row made by someone else: l look, a add, c change, o propose changes, d delete. Steps
# are tested in the tables of expected_outcomes.py.
TABLE = """
auth.group           |-     -     -     -     -     -     l     -     lacd
auth.user            |-     -     -     -     -     -     lac   -     lacd
audit.entry          |-     -     -     -     -     -     -     -     l
documents.document   |la    lacd  lacd  lac   -     l     -     -     lacd
images.image         |lac   lacd  lacd  lac   -     l     -     -     lacd
legacy.capture       |-     l     l     -     -     -     -     -     l
news.appointment     |lo    lacd  lacd  -     -     l     -     -     lacd
news.article         |la    lacd  lacd  -     -     l     -     -     lacd
news.handover        |l     lacd  lacd  -     -     l     -     -     lacd
news.organization    |lo    lacd  lacd  la    l     l     -     -     lacd
news.person          |lo    lacd  lacd  la    -     l     -     -     lacd
news.plannedchange   |l     lacd  lacd  -     -     l     -     -     lacd
news.position        |lo    lacd  lacd  -     -     l     -     -     lacd
news.section         |l     lac   lacd  -     -     l     -     -     lacd
news.source          |l     lac   lacd  -     -     l     -     -     lacd
pages.contactmessage |-     lc    lcd   -     lc    -     -     -     lcd
pages.menuitem       |-     lo    lacd  -     -     l     -     -     lacd
pages.page           |-     lacd  lacd  -     -     l     -     -     lacd
pages.redirect       |-     -     lacd  -     -     l     -     -     lacd
pages.servicenotice  |-     lao   lacd  -     lacd  l     -     -     lacd
pages.sitesettings   |-     lo    lc    -     -     l     -     -     lc
pages.snippet        |l     lacd  lacd  l     -     l     -     -     lacd
publishing.release   |l     lacd  lacd  lac   lac   l     -     -     lacd
search.pinnedresult  |-     lacd  lacd  -     -     l     -     -     lacd
search.synonym       |-     lacd  lacd  -     -     l     -     -     lacd
search.zeroresultsearch    |-     l     l     -     -     l     -     -     l
services.holidaycalendar |-     l     l     -     lacd  l     -     -     lacd
services.hotline     |-     lo    lacd  -     lacd  l     -     -     lacd
services.service     |-     lo    l     l     lac   l     -     -     lacd
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
        row.refresh_from_db()
    return row


def is_proposer(user: Any, row: Any) -> bool:
    """Return whether the form takes changes from the user that a second person has to publish."""
    if not getattr(row, "has_proposals", False):
        return False
    may_change = has_model_permission(user, "change", row) and may_publish(user, row)
    return may_propose(user, row) and not may_change


def permitted_letters(row: Any, user: Any) -> str:
    """Return the letters that the admin of the row's model says yes to. This is what decides each request."""
    model_admin = admin.site._registry[type(row)]
    request = RequestFactory().get(reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_changelist"))
    request.user = user
    decisions = {
        "l": model_admin.has_view_or_change_permission(request, row),
        "a": model_admin.has_add_permission(request),
        "c": model_admin.has_change_permission(request, row),
        "o": is_proposer(user, row),
        "d": model_admin.has_delete_permission(request, row),
    }
    assert model_admin.has_view_or_change_permission(request) == decisions["l"]
    return "".join(letter for letter, is_allowed in decisions.items() if is_allowed) or "-"


def answered_letters(row: Any, user: Any, letters: str) -> str:
    """Return those of the letters whose requests are allowed, each rolled back before the next."""
    stem, browser = f"admin:{row._meta.app_label}_{row._meta.model_name}", staff.sign_in(user)
    one = {name: reverse(f"{stem}_{name}", args=[row.pk]) for name in ("change", "delete")}
    requests = {
        "l": lambda: (browser.get(one["change"]), browser.get(reverse(f"{stem}_changelist"), follow=True)),
        "a": lambda: (browser.get(reverse(f"{stem}_add")),),
        "c": lambda: (browser.post(one["change"], {}),),
        "o": lambda: (browser.post(one["change"], {}),),
        "d": lambda: (browser.post(one["delete"], {}),),
    }
    allowed = ""
    for letter in letters:
        with transaction.atomic():
            statuses = {answer.status_code for answer in requests[letter]()}
            transaction.set_rollback(True)
        assert statuses <= {200, 302} or statuses == {403}, (letter, statuses)
        allowed += letter if statuses <= {200, 302} else ""
    return allowed


def letters_to_ask(cells: list[str]) -> dict[str, str]:
    """Return for each letter the last role below the administrator that has it, and the role without it that has most
    others: roles as keys, letters as values."""
    asked, row = dict.fromkeys(ROLES, ""), dict(zip(ROLES, cells, strict=True))
    for letter in "lacod":
        having = [role for role, cell in zip(ROLES, cells, strict=True) if letter in cell]
        lacking = {role: len(cell) for role, cell in zip(ROLES, cells, strict=True) if letter not in cell}
        if letter in "aco":
            # They are sent to the same URLs: whoever may propose changes may propose new rows.
            lacking = {role: size for role, size in lacking.items() if not {"c", "o"} & set(row[role])}
        asked[(having[-2:] or [ADMINISTRATOR])[0]] += letter if having else ""
        if lacking:
            asked[max(lacking, key=lacking.__getitem__)] += letter
    return asked


def test_every_model_is_in_the_table() -> None:
    assert {model._meta.label_lower for model in admin.site._registry} == set(EXPECTED)


@pytest.mark.parametrize("label", EXPECTED)
def test_permissions_of_each_role_are_those_of_the_table(label: str) -> None:
    """The admin decides for each role alone, so that every role is asked of the admin, and each kind of request is sent
    by one role that may do it and by one that may not."""
    row, cells = row_of(label), EXPECTED[label]
    users = {role: account(role) for role in ROLES}

    found = {role: permitted_letters(row, user) for role, user in users.items()}
    assert found == dict(zip(ROLES, cells, strict=True))

    asked = {role: letters for role, letters in letters_to_ask(cells).items() if letters}
    answered = {role: answered_letters(row, users[role], letters) for role, letters in asked.items()}
    assert answered == {role: "".join(x for x in letters if x in found[role]) for role, letters in asked.items()}
