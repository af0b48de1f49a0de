import gzip
import json

import pytest

from news.imports.containers import SAMPLE_BYTES, container_problem

LINES = b'{"external_id": "1", "title": "Night mail"}\n{"external_id": "2", "title": "\xe5\xa4\x9c"}\n'
TEXT = LINES.decode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        LINES,
        LINES.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + LINES,
        b"\n  \n" + LINES,
        # One bad line is an error of that line.
        b"nonsense\n" + LINES,
        b"\xff\n" + LINES,
        # A line that is longer than the sample.
        (b'{"body": "' + b"x" * SAMPLE_BYTES)[:SAMPLE_BYTES],
        b'{"external_id": "1"}',
    ],
)
def test_json_lines_have_no_problem(data: bytes) -> None:
    assert container_problem(data) == ""


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (gzip.compress(LINES, mtime=0), "It is compressed with gzip; unpack it first."),
        (b"PK\x03\x04rest", "It is a ZIP archive; unpack it first."),
        (TEXT.encode("utf-16"), "It is UTF-16; save it as UTF-8."),
        (TEXT.encode("utf-16-le"), "It is UTF-16; save it as UTF-8."),
        (TEXT.encode("utf-16-be"), "It is UTF-16; save it as UTF-8."),
        (b"\x00\x01\x02\x00" * 50, "It is not text."),
        (
            b"[" + LINES.replace(b"\n", b",") + b"]",
            "It is one JSON array; write each of its objects on a line of its own.",
        ),
        (b"\n[\n" + LINES + b"]", "It is one JSON array; write each of its objects on a line of its own."),
        (
            json.dumps({"external_id": "1", "title": "x"}, indent=2).encode(),
            "It is one JSON object over several lines.",
        ),
        (LINES.replace(b"\n", b",\n"), "Its lines end with commas; remove them."),
        (LINES.replace(b"\n", b"\r"), "Its lines end with CR only; save it with LF or CRLF line ends."),
        (b"<?xml version='1.0'?><rss/>", "It is XML or HTML."),
        (b"id,title\n1,Night mail\n2,Day mail\n", "It is not JSON."),
        (b"nonsense", "It is not JSON."),
        (
            '{"title": "夜间邮件"}\n{"title": "日间"}\n{"title": "邮件"}\n'.encode("gb18030"),
            "It is not UTF-8; save it as UTF-8.",
        ),
    ],
)
def test_other_files_are_named_in_one_sentence(data: bytes, problem: str) -> None:
    found = container_problem(data)

    assert found == f"{problem} This command reads JSON Lines: UTF-8 text with one JSON object on each line."
