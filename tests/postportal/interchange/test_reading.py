import io
import zipfile

import pytest
from openpyxl import Workbook

from postportal.interchange.limits import MAX_BYTES, MAX_UNPACKED_BYTES, FileError
from postportal.interchange.reading import read_file
from postportal.interchange.registers import register_named


def sheet(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.active.title = "people"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(content: bytes, *, name: str = "people.xlsx") -> list[tuple[str, str, dict[str, object]]]:
    return [(row.place, row.key, row.values) for row in read_file(register_named("people"), content, name=name)]


def test_numbers_and_dates_of_a_spreadsheet_are_read_as_typed() -> None:
    assert read(sheet(["family_name", "slug"], [1984.0, "orwell"])) == [
        ("people, row 2", "orwell", {"family_name": "1984"})
    ]


def test_formula_is_refused_with_its_cell() -> None:
    with pytest.raises(FileError, match="cell B2 has a formula"):
        read(sheet(["slug", "family_name"], ["li", "=1+1"]))


def test_spreadsheet_that_unpacks_to_gigabytes_is_refused() -> None:
    file = io.BytesIO(sheet(["slug"], ["li"]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/zeros.xml", b"0" * (MAX_UNPACKED_BYTES + 1))

    with pytest.raises(FileError, match="unpacks to more than 100 MB"):
        read(file.getvalue())


def test_spreadsheet_with_entities_is_refused() -> None:
    file = io.BytesIO(sheet(["slug"], ["li"]))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/more.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>')

    with pytest.raises(FileError, match="document type"):
        read(file.getvalue())


def test_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(FileError, match="larger than 10 MB"):
        read(b"x" * (MAX_BYTES + 1))


def test_mark_of_a_spreadsheet_program_is_no_part_of_the_first_column() -> None:
    assert read("\ufeffslug,family_name\r\nli,'-Li\r\n".encode(), name="people.csv") == [
        ("people, row 2", "li", {"family_name": "-Li"})
    ]
