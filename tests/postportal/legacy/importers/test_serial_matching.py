import pytest

from postportal.legacy.importers.serial_matching import find_by_serial
from postportal.legacy.parsing.serials import read_serial
from services.models import StampIssue
from tests.factories import services

pytestmark = pytest.mark.django_db


def find(printed: str) -> StampIssue | None:
    serial = read_serial(printed)
    assert serial is not None
    return find_by_serial(serial)


def test_issue_is_found_with_and_without_the_letter_of_its_kind() -> None:
    issue = services.stamp_issue(year=2018, number=8, series="T", numbering="letter-last")

    assert (find("2018-8T"), find("2018-8"), find("2018-8J"), find("2018-9")) == (issue, issue, None, None)


def test_other_series_is_another_issue() -> None:
    services.stamp_issue(year=2018, number=8, series="特")

    assert find("2018-8") is None


def test_running_number_is_found_in_both_scripts() -> None:
    issue = services.stamp_issue(number=94, series="C", numbering="running")

    assert (find("纪94"), find("C94"), find("T.94")) == (issue, issue, None)
