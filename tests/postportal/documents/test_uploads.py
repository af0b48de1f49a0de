"""Files that are accepted as documents, and the words in which others are refused."""

import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from postportal.documents.file_types import FILE_TYPES
from postportal.documents.uploads import Inspected, inspect
from tests.factories.documents import office, pdf, upload

SCRIPT = "<< /Type /Action /S /JavaScript /JS (app.alert\\(1\\)) >>"


def check(content: bytes, name: str) -> Inspected:
    file = upload(content, name=name)
    return inspect(file, name=name)


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(ValidationError) as caught:
        check(content, name)
    return caught.value.messages[0]


@pytest.mark.parametrize("extension", ["docx", "xlsx", "pptx", "odt", "ods", "odp"])
def test_office_files_are_accepted(extension: str) -> None:
    assert check(office(extension), f"Form.{extension.upper()}").extension == extension


def test_pages_of_a_pdf_are_counted() -> None:
    found = check(pdf(), "tariff.pdf")
    assert (found.pages, found.extension, len(found.sha256)) == (1, "pdf", 64)


@pytest.mark.parametrize("content", ["Ort,Preis\n上海,12", "\ufeffname,price"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_tables_in_chinese_encodings_are_accepted(content: str, encoding: str) -> None:
    assert check(content.encode(encoding), "prices.csv").extension == "csv"


@pytest.mark.parametrize(
    ("extra", "catalog", "words"),
    [
        (SCRIPT, "/OpenAction 6 0 R", "contains a script"),
        (SCRIPT.replace("/JavaScript", "/Java#53cript").replace("/JS", "/#4aS"), "/OpenAction 6 0 R", "script"),
        ("<< /Names [(a) << /JS (app.alert\\(1\\)) >>] >>", "/Names << /JavaScript 6 0 R >>", "script"),
        ("<< /S /Launch /F (cmd.exe) >>", "/OpenAction 6 0 R", "starts programs"),
        ("<< /Type /EmbeddedFile /Length 0 >>\nstream\n\nendstream", "", "contains other files"),
        ("<< /Subtype /RichMedia >>", "", "video, sound or 3D"),
        ("<< /XFA (x) >>", "/AcroForm 6 0 R", "script"),
    ],
)
def test_active_content_of_a_pdf_is_refused(extra: str, catalog: str, words: str) -> None:
    assert words in refusal(pdf(extra=extra, catalog=catalog), "form.pdf")


def test_script_in_a_part_that_no_table_lists_is_refused() -> None:
    content = pdf().replace(b"%PDF-1.4\n", b"%PDF-1.4\n%<< /S /JavaScript /JS (x) >>\n")
    assert "script" in refusal(content, "form.pdf")


@pytest.mark.parametrize("name", ["list.docm", "list.xlsm", "list.xlsb"])
def test_files_with_macros_are_refused_by_name(name: str) -> None:
    assert "macros" in refusal(office(), name)


@pytest.mark.parametrize(
    ("extension", "part", "content"),
    [
        ("docx", "word/vbaProject.bin", b"x"),
        ("xlsx", "xl/vbaProject.bin", b"x"),
        ("docx", "word/activeX/activeX1.xml", b"x"),
        ("odt", "Basic/Standard/Module1.xml", b"x"),
        ("odt", "Scripts/python/a.py", b"x"),
        ("docx", "word/_rels/settings.xml.rels", b'<R Type="x/attachedTemplate" Target="u" TargetMode="External"/>'),
    ],
)
def test_files_with_macros_are_refused_by_content(extension: str, part: str, content: bytes) -> None:
    assert "macros" in refusal(office(extension, more={part: content}), f"list.{extension}")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (office("docx"), "tariff.pdf"),
        (pdf(), "tariff.docx"),
        (office("xlsx"), "tariff.docx"),
        (office("odt"), "tariff.ods"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "notes.txt"),
        (b"  <svg onload=alert(1)>", "notes.csv"),
        (b"MZ\x90\x00", "notes.txt"),
        (b"a\x00b", "notes.txt"),
        (b"\xff\xff\xff", "notes.csv"),
        (pdf()[:-8], "cut.pdf"),
        (b"x" + pdf(), "late.pdf"),
        (pdf() + office(), "both.pdf"),
        (office() + b"more", "both.docx"),
        (b"PK\x03\x04nothing", "broken.docx"),
    ],
)
def test_content_that_is_not_what_the_name_says_is_refused(content: bytes, name: str) -> None:
    assert "The content of the file is not" in refusal(content, name)


@pytest.mark.parametrize("name", ["a.zip", "a.exe", "a.html", "a.svg", "pdf", "a.pdf.js"])
def test_other_types_are_refused_with_the_accepted_ones(name: str) -> None:
    assert all(each.name in refusal(b"x", name) for each in FILE_TYPES.values())


def test_old_office_files_are_refused_with_the_format_to_choose() -> None:
    assert "DOCX" in refusal(b"\xd0\xcf\x11\xe0", "form.doc")


def test_bomb_is_refused_without_unpacking_it() -> None:
    file = BytesIO(office())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/big.xml", "w") as entry:
        for _ in range(401):
            entry.write(bytes(1024 * 1024))
    assert "too large when it is unpacked" in refusal(file.getvalue(), "bomb.docx")


def test_file_above_the_limit_is_refused(settings: object) -> None:
    settings.DOCUMENT_MAX_MB = 1  # type: ignore[attr-defined]
    assert refusal(b"a" * (1024 * 1024 + 1), "long.txt") == "The file is larger than 1 MB."
    assert refusal(b"", "empty.txt") == "The file is empty."


def scanner(folder: Path, code: str) -> str:
    program = folder / "scanner.py"
    program.write_text(f"import sys\ncontent = sys.stdin.buffer.read()\n{code}\n")
    return f"{sys.executable} {program}"


def test_scanner_refuses_what_it_finds(settings: object, tmp_path: Path) -> None:
    settings.DOCUMENT_SCANNER = scanner(tmp_path, "sys.exit(b'EICAR' in content)")  # type: ignore[attr-defined]
    assert "scanner found something" in refusal(b"EICAR", "virus.txt")
    assert check(b"Hello", "clean.txt").extension == "txt"


@pytest.mark.parametrize("command", ["/no/such/scanner", "", "clamd:///no/such/socket"])
def test_scanner_that_does_not_answer_refuses_everything(settings: object, tmp_path: Path, command: str) -> None:
    command = command or scanner(tmp_path, "sys.exit(2)")
    settings.DOCUMENT_SCANNER = command  # type: ignore[attr-defined]
    assert "does not answer" in refusal(b"Hello", "clean.txt")
