"""Days to come of rows that a file makes: what holds today is written first, and the rest is planned once the row is
there (`days_to_come.py`)."""

from typing import Any

from django.db import models

from news.imports.printed_names import read_name
from news.interchange.days_to_come import DISSOLUTION, NAME_ROWS, begins_ahead, ends_ahead
from news.models import Organization, Person, Position
from news.models.name_forms import NAME_COLUMNS, NameOrder
from postportal.publishing.versions.snapshots import Content

_BLANK = dict(zip(DISSOLUTION, (None, "day"), strict=True))


def hold_back(model: type[models.Model], content: Content) -> bool:
    """Leave in the content of a new row what holds today: no dissolution ahead, and the name and the parent that end
    ahead. Return True if anything was left out."""
    fields, parts = content["fields"], content["parts"]
    is_held = model is Organization and ends_ahead(fields["dissolved_on"])
    if is_held:
        fields |= _BLANK
    for relation in (*NAME_ROWS, "former_parents"):
        rows = parts.get(relation, [])
        held = [*filter(begins_ahead, rows), *_take_present(model, fields, relation, rows)]
        if held:
            parts[relation] = [each for each in rows if each not in held]
            is_held = True
    return is_held


def _take_present(model: type[models.Model], fields: Content, relation: str, rows: list[Content]) -> list[Content]:
    """Set the columns to the name or the parent of today, if one child row alone says until when it stays, and return
    this child row."""
    ending = [each for each in rows if _is_present_until_ahead(each)]
    if len(ending) != 1:
        return []
    present = {"parent": ending[0]["parent"]} if relation == "former_parents" else _names(model, fields, ending[0])
    if model is Person and _name_of({**fields, **present}) != ending[0]["name"]:
        return []
    fields |= present
    return ending


def _is_present_until_ahead(values: Content) -> bool:
    is_former = values["pk"] < 0 and values.get("kind", "former") == "former"
    return is_former and ends_ahead(values["until_on"]) and not ends_ahead(values["from_on"])


def _names(model: type[models.Model], fields: Content, values: Content) -> Content:
    """Return the columns of a row with this name. People have their names in parts."""
    zh = "label_zh" if model is Position else "name_zh"
    names: dict[str, Any] = {zh: values["name_zh"] or fields[zh]}
    if model is not Person:
        return names | {"label" if model is Position else "name": values["name"]}
    parts = read_name(values["name"])
    written = values["name"] if fields["name_order"] == NameOrder.WRITTEN else fields["written_name"]
    return names | {"family_name": parts.family, "given_name": parts.given, "written_name": written}


def _name_of(fields: Content) -> str:
    return Person(**{name: fields[name] for name in NAME_COLUMNS}).name_parts.name
