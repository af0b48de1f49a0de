"""Two editors who save the same form, one after the other."""

from typing import Any

from django.test import Client

from postportal.publishing.versions import revisions
from postportal.staff.permissions import change_url
from tests.factories import forms, staff


def save_form(browser: Client, row: Any, fields: dict[str, Any], **changes: Any) -> Any:
    return browser.post(change_url(row), {**fields, "_continue": "1", **changes}, follow=True)


def save_both(row: Any, *, theirs: dict[str, Any], mine: dict[str, Any], role: str = "Editor") -> tuple[Client, Any]:
    """Open the form in two browsers, then save both. Return the second browser and the page that its save leads to."""
    first, second = staff.sign_in(role=role), staff.sign_in(role=role)
    their_fields = forms.fill_form(first, change_url(row))
    # The same form, opened by somebody else.
    my_fields = {**their_fields, "_form_key": "b" * 32}
    first.post(change_url(row), {**their_fields, "_continue": "1", **theirs})
    return second, save_form(second, row, my_fields, **mine)


def proposals(page: Any) -> dict[str, str | None]:
    """Return the version that a conflict page proposes for each part, None where it proposes none."""
    return {row.key: choice for row, choice in page.context["conflicting_parts"]}


def choose(browser: Client, row: Any, page: Any, **choices: str) -> Any:
    """Send the conflict page with a version for each part; "__" in a name stands for a dot."""
    context = page.context
    hidden = {"_mine": context["my_data"], "_version": context["version"], "_form_key": context["form_key"]}
    fields = {f"choice:{key.replace('__', '.')}": version for key, version in choices.items()}
    return browser.post(change_url(row), {**hidden, **fields}, follow=True)


def current_content(row: Any) -> dict[str, Any]:
    return revisions.current_content(type(row)._default_manager.get(pk=row.pk))
