"""Errata of a public correction of a stamp issue, field by field: “face value of stamp 2 was 1.20 yuan”.

The old values are kept as they were stored, and put into words when they are shown, in the language of the page."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from services.models.currencies import format_money

Erratum = dict[str, Any]
ISSUE_FIELDS = (
    *("title", "title_zh", "kind", "year", "number", "issued_on", "sale_until", "stamp_count", "souvenir_sheet_count"),
    *("face_value", "size", "perforation", "process", "adhesive", "paper", "colours", "sheet_composition", "print_run"),
)
STAMP_FIELDS = (
    *("name", "name_zh", "denomination", "rate_name", "width_mm", "height_mm", "perforation_kind", "gauge", "colours"),
    *("mark", "issued_on", "wns_number", "print_run"),
)
MONEY = ("face_value", "denomination")


def errata_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Erratum]:
    """Return what readers were told wrongly: known values that are others now, or none. Two contents of an issue."""
    old, new = before["fields"], after["fields"]
    found = list(_changed(old, new, ISSUE_FIELDS, currency=old.get("currency", "")))
    stamps = {row["pk"]: row for row in after["parts"].get("stamps", [])}
    for row in before["parts"].get("stamps", []):
        if (changed := stamps.get(row["pk"])) is not None:
            currency = row.get("currency") or old.get("currency", "")
            found += [
                {**erratum, "stamp": changed["position"]}
                for erratum in _changed(row, changed, STAMP_FIELDS, currency=currency)
            ]
    return found


def _changed(
    old: Mapping[str, Any], new: Mapping[str, Any], names: tuple[str, ...], *, currency: str
) -> Iterator[Erratum]:
    for name in names:
        value = old.get(name)
        if value not in (None, "") and name in new and new[name] != value:
            yield {"field": name, "was": value, **({"currency": currency} if name in MONEY else {})}


def errata_in_words(errata: list[Erratum], *, stamp: int | None = None) -> list[str]:
    """Return a sentence for each erratum; with `stamp`, for those of the stamp in this position only."""
    return [_sentence(each) for each in errata if stamp is None or each.get("stamp") == stamp]


def _sentence(erratum: Erratum) -> str:
    model = apps.get_model("services", "stamp" if "stamp" in erratum else "stampissue")
    field: Any = model._meta.get_field(erratum["field"])
    facts = {"field": capfirst(str(field.verbose_name)), "value": _value(model, field, erratum)}
    if "stamp" in erratum:
        return _("%(field)s of stamp %(stamp)s was: %(value)s") % {**facts, "stamp": erratum["stamp"]}
    return _("%(field)s was: %(value)s") % facts


def _value(model: type[Model], field: Any, erratum: Erratum) -> str:
    try:
        value = field.to_python(erratum["was"])
    except ValidationError:
        return str(erratum["was"])
    if "currency" in erratum:
        return format_money(value, erratum["currency"])
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return date_format(value) if isinstance(value, dt.date) else str(value)
