"""Days to come in a file, taken out of the rows that readers see: they become planned changes and handovers, as in the
forms, without a time at which they are public."""

import datetime as dt
import re
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from news.imports.printed_names import read_name
from news.models import Appointment, Handover, Organization, Person, PlannedChange
from news.models.name_forms import NAME_COLUMNS
from news.models.partial_dates import format_partial_date, last_day_of
from news.models.planned_change import start_after
from postportal.interchange.registers import Plan
from postportal.publishing.versions.snapshots import Content
from postportal.text.characters import HAN
from postportal.web.date_ranges import is_open_end

NAME_ROWS = ("names", "former_labels")
DISSOLUTION = ("dissolved_on", "dissolved_precision")
# An abbreviation or another script is no new name.
_KINDS = ("", "variant", "former")
# Columns of a planned change, and what they become in the row.
_NEW_COLUMNS = {
    Person: {"new_name": "family_name", "new_given_name": "given_name", "new_name_zh": "name_zh"},
    Organization: {"new_name": "name", "new_name_zh": "name_zh"},
}
_NEW_TITLE = {"new_name": "label", "new_name_zh": "label_zh"}
# The day and the precision of a beginning.
_Start = tuple[dt.date, str]


def plan_end(row: Appointment, content: Content, *, current: Content) -> list[Plan]:
    """Return the handover that a last day ahead becomes, if readers see the appointment."""
    fields = content["fields"]
    names = ("until_on", "until_precision")
    stored = {name: current["fields"][name] for name in names}
    day = _day(fields["until_on"])
    if day is None or is_open_end(day) or {name: fields[name] for name in names} == stored:
        return []
    last_day = last_day_of(day, fields["until_precision"])
    if last_day <= timezone.localdate() or not row.is_visible(timezone.now()):
        return []
    fields |= stored
    planned = Handover.objects.pending().filter(leaving=row).first()
    planned = planned or Handover(position=row.position, leaving=row, publish_at=None)
    words = {"person": row.person, "day": date_format(last_day, "DATE_FORMAT")}
    return _changed(planned, _("%(person)s leaves on %(day)s") % words, last_day=last_day)


def plan_changes(row: Any, content: Content, *, current: Content) -> list[Plan]:
    """Return the planned changes that become of a dissolution ahead, and of names and parents that begin or end ahead.
    Raises ValidationError if no planned change can say it."""
    ahead = _ChangesAhead(row, content, stored=current["fields"])
    for relation in (*NAME_ROWS, "former_parents"):
        ahead.take_out(relation)
    return [*ahead.plans(), *_dissolution(row, content["fields"], current["fields"])]


class _ChangesAhead:
    """Changes of one row on days to come, as a file says them: names and parents by the day on which they begin."""

    def __init__(self, row: Any, content: Content, *, stored: Content) -> None:
        self.row, self.content, self.stored = row, content, stored
        self.found: dict[_Start, dict[str, Any]] = {}

    def take_out(self, relation: str) -> None:
        """Take the child rows that begin or end ahead out of the content."""
        rows = self.content["parts"].get(relation, [])
        beginning = [each for each in rows if begins_ahead(each)]
        for each in beginning:
            is_name = relation in NAME_ROWS
            typed = _name_of(self.row, each) if is_name else {"new_parent_id": each["parent"]}
            self._add((_exact_day(each["from_on"]), each["from_precision"]), typed)
        ending = [each for each in rows if self._is_current_until_ahead(relation, each)]
        for each in ending:
            self._end(relation, each)
        if beginning or ending:
            self.content["parts"][relation] = [each for each in rows if each not in (*beginning, *ending)]

    def plans(self) -> list[Plan]:
        plans: list[Plan] = []
        for (day, precision), values in self.found.items():
            when = {"takes_effect_on": day, "takes_effect_precision": precision}
            found = _pending(self.row).filter(**when, is_dissolution=False).first()
            plans += _change(self.row, found, **when, **values)
        return plans

    def _add(self, start: _Start, values: dict[str, Any]) -> None:
        self.found[start] = self.found.get(start, {}) | values

    def _is_current_until_ahead(self, relation: str, values: Content) -> bool:
        """Return True for a new child row which says until when the name or the parent of now stays."""
        if values["pk"] > 0 or not ends_ahead(values["until_on"]):
            return False
        if relation not in NAME_ROWS:
            return bool(values["parent"] == self.stored["parent"])
        is_former = values.get("kind", "former") == "former"
        now = self.row.label if relation == "former_labels" else self.row.name
        return bool(is_former and values["name"] == now)

    def _end(self, relation: str, values: Content) -> None:
        """Plan what the columns of the file say follows, or else a child row that begins then."""
        start = start_after(_exact_day(values["until_on"]), values["until_precision"])
        is_name = relation in NAME_ROWS
        columns = _NEW_COLUMNS.get(type(self.row), _NEW_TITLE) if is_name else {"new_parent_id": "parent"}
        fields = self.content["fields"]
        typed = {new: fields[name] for new, name in columns.items() if fields[name] != self.stored[name]}
        known = self.found.get(start, {})
        if not typed and not known.keys() & columns:
            self._refuse(values)
        if typed:
            self._add(start, typed)
            names = [*columns.values(), *NAME_COLUMNS] if is_name else ["parent"]
            self._require_result(start, values, [name for name in names if name in fields])

    def _require_result(self, start: _Start, values: Content, names: list[str]) -> None:
        """Refuse what the planned change would not make of the row, such as no parent any more. Of the columns, those
        of now stay."""
        fields, result = self.content["fields"], copy(self.row)
        PlannedChange(**{self.row._meta.model_name: self.row}, **self.found[start]).apply_to(result)
        made = {name: result._meta.get_field(name).value_from_object(result) for name in names}
        if made != {name: fields[name] for name in names}:
            self._refuse(values)
        fields |= {name: self.stored[name] for name in names}

    def _refuse(self, values: Content) -> None:
        end = format_partial_date(_day(values["until_on"]), values["until_precision"])
        words = {"name": values.get("name") or self.row.parent, "day": end}
        text = _("“%(name)s” ends ahead (%(day)s), and the file does not say what follows. Enter a planned change.")
        raise ValidationError(text % words)


def _dissolution(row: Any, fields: Content, stored: Content) -> list[Plan]:
    if not (isinstance(row, Organization) and ends_ahead(fields["dissolved_on"])):
        return []
    if all(fields[name] == stored[name] for name in DISSOLUTION):
        return []
    when = {
        "takes_effect_on": _exact_day(fields["dissolved_on"]),
        "takes_effect_precision": fields["dissolved_precision"],
    }
    fields |= {name: stored[name] for name in DISSOLUTION}
    found = _pending(row).filter(is_dissolution=True).first()
    return _change(row, found, **when, is_dissolution=True)


def ends_ahead(text: str | None) -> bool:
    """Return True for a last day ahead. An end that is open is none."""
    day = _day(text)
    return day is not None and not is_open_end(day) and day > timezone.localdate()


def begins_ahead(values: Content) -> bool:
    """Return True for a new child row that begins on a day ahead, without an end."""
    day = _day(values["from_on"])
    is_plain = values["pk"] < 0 and not values["until_on"] and values.get("kind", "") in _KINDS
    return is_plain and day is not None and day > timezone.localdate()


def _name_of(row: Any, values: Content) -> Content:
    """Return the columns of a planned change for this name. People have their names in parts."""
    if re.fullmatch(f"[{HAN}·]+", values["name"]):
        return {"new_name_zh": values["name"]}
    if not isinstance(row, Person):
        return {"new_name": values["name"], "new_name_zh": values["name_zh"]}
    parts = read_name(values["name"])
    family = parts.family if parts.family != row.family_name else ""
    given = parts.given if parts.given != row.given_name else ""
    return {"new_name": family, "new_given_name": given, "new_name_zh": values["name_zh"]}


def _pending(row: Any) -> Any:
    return PlannedChange.objects.pending().filter(**{row._meta.model_name: row})


def _change(row: Any, found: PlannedChange | None, **values: Any) -> list[Plan]:
    planned = found or PlannedChange(**{row._meta.model_name: row}, publish_at=None)
    return _changed(planned, "", **values)


def _changed(planned: Any, words: str, **values: Any) -> list[Plan]:
    """Return the row with these values, and what it says; nothing if it is planned like that already."""
    if planned.pk and all(getattr(planned, name) == value for name, value in values.items()):
        return []
    for name, value in values.items():
        setattr(planned, name, value)
    planned.failure = ""
    return [Plan(planned, words or planned.sentence)]


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _exact_day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
