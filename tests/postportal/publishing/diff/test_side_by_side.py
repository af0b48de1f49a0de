"""Comparison of two texts side by side."""

from postportal.publishing.diff import side_by_side
from postportal.publishing.diff.blocks import Block, Word, line_blocks
from postportal.publishing.diff.side_by_side import DiffLine, compare_blocks, fold_unchanged, make_line


def text(line: DiffLine) -> tuple[str, str]:
    """Return both sides, with changed text in brackets."""
    return tuple(  # type: ignore[return-value]
        "|".join("".join(f"[{span.text}]" if span.is_changed else span.text for span in cell) for cell in side.cells)
        if side
        else ""
        for side in (line.old, line.new)
    )


def compared(old: str, new: str, *, is_list: bool = False) -> list[tuple[str, str]]:
    return [text(line) for line in compare_blocks(line_blocks(old), line_blocks(new), is_list=is_list)]


def test_only_the_changed_word_is_marked() -> None:
    assert compared("The mail is late.", "The train is late.") == [("The [mail] is late.", "The [train] is late.")]


def test_changed_blocks_are_paired_after_an_added_one() -> None:
    assert compared(
        "First the rail mail.\nThen the road mail.", "Hello!\nFirst the boat mail.\nThen the air mail."
    ) == [
        ("", "[Hello!]"),
        ("First the [rail] mail.", "First the [boat] mail."),
        ("Then the [road] mail.", "Then the [air] mail."),
    ]


def test_different_blocks_are_removed_and_added() -> None:
    old, new = "Roads are closed.\nBy rail.", "By rail.\nSnow falls now.\nNobody knows why."

    assert compared(old, new) == [
        ("[Roads are closed.]", ""),
        ("By rail.", "By rail."),
        ("", "[Snow falls now.]"),
        ("", "[Nobody knows why.]"),
    ]


def test_names_of_a_list_are_never_paired() -> None:
    assert compared("rail mail", "rail post", is_list=True) == [("[rail mail]", ""), ("", "[rail post]")]


def test_changes_with_only_a_space_between_them_are_joined() -> None:
    assert compared("We go home now.", "We stay here now.") == [("We [go home] now.", "We [stay here] now.")]


def test_cells_of_a_row_are_kept_apart() -> None:
    border = Word("", is_border=True)
    old = Block("Table row", (Word("Home"), border, Word("1")))
    new = Block("Table row", (Word("Home"), border, Word("2")))

    line = make_line(old, new)

    assert (text(line), line.old is not None and line.old.is_row) == (("Home|[1]", "Home|[2]"), True)


def test_long_runs_of_unchanged_lines_are_folded() -> None:
    lines = [f"Line {number}" for number in range(10)]
    found = compare_blocks(line_blocks("\n".join([*lines, "End"])), line_blocks("\n".join([*lines, "Stop"])))

    folds = fold_unchanged(found)

    assert [(fold.is_folded, len(fold.lines)) for fold in folds] == [(True, 9), (False, 2)]


def test_short_runs_of_unchanged_lines_are_shown() -> None:
    count = side_by_side._MAX_UNFOLDED + side_by_side._CONTEXT_LINES
    lines = [f"Line {number}" for number in range(count)]
    found = compare_blocks(line_blocks("\n".join([*lines, "End"])), line_blocks("\n".join([*lines, "Stop"])))

    assert [fold.is_folded for fold in fold_unchanged(found)] == [False, False]
