"""Labelled text: lines with one or more fields, with or without a colon between label and value."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from postportal.legacy.parsing.field_values import is_certainly, is_prose
from postportal.legacy.parsing.stamp_facts import CREDIT_ROLES
from postportal.legacy.parsing.stamp_labels import MAX_LABEL_LENGTH, field_name_of, label_pattern
from postportal.legacy.parsing.text_cleaning import collapse_whitespace, to_half_width

_LABELS = label_pattern()
_MAX_LINE_LENGTH = 3000
_MARKS = " •·●*|【[-—–"
_UNKNOWN_LABEL = re.compile(
    r"[\s•·●*【]*(?P<label>[^\s:：|。.;；,，“”\"][^:：|。;；“”\"]{0,49}?)"
    r"\s*[】]?[:：](?P<value>.*)\Z"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
# After these signs a label begins a new field.
_SEPARATORS = ";；,，。、|)）】"
_AGENT = re.compile(r"(?:er|or|by|house|factory|artist|者|编辑|厂|师|人|计|影)s?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A field, or text without a label. `field_name` is "" for an unknown label, `label` is "" for text."""

    text: str
    label: str = ""
    field_name: str = ""
    value: str = ""


def split_pieces(line: str) -> list[Piece]:
    """Split a line into its fields and the text before them. A line without any is one piece of text."""
    line = line.rstrip()
    if len(line) > _MAX_LINE_LENGTH or not line.strip():
        return [Piece(line)]
    labels = _find_labels(line)
    if not labels or not _is_field_line(line, labels):
        return [_unknown_or_text(line)]
    before = line[: labels[0].start()].strip(_MARKS)
    pieces = [_unknown_or_text(before)] if re.search(r"\w", before) else []
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        value = line[label.end() : following.start() if following else len(line)]
        value = collapse_whitespace(value).strip("】").rstrip("；;，,|" + (" •·●" if following else "")).strip()
        words = collapse_whitespace(label[0]).rstrip(":：﹕∶ ")
        name = _name_of(label)
        text = f"{words}: {value}" if value or label["colon"] else words
        if following is None and len(labels) == 1 and not pieces:
            text = collapse_whitespace(line)
        pieces.append(Piece(text) if name and is_prose(name, value) else Piece(text, words, name, value))
    return pieces


def known_field_names(lines: Sequence[str]) -> set[str]:
    return {piece.field_name for line in lines for piece in split_pieces(line)} - {""}


def _name_of(label: re.Match[str]) -> str:
    """Return the name of the field. A label of a sheet or booklet is unknown, unless it is that of the sheet's size."""
    whole = collapse_whitespace(label[0]).rstrip(":：﹕∶ ")
    return field_name_of(whole) or ("" if label["section"] else field_name_of(label["label"]))


def _is_field_line(line: str, labels: list[re.Match[str]]) -> bool:
    """Return True if the line begins with a field, or if several fields or a new sentence show where they begin."""
    before = to_half_width(line[: labels[0].start()]).strip(_MARKS)
    return not before or len(labels) > 1 or before[-1] in _SEPARATORS


def _unknown_or_text(line: str) -> Piece:
    text = collapse_whitespace(line)
    match = _UNKNOWN_LABEL.match(line) if len(line) <= 600 else None
    if match is None or len(match["label"].split()) > 6 or match["value"].startswith("//"):
        return Piece(text)
    label = collapse_whitespace(match["label"])
    return Piece(text, label, "", collapse_whitespace(match["value"]))


def _find_labels(line: str) -> list[re.Match[str]]:
    """Return the labels of the line that begin a field, in order."""
    candidates = [match for match in _LABELS.finditer(line) if _is_possible(line, match)]
    accepted: list[re.Match[str]] = []
    for number, match in enumerate(candidates):
        following = candidates[number + 1].start() if number + 1 < len(candidates) else len(line)
        if _begins_field(line, match, previous=accepted[-1] if accepted else None, end=following):
            accepted.append(match)
    return accepted


def _is_possible(line: str, match: re.Match[str]) -> bool:
    before = line[: match.start()]
    if not before.strip(_MARKS):
        return True
    if match["colon"] is None and before[-1:] not in f" {_SEPARATORS}":
        return False
    if _HAN.match(match[0]):
        return True
    # "2016-4Piece in Set:", but not "the size:".
    is_after_letter = before[-1].isascii() and before[-1].isalpha()
    return not is_after_letter and (match[0][0].isupper() or match[0][0].isdigit())


def _begins_field(line: str, match: re.Match[str], *, previous: re.Match[str] | None, end: int) -> bool:
    before = line[: match.start()]
    is_first = not before.strip(_MARKS)
    if match["colon"] is None and not _has_certain_value(line[match.end() : end], match, is_first=is_first):
        return False
    if is_first:
        return True
    if before.endswith("  ") or to_half_width(before[-1:]) in to_half_width(_SEPARATORS):
        return True
    if match["colon"] is None and not _HAN.match(match[0]):
        # "16 for Layout Ⅰ and 8 for Layout Ⅱ" has no second label.
        return False
    if previous is not None:
        value = before[previous.end() :].strip()
        is_glued = not before.endswith(" ")
        return not value or is_certainly(_name_of(previous), value) or (is_glued and not _HAN.match(before[-1]))
    # Words before the first label: together they are another label, "Country of Printer:".
    return len(before.strip()) > MAX_LABEL_LENGTH


def _has_certain_value(text: str, match: re.Match[str], *, is_first: bool) -> bool:
    """Return True for "Designer Tang Mei" or 志号2016-4, where the value alone shows that a label is before it."""
    name = _name_of(match)
    is_named = name in {*CREDIT_ROLES, "printer", "process", "issuer"}
    if is_named and not (_HAN.match(match[0]) or (is_first and _AGENT.search(match["label"]) and text.startswith(" "))):
        return False
    return is_certainly(name, text.strip())
