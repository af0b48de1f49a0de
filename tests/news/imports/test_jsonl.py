from io import BytesIO

import pytest

from news.imports import jsonl
from news.imports.jsonl import BadLineError, JsonLine, read_lines


def test_lines_are_numbered_as_an_editor_shows_them() -> None:
    assert [
        (line.number, line.byte_count, line.parse()) for line in read_lines(BytesIO(b'{"a": 1}\n\n \r\n{"a": 2}'))
    ] == [
        (1, 9, {"a": 1}),
        (4, 8, {"a": 2}),
    ]


def test_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert JsonLine(1, 11, b'\xef\xbb\xbf{"a": 1}').parse() == {"a": 1}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", "no JSON: Expecting property name enclosed in double quotes at character 2"),
        (b"nonsense", "no JSON: Expecting value at character 1"),
        (b'["a"]', "not a JSON object"),
        (b"null", "not a JSON object"),
        (b'{"a": "\xff"}', "not UTF-8 at byte 8"),
        (b"[" * 100_000, "no JSON that can be read: too deep, or a number too long"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "no JSON that can be read: too deep, or a number too long"),
    ],
)
def test_line_that_is_no_object_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(BadLineError) as error:
        JsonLine(2, len(data), data).parse()

    assert str(error.value) == reason


def test_endless_line_is_passed_over_without_being_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 20)
    lines = list(read_lines(BytesIO(b'{"a": 1}\n' + b"x" * 95 + b'\n{"a": 2}\n' + b"y" * 50)))

    assert [(line.number, line.byte_count, line.data) for line in lines] == [
        (1, 9, b'{"a": 1}\n'),
        (2, 96, b""),
        (3, 9, b'{"a": 2}\n'),
        (4, 50, b""),
    ]
    with pytest.raises(BadLineError, match="longer than 20 bytes"):
        lines[1].parse()


def test_line_as_long_as_allowed_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 8)

    assert [line.parse() for line in read_lines(BytesIO(b'{"a": 1}\n{"a": 2}'))] == [{"a": 1}, {"a": 2}]
