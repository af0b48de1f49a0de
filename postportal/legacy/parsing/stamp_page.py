"""A page about one stamp issue: its title, a block of labelled fields, and the text below."""

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
# So many filled lines that are no fields may stand between two that are.
_MAX_GAP_LINES = 2
_DISTINCTIVE_FIELDS = {"serial", "pieces", "face_value", "issued_on", "perforation", "sheet"}
_VALUE_READERS = {"serial": read_serial, "issued_on": read_day, "pieces": read_stamp_counts, "face_value": read_money}


@dataclass(slots=True)
class _FieldBlock:
    """The labelled fields: values by meaning, and all of them as printed."""

    values: dict[str, list[str]] = field(default_factory=dict)
    printed_fields: list[tuple[str, str]] = field(default_factory=list)
    unknown_lines: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StampPage:
    """`head` are the lines above the fields; `text` is what follows them."""

    head_lines: tuple[str, ...]
    title_field: str
    facts: StampFacts
    text_lines: tuple[str, ...]
    findings: tuple[str, ...]


def known_fields(lines: Sequence[str]) -> set[str]:
    """What the labels on the page mean; none where all of them ("Title:", "Size:") stand on many another page, too."""
    pairs = [read_label_and_value(part) for line in lines for part in split_fields(line)]
    meanings = {field_name_of(pair[0]) for pair in pairs if pair} - {""}
    return meanings if meanings & _DISTINCTIVE_FIELDS else set()


def has_heading(lines: Sequence[str]) -> bool:
    return any(is_heading(line) for line in lines)


def read_stamp_page(lines: Sequence[str], *, title: str = "") -> StampPage:
    """Read the page. `title` is only needed where the page itself has none to judge the date of issue by."""
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
    """The line after the last field, as long as the fields stand close together."""
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
    """The value of the last field may stand on the line below it, where it is of the kind the field asks for."""
    pair = read_label_and_value(parts[end - 1]) if end else None
    following = next((n for n in range(end, len(parts)) if parts[n].strip()), None)
    if pair is None or pair[1] or following is None:
        return end
    read = _VALUE_READERS.get(field_name_of(pair[0]))
    return following + 1 if read and read(parts[following].strip()) is not None else end


def _read_block(lines: list[str]) -> _FieldBlock:
    block = _FieldBlock()
    waiting = ""
    for line in lines:
        pair = read_label_and_value(line)
        meaning = field_name_of(pair[0]) if pair else ""
        if pair and meaning and not _is_prose(pair[1], field_name=meaning):
            waiting = "" if pair[1] else meaning
            block.values.setdefault(meaning, [])
            block.printed_fields.append(pair)
            if pair[1]:
                block.values[meaning].append(pair[1])
        elif waiting and not (pair and pair[1]):
            # A table whose cells came out one below the other.
            block.values[waiting].append(collapse_whitespace(line))
            block.printed_fields[-1] = (block.printed_fields[-1][0], collapse_whitespace(line))
            waiting = ""
        elif _is_second_size(line, block=block):
            block.values[field_name_of(block.printed_fields[-1][0])].append(collapse_whitespace(line))
        elif pair is None or not is_blank(pair[1]):
            block.unknown_lines.append(collapse_whitespace(line))
            block.findings.append(f"among the fields, kept in the text: “{collapse_whitespace(line)[:80]}”")
    return block


def _is_prose(value: str, *, field_name: str) -> bool:
    """ "Design: The first stamp shows …": no list of names."""
    return field_name in CREDIT_ROLES and (len(value) > 150 or ". " in value[:-1].replace(". &", ""))


def _is_second_size(line: str, *, block: _FieldBlock) -> bool:
    """A second size below the first: "30×40mm (4-2)"."""
    is_size = re.match(r"\s*\d[\d.]*\s?(?:mm)?\s?[×xX*]", to_half_width(line)) and re.search(
        r"\d × \d", tidy_size(line)
    )
    return bool(
        is_size and block.printed_fields and field_name_of(block.printed_fields[-1][0]) in {"size", "sheet_size"}
    )
