import pytest
from hypothesis import given
from hypothesis import strategies as st

from postportal.publishing.diff.alignment import find_runs
from postportal.publishing.diff.word_diff import compare_words

LETTERS = st.lists(st.sampled_from("abcdef"), max_size=60)


@given(LETTERS, LETTERS)
def test_runs_cover_both_sides_and_say_the_truth(before: list[str], after: list[str]) -> None:
    found = find_runs(before, after)

    assert [letter for run in found for letter in before[run.old]] == before
    assert [letter for run in found for letter in after[run.new]] == after
    assert all(before[run.old] == after[run.new] for run in found if run.is_same)
    assert all(before[run.old] or after[run.new] for run in found)


def test_one_word_in_a_sentence_is_found() -> None:
    pieces = compare_words("The night mail is late.", "The night train is late.")

    assert [(piece.text, piece.is_old, piece.is_new) for piece in pieces] == [
        ("The night ", True, True),
        ("mail", True, False),
        ("train", False, True),
        (" is late.", True, True),
    ]


class Counted:
    """An element that counts how often it is compared: seconds depend on the machine, comparisons do not."""

    comparisons = 0

    def __init__(self, text: str) -> None:
        self.text = text

    def __eq__(self, other: object) -> bool:
        Counted.comparisons += 1
        return isinstance(other, Counted) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


@pytest.mark.parametrize("repeated", [1, 900])
def test_long_texts_with_little_in_common_take_few_comparisons(repeated: int) -> None:
    size = 20_000
    first = [Counted(f"w{number * 7919 % (size // repeated)}") for number in range(size)]
    second = [Counted(f"w{number * 104_729 % (size // repeated)}") for number in range(size)]
    Counted.comparisons = 0

    find_runs(first, second)

    assert 0 < Counted.comparisons < 20 * size
