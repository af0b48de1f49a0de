from io import BytesIO

import pytest

from news.imports import jsonl
from news.imports.jsonl import BadLineError, JsonLine, read_lines


def test_lines_are_numbered_with_blank_lines_counted() -> None:
    assert [
        (line.number, line.byte_count, line.parse()) for line in read_lines(BytesIO(b'{"a": 1}\n\n \r\n{"a": 2}'))
    ] == [
        (1, 9, {"a": 1}),
        (4, 8, {"a": 2}),
    ]


def test_byte_order_mark_of_the_first_line_is_ignored() -> None:
    assert JsonLine(1, 11, b'\xef\xbb\xbf{"a": 1}').parse() == {"a": 1}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", "not JSON: Expecting property name enclosed in double quotes at character 2"),
        (b"nonsense", "not JSON: Expecting value at character 1"),
        (b'["a"]', "not a JSON object"),
        (b"null", "not a JSON object"),
        (b'{"a": 1, "b": 2, "a": 3}', "the key “a” is given more than once"),
        (b'{"image": {"file": "a", "file": "b"}}', "the key “file” is given more than once"),
        (b'{"a": "\xff"}', "not UTF-8 at byte 8"),
        (b"[" * 100_000, "not readable JSON: nested too deeply, or a number too long"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "not readable JSON: nested too deeply, or a number too long"),
    ],
)
def test_line_that_is_not_an_object_gives_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(BadLineError) as error:
        JsonLine(2, len(data), data).parse()

    assert str(error.value) == reason


def test_too_long_line_is_skipped_without_being_stored(monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_line_of_the_maximum_length_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 8)

    assert [line.parse() for line in read_lines(BytesIO(b'{"a": 1}\n{"a": 2}'))] == [{"a": 1}, {"a": 2}]


def test_byte_order_mark_is_ignored_on_every_line() -> None:
    file = BytesIO(b'\xef\xbb\xbf{"a": 1}\n\xef\xbb\xbf{"a": 2}\n')

    assert [line.parse() for line in read_lines(file)] == [{"a": 1}, {"a": 2}]
