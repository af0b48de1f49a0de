import pytest

from postportal.legacy.parsing.list_entries import EntryLine, is_numbered_list, read_entry_line
from postportal.legacy.parsing.old_urls import OldUrl


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  • Boats2018-8", EntryLine("Boats2018-8", is_marked=True, is_indented=True)),
        ("- Boats", EntryLine("Boats", is_marked=True)),
        ("    Words", EntryLine("Words", is_indented=True)),
        (
            "* [Boats ...](http://old.example/1.htm)2018-8",
            EntryLine("Boats ...2018-8", is_marked=True, link=OldUrl("old.example", "/1.htm")),
        ),
        ("| 2018-8 | Boats | 2018-05-12 |", EntryLine("Boats 2018-8 2018-05-12", is_marked=True)),
        ("| 志号 | 名称 |", EntryLine("")),
        ("1. Boats", EntryLine("1. Boats")),
    ],
)
def test_line_is_read(line: str, expected: EntryLine) -> None:
    assert read_entry_line(line) == expected


def test_numbers_are_taken_off_in_a_numbered_list() -> None:
    assert is_numbered_list(["1. Boats", "2、Nets"])
    assert not is_numbered_list(["1. Boats", "2018-7"])
    assert read_entry_line("2、Nets", is_numbered=True) == EntryLine("Nets", is_marked=True)
