"""Layout of the long forms: the text and what is rarely needed in one column, the facts beside it.

A fieldset or an inline with the class "facts" stands beside the text. A folded fieldset says its values in its summary,
so that nobody has to open it to see that there is nothing in it.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.html import format_html, strip_tags
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from postportal.web.personal_zone import in_personal_zone

FACTS = "facts"
MAX_VALUE_LENGTH = 60


class FormLayout:
    """The fieldsets of a form, each with its number in the form, and its inlines, by the column they stand in."""

    def __init__(self, adminform: Any, inlines: list[Any]) -> None:
        self.text: list[tuple[int, Any]] = []
        self.facts: list[tuple[int, Any]] = []
        for number, fieldset in enumerate(adminform):
            if fieldset.is_collapsible:
                fieldset.name = format_html(
                    '{} <span class="fold-value">{}</span>', fieldset.name, describe_values(fieldset)
                )
            is_beside = FACTS in fieldset.classes.split()
            (self.facts if is_beside else self.text).append((number, fieldset))
        self.text_inlines = [inline for inline in inlines if FACTS not in (inline.opts.classes or ())]
        self.facts_inlines = [inline for inline in inlines if FACTS in (inline.opts.classes or ())]


def describe_values(fieldset: Any) -> str:
    """Return the values of the fields of a fieldset in one line, or “None”."""
    texts = [
        _describe(field.field)
        for line in fieldset
        for field in line
        # A field that may only be read has no bound field.
        if isinstance(field.field, BoundField)
    ]
    return ", ".join(filter(None, texts)) or _("None")


def _describe(field: BoundField) -> str:
    value = _stored_value(field)
    if value is True:
        return str(field.label)
    if value in (None, "", False):
        return ""
    if isinstance(value, dt.datetime):
        text = date_format(in_personal_zone(value), "DATETIME_FORMAT")
    elif isinstance(value, dt.date):
        text = date_format(value, "DATE_FORMAT")
    else:
        # A summary is no place for markup.
        text = Truncator(strip_tags(str(value))).chars(MAX_VALUE_LENGTH)
    is_dated = isinstance(value, dt.date)
    return f"{capfirst(str(field.label))} {text}" if is_dated else text


def _stored_value(field: BoundField) -> Any:
    """Return the value of the row: the form knows a related row or a choice by its key only."""
    row: Model = field.form.instance  # type: ignore[attr-defined]
    try:
        column = row._meta.get_field(field.name)
    except FieldDoesNotExist:
        return field.value()
    if column.many_to_many:
        return ", ".join(map(str, getattr(row, field.name).all())) if row.pk else ""
    display = getattr(row, f"get_{field.name}_display", None)
    return display() if display else getattr(row, field.name)
