"""Slices of a file, each small enough for one request. A record comes after those that it refers to, and together with
those that only some can be true of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError

from postportal.interchange.file_rows import FileRecord, own_references
from postportal.interchange.references import References
from postportal.interchange.registers import Register

# Some 25 queries for each row: a step takes a second or two, and nobody else can write meanwhile on SQLite.
SLICE = 50
# Of records that depend on each other, such as the appointments of one position. More of them are cut.
MAX_SLICE = 200


@dataclass
class Slice:
    """Records to be imported at once, and those of earlier slices to which they refer, without child rows."""

    records: list[FileRecord]
    beside: list[FileRecord]


def slices(register: Register, records: list[FileRecord]) -> Iterator[Slice]:
    """Yield all records in slices."""
    groups = _groups(register, records)
    ordered = in_order(register, records)
    if groups:
        ordered.sort(key=lambda record: groups.get(record.place, ""))
    first = {record.key: record for record in reversed(ordered) if record.key}
    # The last record of those with one key or in one group.
    last: dict[tuple[str, str], int] = {}
    for place, record in enumerate(ordered):
        last |= dict.fromkeys(_bonds(record, groups), place)
    done: set[str] = set()
    found: list[FileRecord] = []
    open_until = 0
    for place, record in enumerate(ordered):
        found.append(record)
        referred = [("key", text) for text in own_references(record, register)]
        open_until = max(open_until, *(last.get(bond, 0) for bond in (*_bonds(record, groups), *referred)), 0)
        is_full = len(found) >= SLICE and place >= open_until
        if is_full or len(found) >= MAX_SLICE or place == len(ordered) - 1:
            yield Slice(found, _beside(register, found, first, done))
            done |= {each.key for each in found}
            found = []


def in_order(register: Register, records: list[FileRecord]) -> list[FileRecord]:
    """Return the records so that those with one key are together, and come after those that they refer to."""
    places: dict[str, list[int]] = {}
    for place, record in enumerate(records):
        if record.key:
            places.setdefault(record.key, []).append(place)
    needs = [iter(_needs(record, register, places)) for record in records]
    found: list[FileRecord] = []
    seen: set[int] = set()
    for start in range(len(records)):
        # Without recursion: a chain of references may be as long as the file.
        path = [start] if start not in seen else []
        seen.add(start)
        while path:
            following = next((place for place in needs[path[-1]] if place not in seen), None)
            if following is None:
                found.append(records[path.pop()])
            else:
                seen.add(following)
                path.append(following)
    return found


def _needs(record: FileRecord, register: Register, places: dict[str, list[int]]) -> Iterable[int]:
    for text in own_references(record, register):
        yield from places.get(text, [])
    yield from places.get(record.key, [])


def _bonds(record: FileRecord, groups: dict[str, str]) -> list[tuple[str, str]]:
    group = groups.get(record.place, "")
    return [("key", record.key)] * bool(record.key) + [("group", group)] * bool(group)


def _beside(
    register: Register, records: list[FileRecord], first: dict[str, FileRecord], done: set[str]
) -> list[FileRecord]:
    texts = dict.fromkeys(text for record in records for text in own_references(record, register))
    return [replace(first[text], parts={}) for text in texts if text in done]


def _is_key(record: FileRecord, register: Register) -> bool:
    """Return False for what can name no row: the database would raise an error if it were asked."""
    try:
        return bool(record.key and register.key_field.to_python(record.key))
    except ValidationError:
        return False


def _groups(register: Register, records: list[FileRecord]) -> dict[str, str]:
    """Return what the register keeps together, by the place of the record: from the file, or else from the row."""
    name = register.together
    if not name:
        return {}
    found = {record.place: str(record.values.get(name) or "") for record in records}
    unknown = {record.key: record.place for record in records if not found[record.place] and _is_key(record, register)}
    keys = References()
    keys.load_keys(register.model, unknown)
    pks = {text: keys.key(register.model, text) for text in unknown}
    rows = register.model._default_manager.in_bulk([pk for pk in pks.values() if pk]) if pks else {}
    field: Any = register.model._meta.get_field(name)
    related = {text: getattr(rows[pk], field.attname) for text, pk in pks.items() if pk in rows}
    keys.load_texts(field.related_model, set(related.values()))
    return found | {unknown[text]: keys.text(field.related_model, pk) or "" for text, pk in related.items()}
