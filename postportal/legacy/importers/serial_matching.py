"""Issues found by serial number, in whatever form it is printed: 2018-8 in a list is 2018-8T on its page."""

from django.db.models import Q

from postportal.legacy.parsing.serials import Serial
from services.models import StampIssue
from services.models.serials import CHARACTERS, LETTERS, RUNNING_NUMBERINGS

# The letter that says what kind of issue it is: lists leave it out.
_KIND_LETTERS = {"", "T", "J", "R", "P"}


def find_by_serial(serial: Serial) -> StampIssue | None:
    """Return the issue with this serial number, or else the only one that differs in the letter of its kind."""
    issues = StampIssue.objects.filter(number=serial.number).order_by("pk")
    if serial.numbering in RUNNING_NUMBERINGS:
        names = {serial.series, CHARACTERS.get(serial.series), LETTERS.get(serial.series)} - {None}
        return issues.filter(numbering__in=RUNNING_NUMBERINGS, series__in=names).first()
    same_number = issues.filter(year=serial.year).exclude(numbering__in=RUNNING_NUMBERINGS)
    exact = same_number.filter(Q(series=serial.series)).first()
    if exact or serial.number is None or serial.series not in _KIND_LETTERS:
        return exact
    others = [issue for issue in same_number if issue.series in _KIND_LETTERS and "" in {issue.series, serial.series}]
    return others[0] if len(others) == 1 else None
