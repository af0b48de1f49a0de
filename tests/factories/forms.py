"""Form data as a browser would send it."""

from typing import Any

from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.test import Client
from taggit.models import Tag

from postportal.publishing.admin.version_tokens import make_version_token
from postportal.publishing.versions import revisions


def fill_form(browser: Client, url: str, **changes: Any) -> dict[str, Any]:
    """Return the values of all fields of the form at `url`, updated with `changes`."""
    return {**form_values(browser.get(url)), **changes}


def form_values(page: Any) -> dict[str, Any]:
    """Return the values of all fields of the form on the page."""
    context = page.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = [(field, field.value()) for form in forms for field in form]
    # Browsers do not send unchecked boxes.
    sent = {field.html_name: _sent(field, value) for field, value in values if value is not None and value is not False}
    hidden = {"_version": context.get("version"), "_form_key": (context.get("autosave") or {}).get("form_key")}
    return {**{name: value for name, value in hidden.items() if value is not None}, **sent}


def _sent(field: Any, value: Any) -> Any:
    # No file has been chosen to replace the one that is stored.
    if isinstance(value, FieldFile):
        return ""
    if hasattr(value, "isoformat"):
        return field.field.widget.format_value(field.field.prepare_value(value))
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return value
    # Tags are sent by name, other rows by primary key.
    return [item.name if isinstance(item, Tag) else item.pk if isinstance(item, Model) else item for item in value]


def selected_rows(*rows: Any) -> dict[str, Any]:
    """Return the data of a bulk action: the selected rows, each with the version that was shown."""
    return {
        "_selected_action": [row.pk for row in rows],
        **{f"_version_{row.pk}": revisions.current_version(row) for row in rows},
    }


def delete_confirmation(row: Any) -> dict[str, Any]:
    """Return the data that the page confirming the deletion of the row sends."""
    return {"post": "yes", "_version": make_version_token(type(row)._default_manager.get(pk=row.pk))}
