"""Plain text of an item's fields, tags, links and child rows."""

import re
from html import unescape
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.models import Versioned
from postportal.publishing.versions.snapshots import Content
from postportal.web.personal_zone import in_personal_zone

EMPTY_TEXT = gettext_lazy("(empty)")
_BLOCK = re.compile(
    r"</?(?:p|h\d|li|ul|ol|dl|dt|dd|pre|tr|table|caption|blockquote|footer|div|figure|figcaption|hr|br)\b[^>]*>"
)
_LINES = re.compile(r"<pre\b[^>]*>.*?</pre>", re.DOTALL)
_STRUCK = re.compile(r"</?(?:s|del)\b[^>]*>")
_CELL = re.compile(r"</t[dh]>")
_PICTURE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
_TAG = re.compile(r"<[^>]*>")


def field_label(model: type[Versioned], section: str, name: str) -> str:
    """Return the label of a field, a relation or a group of child rows."""
    field = model._meta.get_field(name)
    if section == "parts":
        return capfirst(str(field.related_model._meta.verbose_name_plural))  # type: ignore[union-attr]
    return capfirst(str(getattr(field, "verbose_name", name)))


def field_text(model: type[Versioned], section: str, name: str, value: Any) -> str:
    if section == "tags":
        return ", ".join(value) or str(EMPTY_TEXT)
    field: Any = model._meta.get_field(name)
    if section == "links":
        return "\n".join(str(row) for row in field.related_model._default_manager.filter(pk__in=value)) or str(
            EMPTY_TEXT
        )
    if section == "parts":
        parent = field.field.name
        return "\n".join(_row_text(field.related_model, row, parent=parent) for row in value) or str(EMPTY_TEXT)
    return _value_text(field, value)


def html_to_text(html: str) -> str:
    """Return the text of sanitized HTML, one line for each block. Pictures become their alternative text, and struck
    text stands between tildes."""
    html = _LINES.sub(lambda lines: lines[0].replace("\n", "<br>"), html).replace("\n", " ")
    text = _BLOCK.sub("\n", _STRUCK.sub("~~", _PICTURE.sub(r"[\1]", html)))
    lines = (" ".join(line.split()) for line in unescape(_TAG.sub("", _CELL.sub(" | ", text))).split("\n"))
    return "\n".join(line for line in lines if line)


def _row_text(model: type[models.Model], row: Content, *, parent: str) -> str:
    fields = [field for field in model._meta.concrete_fields if field.name in row and field.name != parent]
    values = [(field.verbose_name, _value_text(field, row[field.name])) for field in fields if row[field.name]]
    return "• " + "; ".join(f"{label}: {value}" for label, value in values)


def _value_text(field: models.Field, value: Any) -> str:
    if value is None or value == "":
        return str(EMPTY_TEXT)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, models.ForeignKey):
        row = field.related_model._default_manager.filter(pk=value).first()
        return str(row) if row else str(EMPTY_TEXT)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(str(value))
        return date_format(in_personal_zone(moment), "DATETIME_FORMAT") if moment else str(value)
    return html_to_text(str(value)) if getattr(field, "is_rich_text", False) else str(value)
