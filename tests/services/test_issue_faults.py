import datetime as dt
from decimal import Decimal

import pytest

from postportal.publishing.checks import run_checks
from services.models import StampIssue
from tests.factories import services, staff

pytestmark = pytest.mark.django_db


def faults_of(issue: StampIssue) -> list[tuple[str, str]]:
    faults, _passed = run_checks(issue, user=staff.account("Philatelist"))
    return [(fault.title, fault.field) for fault in faults]


def test_issue_with_nothing_but_a_title_is_named_before_it_is_submitted() -> None:
    bare = services.stamp_issue(issued_on=None, stamp_count=None, face_value=None, standfirst="", body="")

    assert ("Readers see nothing but the title", "issued_on") in faults_of(bare)


def test_missing_date_and_contradictions_are_named_with_their_fields() -> None:
    issue = services.stamp_issue(issued_on=None, stamp_count=1, face_value=Decimal("9.99"))
    services.stamp(issue, denomination=Decimal("1.20"))
    dated = services.stamp_issue(issued_on=dt.date(2026, 5, 1), year=2026, number=3, stamp_count=1, face_value=None)
    services.stamp(dated)

    assert faults_of(issue)[:2] == [
        ("The date of issue is missing", "issued_on"),
        ("The face values of the stamps add up to 1.20.", "face_value"),
    ]
    assert faults_of(dated) == []
