"""The data of an open form written over the rows of its item, for a preview inside a dry run."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from postportal.publishing.models import Publishable
from postportal.publishing.previews.rendering import CannotRender
from postportal.publishing.versions.snapshots import VALUE_TAKEN_MESSAGE
from postportal.staff.database_rules import refusal_text


def apply_unsaved(model_admin: Any, request: HttpRequest, item: Publishable | None) -> tuple[Publishable, list[str]]:
    """Write the data of the form over the rows of the item, or into a new item.

    Return the item as it is then, and a note for each value that was left out. A field that is not valid keeps its
    value, since people type one character at a time. Raises CannotRender where the database refuses the item."""
    fields = flatten_fieldsets(model_admin.get_fieldsets(request, item))
    form_class = model_admin.get_form(request, item, change=item is not None, fields=fields)
    form = form_class(request.POST, request.FILES, instance=item)
    notes = _blank_or_note_errors(form)
    unsaved = form.instance
    unsaved.fill_placeholders()
    try:
        with transaction.atomic():
            unsaved.save()
            _save_many_to_many(form)
    except IntegrityError as error:
        raise CannotRender(" ".join(notes or [refusal_text(error, default=VALUE_TAKEN_MESSAGE)])) from None
    except DataError:
        raise CannotRender(" ".join(notes or [str(VALUE_TAKEN_MESSAGE)])) from None
    for formset, inline in list(_formsets(model_admin, request, unsaved, is_new=item is None)):
        if inline.has_change_permission(request, item):
            notes += _save_rows(formset)
    return type(unsaved)._default_manager.get(pk=unsaved.pk), notes


def _formsets(model_admin: Any, request: HttpRequest, item: Publishable, *, is_new: bool) -> Iterator[tuple[Any, Any]]:
    """Yield the formsets of the child rows as the stock form makes them, each with its inline."""
    seen: Counter[str] = Counter()
    for formset_class, inline in model_admin.get_formsets_with_inlines(request, None if is_new else item):
        prefix = formset_class.get_default_prefix()
        seen[prefix] += 1
        if seen[prefix] > 1:
            prefix = f"{prefix}-{seen[prefix]}"
        yield formset_class(**model_admin.get_formset_kwargs(request, item, inline, prefix)), inline


def _save_many_to_many(form: Any) -> None:
    """Save the tags and other many-to-many fields that are valid. Django's `save_m2m` needs a form without errors."""
    for field in form.instance._meta.many_to_many:
        if field.name in form.cleaned_data:
            field.save_form_data(form.instance, form.cleaned_data[field.name])


def _blank_or_note_errors(form: Any) -> list[str]:
    notes = []
    for name, errors in form.errors.as_data().items():
        if any(error.code == "required" for error in errors):
            _blank_field(form.instance, name)
        else:
            notes += _error_messages(form, name, errors)
    return notes


def _blank_field(item: models.Model, name: str) -> None:
    """Leave the field blank in the preview, though the item cannot be saved like that."""
    try:
        field: Any = item._meta.get_field(name)
    except FieldDoesNotExist:
        return
    if getattr(field, "choices", None):
        return  # Nobody can blank a choice.
    if isinstance(field, models.CharField | models.TextField):
        setattr(item, field.attname, "")
    elif field.concrete and field.null:
        setattr(item, field.attname, None)


def _error_messages(form: Any, name: str, errors: list[ValidationError]) -> list[str]:
    label = f"{form.fields[name].label}: " if name in form.fields else ""
    return [f"{label}{message}" for error in errors for message in error.messages]


def _save_rows(formset: Any) -> list[str]:
    """Write the child rows of one formset; return a note for each that was left out."""
    formset.is_valid()
    notes = [str(message) for message in formset.non_form_errors()]
    # New rows that nobody has typed into do not count.
    changed = [row for row in formset.forms if row.has_changed()]
    removed = [row for row in changed if getattr(row, "cleaned_data", {}).get("DELETE")]
    valid = [row for row in changed if row not in removed and not row.errors]
    for row in changed:
        if row not in removed and row.errors:
            notes += [
                note for name, errors in row.errors.as_data().items() for note in _error_messages(row, name, errors)
            ]
    _delete_rows([*removed, *valid])
    return notes + [note for row in valid for note in _save_row(row)]


def _delete_rows(rows: list[Any]) -> None:
    """Delete the rows, also those that only change: they are inserted again, so that two rows may change places."""
    for row in rows:
        if row.instance.pk is not None:
            type(row.instance)._default_manager.filter(pk=row.instance.pk).delete()


def _save_row(row: Any) -> list[str]:
    try:
        with transaction.atomic():
            row.instance.save(force_insert=row.instance.pk is not None)
            _save_many_to_many(row)
    except (IntegrityError, DataError):
        return [_("“%(row)s” conflicts with another row.") % {"row": row.instance}]
    return []
