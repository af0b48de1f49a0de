import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from services.models import StampIssue
from services.models.issue_warnings import warnings_of
from tests.factories import services

pytestmark = pytest.mark.django_db


def fields_warned_of(issue: StampIssue) -> list[str]:
    return [warning.field for warning in warnings_of(issue)]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"stamp_count": 2, "souvenir_sheet_count": 1, "face_value": Decimal("8.40")}, []),
        # Without the souvenir sheet.
        ({"stamp_count": 2, "souvenir_sheet_count": 1, "face_value": Decimal("2.40")}, []),
        ({"stamp_count": 2, "souvenir_sheet_count": 1, "face_value": Decimal("9.99")}, ["face_value"]),
        # What is missing is not added up.
        ({"stamp_count": 4, "face_value": Decimal("9.99")}, ["stamp_count"]),
        ({"stamp_count": 2, "souvenir_sheet_count": 0}, ["souvenir_sheet_count"]),
        ({"sheet_composition": "5 × 4 = 24"}, ["sheet_composition"]),
        ({"sheet_composition": "5×4 (20 stamps), 3 x 2 = 6"}, []),
        ({"is_cancelled": True, "first_day_places": "Yunhai"}, ["first_day_places"]),
        ({"designs_shown_on": dt.date(2026, 3, 21)}, ["designs_shown_on"]),
        ({"year": 2025, "number": 30}, ["issued_on"]),
    ],
)
def test_contradictions_are_found(stated: dict[str, Any], expected: list[str]) -> None:
    issue = services.stamp_issue(**stated)
    for position, value in enumerate(("1.20", "1.20", "6.00"), start=1):
        services.stamp(issue, position=position, denomination=Decimal(value), is_souvenir_sheet=position == 3)

    assert fields_warned_of(issue) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"wns_number": "CN001.26"}, []),
        ({"wns_number": "CN001.19"}, ["wns_number"]),
        ({"width_mm": Decimal("30.5"), "height_mm": Decimal("40.2")}, []),
        ({"width_mm": Decimal(40), "height_mm": Decimal(50)}, ["width_mm"]),
        ({"width_mm": Decimal(80), "height_mm": Decimal(120), "is_souvenir_sheet": True}, []),
    ],
)
def test_stamp_is_compared_with_its_issue(fields: dict[str, Any], expected: list[str]) -> None:
    issue = services.stamp_issue(size="40 × 30 mm")
    services.stamp(issue, **fields)

    assert fields_warned_of(issue) == expected


def test_published_title_without_anything_else_is_warned_of() -> None:
    assert fields_warned_of(services.stamp_issue(issued_on=None)) == ["title"]
    assert fields_warned_of(services.stamp_issue(issued_on=None, state="draft", publish_at=None)) == []
    assert fields_warned_of(services.stamp_issue(issued_on=None, standfirst="Four ways.")) == []
