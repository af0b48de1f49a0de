from decimal import Decimal

import pytest

from services.models.stamp_differences import stamp_differences
from tests.factories import services

pytestmark = pytest.mark.django_db


def test_only_values_of_its_own_are_named() -> None:
    issue = services.stamp_issue(size="40 × 30 mm", perforation="13")
    plain = services.stamp(issue, width_mm=Decimal(40), height_mm=Decimal(30), gauge="13")
    other = services.stamp(
        issue, position=2, width_mm=Decimal(40), height_mm=Decimal(60), print_run=4_800_000, variety_of=plain
    )

    assert stamp_differences(plain, issue=issue) == []
    assert stamp_differences(other, issue=issue) == ["40 × 60 mm", "Print run 4,800,000", "Variety of another stamp"]
