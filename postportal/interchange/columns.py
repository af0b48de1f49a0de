"""Columns of files: how the value of a field is written, and how it is read again."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from taggit.managers import TaggableManager

from postportal.interchange.references import References
from postportal.publishing.versions.snapshots import Content
from postportal.staff.long_texts import validate_length

PICTURES = "images.image"
_PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_PRECISIONS = {4: "year", 7: "month", 10: "day"}
_BOOLEANS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


@dataclass(frozen=True)
class Column:
    """A field of a row. A date that may be half known has its precision in another field."""

    field: Any
    precision: str = ""

    @property
    def name(self) -> str:
        return str(self.field.name)

    @property
    def label(self) -> str:
        return str(capfirst(self.field.verbose_name))

    @property
    def section(self) -> str:
        """Return the part of a version that holds the value."""
        if isinstance(self.field, TaggableManager):
            return "tags"
        return "links" if self.field.many_to_many else "fields"

    @property
    def is_list(self) -> bool:
        return self.section != "fields"

    @property
    def related(self) -> type[models.Model] | None:
        """Return the model whose rows the column names."""
        is_reference = self.section == "links" or isinstance(self.field, models.ForeignKey)
        return self.field.related_model if is_reference else None

    def keys_in(self, values: Content) -> list[int]:
        """Return the keys of the rows that the value refers to."""
        value = values.get(self.name)
        return list(value or []) if self.section == "links" else [] if value is None else [value]

    def to_file(self, values: Content, references: References) -> Any:
        """Return the value as it stands in a JSON file."""
        value = values.get(self.name)
        if self.section == "links" and self.related:
            return sorted(references.text(self.related, key) or "" for key in value or [])
        if self.section == "tags":
            return list(value or [])
        if self.related:
            return references.text(self.related, value)
        if self.precision and value:
            lengths = {precision: length for length, precision in _PRECISIONS.items()}
            return str(value)[: lengths.get(values.get(self.precision, ""), 10)]
        return value

    def texts_in(self, value: Any) -> list[str]:
        """Return the texts by which the value from a file names other rows."""
        return self._list(value) if self.is_list else [str(value)] if value not in (None, "") else []

    def from_file(self, value: Any, references: References) -> dict[str, Any]:
        """Return the values of the fields. Raises ValidationError with the sentence that a form would say."""
        if self.section == "tags":
            return {self.name: sorted(set(self._texts(value)))}
        if self.section == "links":
            return {self.name: sorted(self._key(text, references) for text in self._texts(value))}
        if self.related:
            return {self.name: None if value in (None, "") else self._key(str(value), references)}
        if self.precision:
            return self._partial_date(value)
        return {self.name: self._value(value)}

    def _list(self, value: Any) -> list[str]:
        if isinstance(value, list):
            return [str(each) for each in value]
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def _texts(self, value: Any) -> list[str]:
        """Return the texts of a list. Anything else in it would become the name of a tag."""
        items = value if isinstance(value, list) else [value or ""]
        if not all(isinstance(each, str) for each in items):
            raise ValidationError(_("Enter a list of texts."))
        return self._list(value)

    def _key(self, text: str, references: References) -> int:
        key = references.key(self.related, text) if self.related else None
        if key is None:
            raise ValidationError(_("There is no “%(text)s”.") % {"text": text})
        return key

    def _partial_date(self, value: Any) -> dict[str, Any]:
        text = str(value or "").strip()
        if not text:
            return {self.name: None, self.precision: "day"}
        if not _PARTIAL.fullmatch(text):
            raise ValidationError(_("Enter a date as 2001, 2001-05 or 2001-05-31."))
        full = f"{text}-01-01"[:10]
        return {self.name: self._value(full), self.precision: _PRECISIONS[len(text)]}

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            value = self._read(value)
        elif isinstance(value, list | dict):
            raise ValidationError(_("Enter a single value."))
        if value is None:
            return (
                None if self.field.null else "" if isinstance(self.field, models.CharField | models.TextField) else None
            )
        python = self._to_python(value)
        if isinstance(self.field, models.TextField):
            validate_length(python)
        if isinstance(python, dt.datetime):
            python = timezone.make_aware(python) if timezone.is_naive(python) else python
            return python.astimezone(dt.UTC).replace(microsecond=0).isoformat()
        return (
            python if isinstance(python, bool | int | str) else self.field.value_to_string(_Holder(self.field, python))
        )

    def _to_python(self, value: Any) -> Any:
        try:
            return self.field.to_python(value)
        except (TypeError, ValueError, OverflowError):
            # Fields expect what a form sends, which is never a number.
            raise ValidationError(_("“%(value)s” is not possible here.") % {"value": value}) from None

    def _read(self, text: str) -> Any:
        """Return a text of a table as a value: nothing where the field is no text, and yes or no as such."""
        if isinstance(self.field, models.CharField | models.TextField):
            return text
        text = text.strip()
        if not text:
            return None
        if isinstance(self.field, models.BooleanField):
            if text.lower() not in _BOOLEANS:
                raise ValidationError(_("Enter true or false."))
            return _BOOLEANS[text.lower()]
        return text


class _Holder:
    """A row with one value, for `value_to_string`."""

    def __init__(self, field: models.Field, value: Any) -> None:
        setattr(self, field.attname, value)


def make_columns(fields: Iterable[Any]) -> list[Column]:
    """Return the columns of these fields. Pictures stay where they are, and precisions are part of their date."""
    found = {field.name: field for field in fields}
    return list(_columns(found))


def _columns(found: dict[str, Any]) -> Iterator[Column]:
    precisions = {f"{name.removesuffix('_on')}_precision" for name in found if name.endswith("_on")} & found.keys()
    for name, field in found.items():
        is_picture = field.is_relation and _label(field) == PICTURES
        if name not in precisions and not is_picture:
            precision = f"{name.removesuffix('_on')}_precision"
            yield Column(field, precision if name.endswith("_on") and precision in precisions else "")


def _label(field: Any) -> str:
    return str(field.related_model._meta.label_lower) if field.related_model else ""


def cell_text(value: Any) -> str:
    """Return a value of a JSON file as the text of a cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "\n".join(value)
    return "" if value is None else str(value)
