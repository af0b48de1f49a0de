"""Pages about one stamp issue: title, labelled fields wherever they stand, and the text around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from postportal.legacy.parsing.dates import split_date
from postportal.legacy.parsing.designs import split_designs
from postportal.legacy.parsing.labelled_text import known_field_names, split_pieces
from postportal.legacy.parsing.page_head import looks_like_title
from postportal.legacy.parsing.stamp_facts import StampFacts, read_facts
from postportal.legacy.parsing.stamp_fields import FieldReader, begins_fields
from postportal.legacy.parsing.stamp_labels import is_heading
from postportal.legacy.parsing.stamp_values import is_blank
from postportal.legacy.parsing.table_rows import lay_out_rows
from postportal.legacy.parsing.text_cleaning import collapse_whitespace

_DISTINCTIVE_FIELDS = {"serial", "stamp_counts", "face_value", "issued_on", "perforation", "sheet"}
_QUOTED_TITLE = re.compile(r"《(?P<title>[^《》]{2,100})》")
_ANNOUNCEMENT = re.compile(r"发行|公告|通告|通知|announcement|\bnotice\b|\bissu(?:e|ing|ance)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StampPage:
    """A stamp page: the lines above the fields, the facts, and all other lines as text."""

    head_lines: tuple[str, ...]
    title_field: str
    facts: StampFacts
    text_lines: tuple[str, ...]
    findings: tuple[str, ...]


@dataclass(slots=True)
class _Head:
    titles: list[str] = field(default_factory=list)
    # Sentences that stand above the fields.
    text: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


def known_fields(lines: Sequence[str]) -> set[str]:
    """Return the field names of the labels on the page, or none if other pages have these labels ("Title:") as well."""
    field_names = known_field_names(lay_out_rows(lines))
    return field_names if field_names & _DISTINCTIVE_FIELDS else set()


def has_heading(lines: Sequence[str]) -> bool:
    return any(is_heading(line) for line in lay_out_rows(lines))


def read_stamp_page(lines: Sequence[str], *, title: str = "") -> StampPage:
    """Read the page. `title` is only needed to check the date of issue on a page without a title of its own."""
    pieces = [piece for line in lay_out_rows(lines) for piece in split_pieces(line)]
    start = next((n for n in range(len(pieces)) if begins_fields(pieces[n:])), len(pieces))
    head = _read_head([piece.text for piece in pieces[:start]])
    reader = FieldReader()
    reader.read(pieces[start:])
    title_field = next((value for value in reader.values.get("title", []) if not is_blank(value)), "")
    titles = _choose_titles(head, title_field=title_field)
    facts = read_facts(
        reader.values, title=" ".join([*titles, title_field, title]), printed_fields=tuple(reader.printed_fields)
    )
    text = [part for line in (*head.text, *reader.text_lines) for part in split_designs(line) or [line]]
    return StampPage(
        tuple(titles), title_field, facts, tuple(text), (*head.findings, *reader.findings, *facts.findings)
    )


def _read_head(lines: list[str]) -> _Head:
    """Tell titles from sentences. A date after a title is that of the old page, not the date of issue."""
    head = _Head()
    for line in lines:
        text = collapse_whitespace(line)
        split = split_date(text)
        if split and re.search(r"\w", split[0]):
            head.findings.append(f"date after the title not imported: {split[1].printed}")
            text = collapse_whitespace(split[0])
        if looks_like_title(text):
            head.titles.append(text)
        elif text:
            head.text.append(text)
    return head


def _choose_titles(head: _Head, *, title_field: str) -> list[str]:
    """Return the lines that are the title. The heading of an announcement is none if the issue's own name is known."""
    titles = head.titles
    quoted = _QUOTED_TITLE.search(" ".join([*titles, *head.text]))
    own_name = title_field or (quoted["title"] if quoted else "")
    if not own_name or (titles and not _ANNOUNCEMENT.search(titles[0])):
        return titles
    if titles:
        head.findings.append(f"title “{own_name}” used instead of the heading “{' '.join(dict.fromkeys(titles))}”")
    return [own_name]
