"""The sheet of stamps with the columns of a registration in the WNS (WADP Numbering System)."""

import csv
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.models.partial_dates import Precision, partial_iso_date
from postportal.interchange.cells import write_csv_cell
from postportal.web.request_time import request_time
from postportal.web.site_url import absolute_url
from services.models import Credit, Stamp, StampIssue
from services.models.stamp_positions import has_position

Row = dict[str, str]
COLUMNS = (
    *("issuing_authority", "wns_number", "date_of_issue", "issue_title", "stamp_title", "subject", "face_value"),
    *("currency", "width_mm", "height_mm", "perforation", "printing_process", "printer", "designer", "engraver"),
    *("colours", "print_run", "stamps_in_set", "position", "url"),
)


@require_safe
def wns_sheet(request: HttpRequest, year: int) -> HttpResponse:
    """Return the stamps of the public issues of a year."""
    rows = list(wns_rows(request, year))
    if not rows:
        raise Http404(_("There is no stamp programme for %(year)s.") % {"year": year})
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="wns-{year}.csv"'
    # Spreadsheets need the mark to read UTF-8.
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    writer.writerows([write_csv_cell(row[name]) for name in COLUMNS] for row in rows)
    return response


def wns_rows(request: HttpRequest, year: int) -> Iterator[Row]:
    """Yield the stamps of a year in the order of the programme. Takes the same number of queries for any number."""
    issues = StampIssue.objects.published(request_time(request)).of_year(year).filter(is_cancelled=False)
    related = ("stamps", "credits", "tags")
    for issue in issues.in_programme_order().for_lists().select_related("issuer").prefetch_related(*related):
        for stamp in issue.stamps.all():
            stamp.issue = issue
            yield _row(request, issue, stamp)


def _row(request: HttpRequest, issue: Any, stamp: Stamp) -> Row:
    issuer = issue.issuer if issue.issuer and issue.issuer.is_visible(request_time(request)) else None
    own_day = partial_iso_date(stamp.issued_on, Precision.DAY)
    return {
        "issuing_authority": issuer.name if issuer else "",
        "wns_number": stamp.wns_number,
        "date_of_issue": own_day or issue.issued_iso,
        "issue_title": issue.title,
        "stamp_title": stamp.name,
        "subject": "; ".join(sorted(tag.name for tag in issue.tags.all())),
        "face_value": stamp.rate_name or _text(stamp.denomination),
        "currency": "" if stamp.rate_name else stamp.currency or issue.currency,
        "width_mm": _text(stamp.width_mm),
        "height_mm": _text(stamp.height_mm),
        "perforation": stamp.perforation or issue.perforation,
        "printing_process": issue.process,
        "printer": _makers(issue, stamp, Credit.Role.PRINTER),
        "designer": _makers(issue, stamp, Credit.Role.DESIGNER),
        "engraver": _makers(issue, stamp, Credit.Role.ENGRAVER),
        "colours": stamp.colours or issue.colours,
        "print_run": _text(stamp.print_run or issue.print_run),
        "stamps_in_set": issue.composition,
        "position": str(stamp.position),
        "url": absolute_url(request, stamp.get_absolute_url()),
    }


def _makers(issue: Any, stamp: Stamp, role: str) -> str:
    rows = [row for row in issue.credits.all() if row.role == role and has_position(row.positions, stamp.position)]
    return "; ".join(row.name for row in rows)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
