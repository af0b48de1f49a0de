from postportal.legacy.parsing.text_cleaning import (
    collapse_whitespace,
    split_comma_list,
    split_lines,
    strip_blank_lines,
    to_half_width,
)


def test_every_kind_of_line_break_ends_a_line() -> None:
    assert split_lines("a\r\nb\rc\x0bd\u2028e\x85f") == ["a", "b", "c", "d", "e", "f"]


def test_invisible_characters_and_marks_are_removed_and_indentation_is_kept() -> None:
    assert split_lines("\u3000•\u00a0coun\u200bter [condensed] \n") == [" • counter", ""]


def test_full_width_characters_become_half_width() -> None:
    assert to_half_width("（８６１０）　１１１８５：Ⅱ×") == "(8610) 11185:Ⅱ×"


def test_whitespace_is_collapsed() -> None:
    assert collapse_whitespace("  a \n\t b ") == "a b"


def test_blank_lines_around_the_text_are_removed() -> None:
    assert strip_blank_lines(["", " ", "a", "", "b", ""]) == ["a", "", "b"]
    assert strip_blank_lines(["", " "]) == []


def test_list_can_run_over_several_lines() -> None:
    assert split_comma_list("one, two,\n   three four,") == ["one", "two", "three four"]
