"""Pages about one stamp issue: title, a block of labelled fields, and the text below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from postportal.legacy.parsing.serials import read_serial
from postportal.legacy.parsing.stamp_facts import CREDIT_ROLES, StampFacts, read_facts
from postportal.legacy.parsing.stamp_labels import (
    field_name_of,
    is_field,
    is_heading,
    read_label_and_value,
    split_fields,
)
from postportal.legacy.parsing.stamp_values import is_blank, read_day, read_money, read_stamp_counts, tidy_size
from postportal.legacy.parsing.text_cleaning import collapse_whitespace, to_half_width

_MAX_VALUE_LENGTH = 200
# Up to this many lines that are not fields can be between two fields, not counting blank ones.
_MAX_GAP_LINES = 2
_DISTINCTIVE_FIELDS = {"serial", "stamp_counts", "face_value", "issued_on", "perforation", "sheet"}
_VALUE_READERS = {
    "serial": read_serial,
    "issued_on": read_day,
    "stamp_counts": read_stamp_counts,
    "face_value": read_money,
}


@dataclass(slots=True)
class _FieldBlock:
    """The labelled fields: their values by field name, and all of them as printed."""

    values: dict[str, list[str]] = field(default_factory=dict)
    printed_fields: list[tuple[str, str]] = field(default_factory=list)
    unknown_lines: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StampPage:
    """A stamp page: the lines above the fields, the facts, and the lines after the fields."""

    head_lines: tuple[str, ...]
    title_field: str
    facts: StampFacts
    text_lines: tuple[str, ...]
    findings: tuple[str, ...]


def known_fields(lines: Sequence[str]) -> set[str]:
    """Return the field names of the labels on the page, or none if other pages have these labels ("Title:") as well."""
    pairs = [read_label_and_value(part) for line in lines for part in split_fields(line)]
    field_names = {field_name_of(pair[0]) for pair in pairs if pair} - {""}
    return field_names if field_names & _DISTINCTIVE_FIELDS else set()


def has_heading(lines: Sequence[str]) -> bool:
    return any(is_heading(line) for line in lines)


def read_stamp_page(lines: Sequence[str], *, title: str = "") -> StampPage:
    """Read the page. `title` is only needed to check the date of issue on a page without a title of its own."""
    parts = [part for line in lines for part in split_fields(line)]
    start = next((n for n, part in enumerate(parts) if is_heading(part) or is_field(part)), len(parts))
    end = _find_fields_end(parts, start=start)
    block = _read_block([part for part in parts[start:end] if part.strip() and not is_heading(part)])
    head = tuple(collapse_whitespace(part) for part in parts[:start] if part.strip())
    title_field = next((value for value in block.values.get("title", []) if not is_blank(value)), "")
    facts = read_facts(
        block.values, title=" ".join([*head, title_field, title]), printed_fields=tuple(block.printed_fields)
    )
    text = (*block.unknown_lines, *parts[end:])
    return StampPage(head, title_field, facts, text, (*block.findings, *facts.findings))


def _find_fields_end(parts: list[str], *, start: int) -> int:
    """Return the index after the last field of the block."""
    end, misses = start, 0
    for index in range(start, len(parts)):
        if not parts[index].strip():
            continue
        if is_field(parts[index]) or is_heading(parts[index]):
            end, misses = index + 1, 0
        else:
            misses += 1
            if misses > _MAX_GAP_LINES or len(parts[index].strip()) > _MAX_VALUE_LENGTH:
                break
    return _include_last_value(parts, end=end)


def _include_last_value(parts: list[str], *, end: int) -> int:
    """Return the index after the value of the last field, which may be on the line below it."""
    pair = read_label_and_value(parts[end - 1]) if end else None
    following = next((n for n in range(end, len(parts)) if parts[n].strip()), None)
    if pair is None or pair[1] or following is None:
        return end
    read = _VALUE_READERS.get(field_name_of(pair[0]))
    return following + 1 if read and read(parts[following].strip()) is not None else end


def _read_block(lines: list[str]) -> _FieldBlock:
    block = _FieldBlock()
    without_value = ""
    for line in lines:
        pair = read_label_and_value(line)
        field_name = field_name_of(pair[0]) if pair else ""
        if pair and field_name and not _is_prose(pair[1], field_name=field_name):
            without_value = "" if pair[1] else field_name
            block.values.setdefault(field_name, [])
            block.printed_fields.append(pair)
            if pair[1]:
                block.values[field_name].append(pair[1])
        elif without_value and not (pair and pair[1]):
            # A table whose cells were captured one below the other.
            block.values[without_value].append(collapse_whitespace(line))
            block.printed_fields[-1] = (block.printed_fields[-1][0], collapse_whitespace(line))
            without_value = ""
        elif _is_second_size(line, block=block):
            block.values[field_name_of(block.printed_fields[-1][0])].append(collapse_whitespace(line))
        elif pair is None or not is_blank(pair[1]):
            block.unknown_lines.append(collapse_whitespace(line))
            block.findings.append(f"unknown field, kept in the text: “{collapse_whitespace(line)[:80]}”")
    return block


def _is_prose(value: str, *, field_name: str) -> bool:
    """Return True for "Design: The first stamp shows …", which is not a list of names."""
    return field_name in CREDIT_ROLES and (len(value) > 150 or ". " in value[:-1].replace(". &", ""))


def _is_second_size(line: str, *, block: _FieldBlock) -> bool:
    """Return True for a second size below the first: "30×40mm (4-2)"."""
    is_size = re.match(r"\s*\d[\d.]*\s?(?:mm)?\s?[×xX*]", to_half_width(line)) and re.search(
        r"\d × \d", tidy_size(line)
    )
    return bool(
        is_size and block.printed_fields and field_name_of(block.printed_fields[-1][0]) in {"size", "sheet_size"}
    )
