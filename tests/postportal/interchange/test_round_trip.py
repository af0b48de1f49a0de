import pytest

from postportal.interchange.registers import registers
from postportal.interchange.report import Result
from tests.postportal.interchange.registers import ORDER, delete_rows, make_rows
from tests.postportal.interchange.round_trips import exported, imported, tried

pytestmark = pytest.mark.django_db


def test_every_register_is_tested() -> None:
    assert {register.name for register in registers()} == set(ORDER)


@pytest.mark.parametrize("file_format", ["json", "zip", "xlsx"])
def test_export_of_what_was_imported_is_equal(file_format: str) -> None:
    make_rows()
    before = {name: exported(name) for name in ORDER}
    files = {name: exported(name, file_format=file_format) for name in ORDER}
    delete_rows()

    refusals = [str(each) for name in ORDER for row in imported(name, files[name]).outcomes for each in row.refusals]

    assert refusals == []
    assert {name: exported(name) for name in ORDER} == before


@pytest.mark.parametrize("file_format", ["json", "zip", "xlsx", "csv"])
def test_import_of_what_was_exported_changes_nothing(file_format: str) -> None:
    make_rows()

    reports = [tried(name, exported(name, file_format=file_format)) for name in ORDER]

    outcomes = [row for report in reports for row in report.outcomes]
    assert [(row.key, row.result, row.kept) for row in outcomes if row.result != Result.UNCHANGED or row.kept] == []
    assert all(report.outcomes for report in reports)
