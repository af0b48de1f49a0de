"""A page about one stamp issue: its title, a block of labelled fields, and the text below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from postportal.legacy.parsing.serials import read_serial
from postportal.legacy.parsing.stamp_facts import ROLES, StampFacts, read_facts
from postportal.legacy.parsing.stamp_labels import is_field, is_heading, meaning_of, one_field_a_line, read_pair
from postportal.legacy.parsing.stamp_values import is_blank, read_day, read_money, read_pieces, tidy_size
from postportal.legacy.parsing.text_cleaning import narrow, squeezed

_LONGEST_VALUE = 200
# So many filled lines that are no fields may stand between two that are.
_GAP = 2
_TELLING = {"serial", "pieces", "face_value", "issued_on", "perforation", "sheet"}
_TYPED = {"serial": read_serial, "issued_on": read_day, "pieces": read_pieces, "face_value": read_money}


@dataclass(slots=True)
class _Block:
    """The labelled fields: values by meaning, and all of them as printed."""

    values: dict[str, list[str]] = field(default_factory=dict)
    printed: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StampPage:
    """`head` are the lines above the fields; `text` is what follows them."""

    head: tuple[str, ...]
    title_field: str
    facts: StampFacts
    text: tuple[str, ...]
    findings: tuple[str, ...]


def known_fields(lines: Sequence[str]) -> set[str]:
    """What the labels on the page mean; none where all of them ("Title:", "Size:") stand on many another page, too."""
    pairs = [read_pair(part) for line in lines for part in one_field_a_line(line)]
    meanings = {meaning_of(pair[0]) for pair in pairs if pair} - {""}
    return meanings if meanings & _TELLING else set()


def has_heading(lines: Sequence[str]) -> bool:
    return any(is_heading(line) for line in lines)


def read_stamp_page(lines: Sequence[str], *, title: str = "") -> StampPage:
    """Read the page. `title` is only needed where the page itself has none to judge the date of issue by."""
    parts = [part for line in lines for part in one_field_a_line(line)]
    start = next((n for n, part in enumerate(parts) if is_heading(part) or is_field(part)), len(parts))
    end = _end_of_fields(parts, start=start)
    block = _read_block([part for part in parts[start:end] if part.strip() and not is_heading(part)])
    head = tuple(squeezed(part) for part in parts[:start] if part.strip())
    title_field = next((value for value in block.values.get("title", []) if not is_blank(value)), "")
    facts = read_facts(block.values, title=" ".join([*head, title_field, title]), printed=tuple(block.printed))
    text = (*block.unknown, *parts[end:])
    return StampPage(head, title_field, facts, text, (*block.findings, *facts.findings))


def _end_of_fields(parts: list[str], *, start: int) -> int:
    """The line after the last field, as long as the fields stand close together."""
    end, misses = start, 0
    for index in range(start, len(parts)):
        if not parts[index].strip():
            continue
        if is_field(parts[index]) or is_heading(parts[index]):
            end, misses = index + 1, 0
        else:
            misses += 1
            if misses > _GAP or len(parts[index].strip()) > _LONGEST_VALUE:
                break
    return _with_last_value(parts, end=end)


def _with_last_value(parts: list[str], *, end: int) -> int:
    """The value of the last field may stand on the line below it, where it is of the kind the field asks for."""
    pair = read_pair(parts[end - 1]) if end else None
    following = next((n for n in range(end, len(parts)) if parts[n].strip()), None)
    if pair is None or pair[1] or following is None:
        return end
    read = _TYPED.get(meaning_of(pair[0]))
    return following + 1 if read and read(parts[following].strip()) is not None else end


def _read_block(lines: list[str]) -> _Block:
    block = _Block()
    waiting = ""
    for line in lines:
        pair = read_pair(line)
        meaning = meaning_of(pair[0]) if pair else ""
        if pair and meaning and not _is_prose(pair[1], meaning=meaning):
            waiting = "" if pair[1] else meaning
            block.values.setdefault(meaning, [])
            block.printed.append(pair)
            if pair[1]:
                block.values[meaning].append(pair[1])
        elif waiting and not (pair and pair[1]):
            # A table whose cells came out one below the other.
            block.values[waiting].append(squeezed(line))
            block.printed[-1] = (block.printed[-1][0], squeezed(line))
            waiting = ""
        elif _continues(line, block=block):
            block.values[meaning_of(block.printed[-1][0])].append(squeezed(line))
        elif pair is None or not is_blank(pair[1]):
            block.unknown.append(squeezed(line))
            block.findings.append(f"among the fields, kept in the text: “{squeezed(line)[:80]}”")
    return block


def _is_prose(value: str, *, meaning: str) -> bool:
    """ "Design: The first stamp shows …": no list of names."""
    return meaning in ROLES and (len(value) > 150 or ". " in value[:-1].replace(". &", ""))


def _continues(line: str, *, block: _Block) -> bool:
    """A second size below the first: "30×40mm (4-2)"."""
    is_size = re.match(r"\s*\d[\d.]*\s?(?:mm)?\s?[×xX*]", narrow(line)) and re.search(r"\d × \d", tidy_size(line))
    return bool(is_size and block.printed and meaning_of(block.printed[-1][0]) in {"size", "sheet_size"})
