import pytest

from postportal.audit.one_line import one_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Night mail", "Night mail"),
        ("夜班邮车 – “déjà”", "夜班邮车 – “déjà”"),
        ("one\r\ntwo\tthree\0", r"one\r\ntwo\tthree\x00"),
        ("\x1b[2J\x7f\x9b", r"\x1b[2J\x7f\x9b"),
        ("a\u2028b\u2029c\x85d", r"a\u2028b\u2029c\x85d"),
        ("\u202egnp.exe\u200b\ufeff", r"\u202egnp.exe\u200b\ufeff"),
        ("\ud800", r"\ud800"),
        (r"one\ntwo", r"one\\ntwo"),
        (12, "12"),
    ],
)
def test_invisible_characters_are_escaped(text: object, line: str) -> None:
    assert one_line(text, limit=100) == line


@pytest.mark.parametrize(
    ("text", "line"), [("x" * 10, "x" * 10), ("x" * 11, "x" * 9 + "…"), ("\n" * 6, r"\n\n\n\n\…"), ("", "")]
)
def test_long_text_is_shortened(text: str, line: str) -> None:
    assert one_line(text, limit=10) == line
