"""Files that are wrong, contradictory or hostile: what is refused leaves nothing behind."""

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from openpyxl import Workbook

from news.models import Organization, Person, Position
from postportal.interchange.importing import dry_run
from postportal.interchange.limits import FileError
from postportal.interchange.reading import read_file
from postportal.interchange.registers import register_named
from postportal.interchange.rights import write_rule
from tests.factories import news, services, staff
from tests.postportal.interchange.round_trips import imported, tried

pytestmark = pytest.mark.django_db


def file_of(register: str, *rows: Any) -> bytes:
    return json.dumps({"register": register, "version": 1, "rows": list(rows)}).encode()


def results(report: Any) -> list[str]:
    return [outcome.result.value for outcome in report.outcomes]


def refusals(report: Any) -> list[str]:
    return [str(each) for outcome in report.outcomes for each in outcome.refusals]


def workbook(rows: list[list[Any]], *, merged: str = "", formats: dict[str, str] | None = None) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    for cell, number_format in (formats or {}).items():
        book.active[cell].number_format = number_format
    book.save(file)
    return file.getvalue()


def test_organizations_that_are_part_of_each_other_leave_nothing() -> None:
    rows = [{"slug": "a", "name": "A", "parent": "b"}, {"slug": "b", "name": "B", "parent": "a"}]

    report = imported("organizations", file_of("organizations", *rows))

    found = {row.slug: row.parent and row.parent.slug for row in Organization.objects.all()}
    written = {outcome.key for outcome in report.outcomes if outcome.result == "new"}
    assert set(found) == written
    assert "refused" in results(report)


def test_refused_new_organization_is_not_written_in_part() -> None:
    rows = [{"slug": "a", "name": "A", "parent": "nobody"}, {"slug": "b", "name": "B"}]

    report = imported("organizations", file_of("organizations", *rows))

    assert results(report) == ["refused", "new"]
    assert [row.slug for row in Organization.objects.all()] == ["b"]


def test_organization_in_one_that_is_refused_is_refused_too() -> None:
    rows = [{"slug": "a", "name": "A", "parent": "nobody"}, {"slug": "b", "name": "B", "parent": "a"}]

    report = imported("organizations", file_of("organizations", *rows))

    assert results(report) == ["refused", "refused"]
    assert not Organization.objects.exists()


def test_key_is_the_same_however_it_is_written() -> None:
    row = news.position("Director")

    report = tried("positions", file_of("positions", {"key": str(row.key).upper(), "label": "President"}))

    assert results(report) == ["changed"]


def test_blanks_around_a_key_do_not_make_another_row() -> None:
    row = news.person("Zhou", "Mei")

    report = tried("people", f"slug,name_zh\r\n {row.slug} ,周梅\r\n".encode(), file_name="people.csv")

    assert results(report) == ["changed"]


@pytest.mark.parametrize("text", ["a\\u0000b", "a\\ud800b"])
def test_characters_that_cannot_be_stored_are_refused(text: str) -> None:
    rows = f'{{"slug": "li", "family_name": "{text}"}}'

    with pytest.raises(FileError, match="cannot be stored"):
        tried("people", f'{{"register": "people", "version": 1, "rows": [{rows}]}}'.encode())


def test_merged_cells_are_refused() -> None:
    content = workbook([["slug", "family_name"], ["li", "Li"], [None, "Lee"]], merged="A2:A3")

    with pytest.raises(FileError, match="A2:A3"):
        tried("people", content, file_name="people.xlsx")


def test_error_of_a_cell_is_no_text() -> None:
    with pytest.raises(FileError, match="B2"):
        tried("people", workbook([["slug", "family_name"], ["li", "#N/A"]]), file_name="people.xlsx")


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [("yyyy-mm", "month"), ("mmm-yy", "month"), ('yyyy"年"m"月"', "month"), ("yyyy", "year"), ("yyyy-mm-dd", "day")],
)
def test_month_that_a_spreadsheet_took_for_a_day_stays_a_month(number_format: str, expected: str) -> None:
    content = workbook(
        [["slug", "name", "founded_on"], ["post", "Post", dt.date(2001, 5, 1)]], formats={"C2": number_format}
    )

    imported("organizations", content, file_name="organizations.xlsx")

    assert Organization.objects.get().founded_precision == expected


def test_child_row_without_the_key_of_its_row_is_refused() -> None:
    book, file = Workbook(), io.BytesIO()
    book.active.title = "people"
    for row in (["slug", "family_name"], [None, "Li"], [None, "Wang"]):
        book.active.append(row)
    names = book.create_sheet("names")
    for row in (["person", "name"], [None, "Lee"]):
        names.append(row)
    book.save(file)

    with pytest.raises(FileError, match="names, row 2"):
        tried("people", file.getvalue(), file_name="people.xlsx")


def test_child_rows_need_the_permission_for_them() -> None:
    row = news.person("Zhou", "Mei")
    user = staff.account()
    codes = ["view_person", "change_person", "import_registerfile"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    register = register_named("people")

    def report(**values: Any) -> Any:
        records = read_file(register, file_of("people", {"slug": row.slug, **values}), name="people.json")
        return dry_run(register, records, by=user, may_write=write_rule(user, register))

    assert results(report(name_zh="周梅")) == ["changed"]
    assert results(report(names=[{"name": "Chow Mei"}])) == ["refused"]
    row.names.create(name="Chow Mei")
    assert results(report(names=[{"name": "Chow Mei"}])) == ["unchanged"]
    assert results(report(names=[{"name": "Chow Mei", "language": "pt"}])) == ["refused"]


@pytest.mark.parametrize("tags", [[None], [["a"]], {"a": 1}, 7])
def test_tags_are_texts(tags: Any) -> None:
    issue = services.stamp_issue("Bridges", tags=["Rivers"])

    report = tried("stamp-issues", file_of("stamp-issues", {"slug": issue.slug, "tags": tags}))

    assert "Enter a list of texts." in refusals(report)[0]


@pytest.mark.parametrize("value", [0, 1.5, True, [1], {"a": 1}, 10**30, "9999-99", "x" * 70_000])
@pytest.mark.parametrize("column", ["publish_at", "founded_on", "parent", "kind", "website", "name"])
def test_values_of_any_type_are_refused_or_taken_without_an_error(column: str, value: Any) -> None:
    row = news.organization("Post")

    report = tried("organizations", file_of("organizations", {"slug": row.slug, column: value}))

    technical = ("argument", "NoneType", "object", "invalid literal")
    assert [text for text in refusals(report) if any(word in text for word in technical)] == []


def test_rows_that_are_not_in_the_file_stay() -> None:
    news.person("Zhou", "Mei")
    news.position()

    imported("people", file_of("people", {"slug": "li", "family_name": "Li"}))
    imported("people", file_of("people"))
    imported("positions", file_of("positions"))

    assert (Person.objects.count(), Position.objects.count()) == (2, 1)
