"""The fields of a stamp page, collected piece by piece: values below their labels, parts of the issue, plain text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from postportal.legacy.parsing.designs import split_designs
from postportal.legacy.parsing.field_values import can_be, is_certainly
from postportal.legacy.parsing.labelled_text import Piece
from postportal.legacy.parsing.stamp_labels import field_name_of, is_heading, section_of
from postportal.legacy.parsing.stamp_values import is_blank
from postportal.legacy.parsing.text_cleaning import collapse_whitespace

# What a sheet or booklet has of its own; designer, printer and date are those of the whole issue.
_SECTION_FIELDS = {"size", "perforation", "face_value", "sheet", "print_run", "stamp_counts"}
_OPEN_END = re.compile(r"(?:[,，、&＆×/]|\band|[和与及])\Z", re.IGNORECASE)
_CONTINUATION = re.compile(r"(?:and\b|[&＆、，,/×]|和|与|及|另)", re.IGNORECASE)
_MAX_CONTINUATION_LENGTH = 120


def begins_fields(pieces: Sequence[Piece]) -> bool:
    """Return True if the first piece is a field, a heading above fields, or a cell with a label above its value."""
    piece, following = pieces[0], next((each for each in pieces[1:] if each.text.strip()), None)
    if piece.field_name or is_heading(piece.text):
        return True
    return _is_section(piece, following=following) or _is_label_alone(piece, following=following)


def _is_section(piece: Piece, *, following: Piece | None) -> bool:
    is_above_field = following is not None and bool(following.label or section_of(following.text))
    return is_above_field and section_of(piece.text) != ""


def _is_label_alone(piece: Piece, *, following: Piece | None) -> bool:
    """Return True for a cell with a label only: the next cell is its value."""
    name = field_name_of(piece.text) if not piece.label else ""
    return bool(name and following and not following.label and is_certainly(name, following.text))


@dataclass(slots=True)
class FieldReader:
    """Reads the pieces of a page in order. `values` has the values by field name, `printed_fields` every label."""

    values: dict[str, list[str]] = field(default_factory=dict)
    printed_fields: list[tuple[str, str]] = field(default_factory=list)
    text_lines: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    # The field that the line before belongs to, and whether only blank lines are between.
    _open_field: str = ""
    _is_after_blank: bool = False
    _section: str = ""
    _section_fields: set[str] = field(default_factory=set)

    def read(self, pieces: Sequence[Piece]) -> None:
        last = max((n for n, piece in enumerate(pieces) if piece.field_name), default=-1)
        for index, piece in enumerate(pieces):
            following = next((each for each in pieces[index + 1 :] if each.text.strip()), None)
            if not piece.text.strip():
                self._is_after_blank = True
                self.text_lines.append("")
                continue
            if not self._take(piece, following=following):
                self._keep_text(piece, is_between_fields=index < last)
            self._is_after_blank = False

    def _take(self, piece: Piece, *, following: Piece | None) -> bool:
        if piece.field_name:
            self._add_field(piece)
            return True
        if is_heading(piece.text):
            self._open_field = ""
            return True
        return self._take_section(piece, following=following) or self._take_value(piece, following=following)

    def _take_section(self, piece: Piece, *, following: Piece | None) -> bool:
        if not _is_section(piece, following=following):
            return False
        section = section_of(piece.text)
        self._section, self._section_fields = "" if section == "stamps" else section, set()
        self._open_field = ""
        return True

    def _take_value(self, piece: Piece, *, following: Piece | None) -> bool:
        """Take a line as the value of the label above it, or as the rest of that value."""
        if _is_label_alone(piece, following=following):
            self._add_field(Piece(piece.text, piece.text.strip(), field_name_of(piece.text), ""))
            return True
        if not self._open_field or piece.label:
            return False
        name, text = self._open_field, collapse_whitespace(piece.text)
        label, value = self.printed_fields[-1]
        if not value:
            fits = is_certainly(name, text) if self._is_after_blank else can_be(name, text)
            if fits and name == "designs":
                self.text_lines.extend(split_designs(text))
            elif fits:
                self._add_value(name, text)
        elif fits := not self._is_after_blank and self._is_rest(name, value, text):
            joined = f"{value} {text}".strip()
            if name in {"size", "sheet_size", "perforation"} and not _OPEN_END.search(value):
                self._add_value(name, text)
            else:
                self._replace_last(name, joined)
            text = joined
        if fits:
            self.printed_fields[-1] = (label, text)
            self._open_field = name
        return fits

    def _is_rest(self, name: str, value: str, text: str) -> bool:
        if len(text) > _MAX_CONTINUATION_LENGTH or split_designs(text):
            return False
        if name in {"size", "sheet_size", "perforation"} and is_certainly(name, text):
            return True
        is_joined = _OPEN_END.search(value) or _CONTINUATION.match(text)
        return bool(is_joined) and (can_be(name, text) or not re.search(r"[.。!！?？]\Z", text))

    def _add_field(self, piece: Piece) -> None:
        name, value = piece.field_name, piece.value
        if name == "serial" and is_certainly(name, value):
            self._section = ""
        self.printed_fields.append((piece.label, value))
        self._open_field = name
        if self._section and name in _SECTION_FIELDS:
            if name not in self._section_fields:
                self._section_fields.add(name)
                self._add_section_field(piece)
                return
            # The second size of a sheet is that of the stamps in it.
            self._section = ""
        if name in {"designs", "design_names"}:
            self._add_designs(piece)
            return
        self.values.setdefault(name, [])
        if value:
            self._add_value(name, value)

    def _add_section_field(self, piece: Piece) -> None:
        self._open_field = ""
        if piece.field_name == "size" and self._section == "souvenir sheet":
            self._add_value("sheet_size", piece.value)
        elif not is_blank(piece.value):
            self.text_lines.append(f"{self._section[:1].upper()}{self._section[1:]}: {piece.text}")
            self.findings.append(f"field of the {self._section}, kept in the text: “{piece.text}”")

    def _add_designs(self, piece: Piece) -> None:
        if piece.value and not split_designs(piece.value):
            self.findings.append(f"unknown field, kept in the text: “{piece.text[:80]}”")
            self.text_lines.append(piece.text)
        elif piece.value:
            self.text_lines.extend(split_designs(piece.value))

    def _add_value(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)

    def _replace_last(self, name: str, value: str) -> None:
        values = self.values.setdefault(name, [""])
        values[-1:] = [value]

    def _keep_text(self, piece: Piece, *, is_between_fields: bool) -> None:
        self._open_field = ""
        if piece.label and is_blank(piece.value) and is_between_fields:
            self.printed_fields.append((piece.label, ""))
            self.findings.append(f"blank field left out: “{piece.text.strip()}”")
            return
        text = collapse_whitespace(piece.text)
        self.text_lines.append(text)
        if is_between_fields and (piece.label or can_be("", text)) and not split_designs(text):
            self.findings.append(f"unknown field, kept in the text: “{text[:80]}”")
