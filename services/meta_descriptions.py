"""Descriptions that search engines and other sites show under the title of a page: one or two sentences."""

from collections.abc import Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from services.models import Hotline, Service, Stamp, StampIssue

MAX_LENGTH = 160


def describe_hotlines(rows: Iterable[Hotline]) -> str:
    numbers = [f"{row} {row.main_number}" for row in rows if row.main_number]
    return _truncate(
        _("Telephone numbers for callers in the country and abroad, with opening hours, languages and costs."),
        _join_sentence(numbers),
    )


def describe_services(rows: Iterable[Service]) -> str:
    return _truncate(
        _("Postal services, who runs them and which number to call."), _join_sentence(str(row) for row in rows)
    )


def describe_programme(year: int | None, rows: Iterable[StampIssue]) -> str:
    if year is None:
        about = _("Stamp issues without a known year, and the facts known about them.")
    else:
        about = _("Stamp issues of %(year)s: dates of issue, sets, prices and where to buy.") % {"year": year}
    return _truncate(about, _join_sentence(row.display_title for row in rows))


def describe_issue(row: StampIssue) -> str:
    facts = [
        f"{row.kind_label} {row.serial}".strip(),
        row.issued_text if row.issued_on else "",
        row.composition_in_words,
        row.face_value_text,
    ]
    about = _("Designs, face values, printing details and where to buy.")
    return _truncate(row.standfirst, _join_sentence(facts), about)


def describe_stamp(row: Stamp) -> str:
    issue = row.issue
    about = _("The stamp %(name)s from the issue %(title)s: picture, face value, size and position in the set.")
    return _truncate(row.description, about % {"name": row.display_name, "title": issue.display_title})


def _join_sentence(parts: Iterable[str]) -> str:
    known = [part for part in parts if part]
    return _(", ").join(known) + _(".") if known else ""


def _truncate(*sentences: str) -> str:
    return Truncator(" ".join(filter(None, sentences))).chars(MAX_LENGTH)
