"""Alignment of two sequences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postportal.publishing.diff.alignment import find_runs

LETTERS = st.lists(st.sampled_from("abcdef"), max_size=60)


@given(LETTERS, LETTERS)
def test_runs_cover_both_sides_and_are_correct(before: list[str], after: list[str]) -> None:
    runs = find_runs(before, after)

    assert [letter for run in runs for letter in before[run.old]] == before
    assert [letter for run in runs for letter in after[run.new]] == after
    assert all(before[run.old] == after[run.new] for run in runs if run.is_same)
    assert all(before[run.old] or after[run.new] for run in runs)


class CountedWord:
    """An element that counts comparisons: unlike the time they take, their number does not depend on the machine."""

    comparisons = 0

    def __init__(self, text: str) -> None:
        self.text = text

    def __eq__(self, other: object) -> bool:
        CountedWord.comparisons += 1
        return isinstance(other, CountedWord) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


@pytest.mark.parametrize("repeated", [1, 900])
def test_long_texts_with_little_in_common_need_few_comparisons(repeated: int) -> None:
    size = 20_000
    first = [CountedWord(f"w{number * 7919 % (size // repeated)}") for number in range(size)]
    second = [CountedWord(f"w{number * 104_729 % (size // repeated)}") for number in range(size)]
    CountedWord.comparisons = 0

    find_runs(first, second)

    assert 0 < CountedWord.comparisons < 20 * size
