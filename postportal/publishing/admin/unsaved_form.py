"""What a form says that nobody has saved: written as far as it can be read, inside a rehearsal."""

from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from postportal.publishing.models import Publishable
from postportal.publishing.previews.rendering import CannotRender


def apply_unsaved(model_admin: Any, request: HttpRequest, item: Publishable | None) -> tuple[Publishable, list[str]]:
    """Write what was sent over the rows of the item; return it as it stands then, and what had to be left out. A field
    that makes no sense keeps its value: people type one sign after the other. Raises Undrawable."""
    fields = flatten_fieldsets(model_admin.get_fieldsets(request, item))
    form_class = model_admin.get_form(request, item, change=item is not None, fields=fields)
    form = form_class(request.POST, request.FILES, instance=item)
    notes = _blank_or_note_errors(form)
    new = form.instance
    new.fill_blanks()
    try:
        with transaction.atomic():
            new.save()
            form._save_m2m()
    except (IntegrityError, DataError):
        reasons = notes or [_("A number or an address in it belongs to another item by now.")]
        raise CannotRender(" ".join(reasons)) from None
    # Private, but the one way to the rows that the stock form itself takes.
    formsets, inlines = model_admin._create_formsets(request, new, change=item is not None)
    for formset, inline in zip(formsets, inlines, strict=True):
        if inline.has_change_permission(request, item):
            notes += _save_rows(formset)
    return type(new)._default_manager.get(pk=new.pk), notes


def _blank_or_note_errors(form: Any) -> list[str]:
    notes = []
    for name, errors in form.errors.as_data().items():
        if any(error.code == "required" for error in errors):
            _blank_field(form.instance, name)
        else:
            notes += _error_messages(form, name, errors)
    return notes


def _blank_field(item: models.Model, name: str) -> None:
    """What was deleted in the form is not there in the preview, though it may not be saved like that."""
    try:
        field: Any = item._meta.get_field(name)
    except FieldDoesNotExist:
        return
    if getattr(field, "choices", None):
        return  # A choice cannot be emptied by hand.
    if isinstance(field, models.CharField | models.TextField):
        setattr(item, field.attname, "")
    elif field.concrete and field.null:
        setattr(item, field.attname, None)


def _error_messages(form: Any, name: str, errors: list[ValidationError]) -> list[str]:
    label = f"{form.fields[name].label}: " if name in form.fields else ""
    return [f"{label}{message}" for error in errors for message in error.messages]


def _save_rows(formset: Any) -> list[str]:
    formset.is_valid()
    notes = [str(message) for message in formset.non_form_errors()]
    # New rows that nobody has typed into do not count.
    changed = [row for row in formset.forms if row.has_changed()]
    gone = [row for row in changed if getattr(row, "cleaned_data", {}).get("DELETE")]
    kept = [row for row in changed if row not in gone and not row.errors]
    for row in changed:
        if row not in gone and row.errors:
            notes += [
                note for name, errors in row.errors.as_data().items() for note in _error_messages(row, name, errors)
            ]
    _delete_rows([*gone, *kept])
    return notes + [note for row in kept for note in _save_row(row)]


def _delete_rows(rows: list[Any]) -> None:
    """Also what changes: it comes back with its key, and two rows may change places."""
    for row in rows:
        if row.instance.pk is not None:
            type(row.instance)._default_manager.filter(pk=row.instance.pk).delete()


def _save_row(row: Any) -> list[str]:
    try:
        with transaction.atomic():
            row.instance.save(force_insert=row.instance.pk is not None)
            row._save_m2m()
    except (IntegrityError, DataError):
        return [_("“%(row)s” cannot stand beside the other rows.") % {"row": row.instance}]
    return []
