"""Contradictions in a stamp issue: sums, counts and dates that do not agree.

Nothing is refused. Stamps with printing errors, sets without one of their values and unused numbers exist."""

import re
from decimal import Decimal
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from postportal.publishing.models import PUBLIC_STATES
from services.models.stamp import Stamp
from services.models.stamp_issue import StampIssue

# WNS and press releases give sizes in half millimetres.
SIZE_ROUNDING = Decimal("0.5")
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:mm)?\s*[×xX*]\s*([0-9]+(?:\.[0-9]+)?)")
# 5 × 4 = 20, 5 × 4 (20 stamps)
_SHEET = re.compile(r"([0-9]{1,3})\s*[×xX*]\s*([0-9]{1,3})\s*(?:=|\(|:)\s*([0-9]{1,4})")


class IssueWarning(NamedTuple):
    """A warning about a field of the issue, or of one of its stamps."""

    field: str
    text: str
    stamp: Stamp | None = None


def warnings_of(issue: StampIssue) -> list[IssueWarning]:
    """Return what looks wrong in the issue and its loaded stamps."""
    stamps = list(issue.stamps.all())
    own = [*_count_warnings(issue, stamps), *_face_value_warnings(issue, stamps), *_date_warnings(issue)]
    own += _sheet_warnings(issue)
    if issue.state in PUBLIC_STATES and has_only_a_title(issue, stamps):
        own.append(IssueWarning("title", _("Readers see nothing but the title. Add the date, the stamps or a text.")))
    return [*own, *(warning for stamp in stamps for warning in stamp_warnings(stamp, issue=issue))]


def stamp_warnings(stamp: Stamp, *, issue: StampIssue) -> list[IssueWarning]:
    """Return what looks wrong in one stamp of the issue."""
    found = []
    year = stamp.wns_number[-2:]
    if year and issue.year and int(year) != issue.year % 100:
        values = {"year": year, "issue_year": issue.year}
        found.append(("wns_number", _("The WNS number ends with %(year)s, but the year is %(issue_year)s.") % values))
    if (size := _size_of(issue.size)) and stamp.width_mm and stamp.height_mm and not stamp.is_souvenir_sheet:
        own = sorted([stamp.width_mm, stamp.height_mm])
        if any(abs(ours - stated) > SIZE_ROUNDING for ours, stated in zip(own, size, strict=True)):
            found.append(("width_mm", _("The size stated for the issue is %(size)s.") % {"size": issue.size}))
    return [IssueWarning(field, text, stamp) for field, text in found]


def _count_warnings(issue: StampIssue, stamps: list[Stamp]) -> list[IssueWarning]:
    """Compare the stated numbers, 2+1, with the rows. An issue without rows is not wrong."""
    sheets = sum(stamp.is_souvenir_sheet for stamp in stamps)
    rows = {"stamp_count": len(stamps) - sheets, "souvenir_sheet_count": sheets}
    return [
        IssueWarning(field, _("%(stated)s stated, but %(count)s entered below.") % {"stated": stated, "count": count})
        for field, count in rows.items()
        if stamps and (stated := getattr(issue, field)) is not None and stated != count
    ]


def _face_value_warnings(issue: StampIssue, stamps: list[Stamp]) -> list[IssueWarning]:
    values = [stamp.denomination for stamp in stamps if stamp.denomination is not None]
    is_complete = len(values) == len(stamps) and not _count_warnings(issue, stamps)
    if issue.face_value is None or not stamps or not is_complete:
        return []
    # The value of a set is stated with or without its souvenir sheet.
    without_sheets = sum(stamp.denomination or 0 for stamp in stamps if not stamp.is_souvenir_sheet)
    if issue.face_value in (sum(values), without_sheets):
        return []
    text = _("The face values of the stamps add up to %(sum)s.") % {"sum": number_format(sum(values), decimal_pos=2)}
    return [IssueWarning("face_value", text)]


def _date_warnings(issue: StampIssue) -> list[IssueWarning]:
    found = []
    if issue.is_cancelled and issue.first_day_places:
        text = _("The issue is cancelled but has offices for a first day postmark.")
        found.append(IssueWarning("first_day_places", text))
    if issue.is_cancelled and issue.sale_until:
        found.append(IssueWarning("sale_until", _("The issue is cancelled but has an end of sale.")))
    if issue.designs_shown_on and issue.issued_on and issue.designs_shown_on > issue.issued_on:
        found.append(IssueWarning("designs_shown_on", _("The designs are revealed after the date of issue.")))
    if issue.issued_on and issue.year and issue.issued_on.year != issue.year:
        text = _("The date of issue is in another year than the serial number.")
        found.append(IssueWarning("issued_on", text))
    return found


def _sheet_warnings(issue: StampIssue) -> list[IssueWarning]:
    found = []
    for columns, rows, stated in _SHEET.findall(issue.sheet_composition):
        if int(columns) * int(rows) != int(stated):
            values = {"columns": columns, "rows": rows, "product": int(columns) * int(rows), "stated": stated}
            text = _("%(columns)s × %(rows)s is %(product)s, not %(stated)s.") % values
            found.append(IssueWarning("sheet_composition", text))
    return found


def has_only_a_title(issue: StampIssue, stamps: list[Stamp]) -> bool:
    """Return True if readers would see no date, stamps, text, picture or value."""
    known = (issue.issued_on, issue.stamp_count, issue.standfirst, issue.body, issue.lead_image_id, issue.face_value)
    return not stamps and not any(known)


def _size_of(text: str) -> list[Decimal] | None:
    """Return both sides of “40 × 30 mm”, the shorter first; None if the text gives no size or several."""
    found = _SIZE.findall(text)
    return sorted(map(Decimal, found[0])) if len(found) == 1 else None
