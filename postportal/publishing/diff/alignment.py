"""Alignment of two sequences, such as the words of two texts: the elements they share, in the same order."""

import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# difflib finds more matches between two anchors, but takes seconds on larger sections.
_MAX_DIFFLIB_CELLS = 10_000


class Run(NamedTuple):
    """A section: before[old] became after[new]. Both are equal if `is_same`."""

    old: slice
    new: slice
    is_same: bool


def find_runs(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Run]:
    """Return the runs that cover both sequences, in order. Uses patience diff: elements that occur once on each side
    are anchors, which keeps the time nearly linear even if the texts have little in common."""
    pairs = _matching_places(before, after)
    runs: list[Run] = []
    i = j = 0
    for start, end, length in _matching_blocks(pairs, len(before), len(after)):
        if start > i or end > j:
            runs.append(Run(slice(i, start), slice(j, end), is_same=False))
        if length:
            runs.append(Run(slice(start, start + length), slice(end, end + length), is_same=True))
        i, j = start + length, end + length
    return runs


def _matching_blocks(pairs: list[tuple[int, int]], before: int, after: int) -> Iterator[tuple[int, int, int]]:
    """Join neighbouring pairs into blocks (place before, place after, length). The last block is empty."""
    start, end, length = 0, 0, 0
    for i, j in pairs:
        if length and (i, j) == (start + length, end + length):
            length += 1
            continue
        if length:
            yield start, end, length
        start, end, length = i, j, 1
    if length:
        yield start, end, length
    yield before, after, 0


def _matching_places(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the places of equal elements, increasing on both sides. With a stack, because anchors nest deeply."""
    found: list[tuple[int, int]] = []
    sections = [(0, len(before), 0, len(after))]
    while sections:
        i1, i2, j1, j2 = sections.pop()
        while i1 < i2 and j1 < j2 and before[i1] == after[j1]:
            found.append((i1, j1))
            i1, j1 = i1 + 1, j1 + 1
        while i1 < i2 and j1 < j2 and before[i2 - 1] == after[j2 - 1]:
            i2, j2 = i2 - 1, j2 - 1
            found.append((i2, j2))
        if i1 == i2 or j1 == j2:
            continue
        anchors = _anchors(before[i1:i2], after[j1:j2])
        if anchors:
            places = [(i1 + i, j1 + j) for i, j in anchors]
            found += places
            ends = [(i1 - 1, j1 - 1), *places, (i2, j2)]
            sections += [(a + 1, c, b + 1, d) for (a, b), (c, d) in itertools.pairwise(ends)]
        elif (i2 - i1) * (j2 - j1) <= _MAX_DIFFLIB_CELLS:
            matcher = SequenceMatcher(None, before[i1:i2], after[j1:j2], autojunk=False)
            for i, j, length in matcher.get_matching_blocks():
                found += [(i1 + i + step, j1 + j + step) for step in range(length)]
    return sorted(found)


def _anchors(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the places of elements that occur once on each side: the most that are in the same order."""
    once = {element for element, count in Counter(before).items() if count == 1}
    places = {element: i for i, element in enumerate(before) if element in once}
    counts = Counter(after)
    pairs = [(places[element], j) for j, element in enumerate(after) if element in places and counts[element] == 1]
    return _longest_increasing(pairs)


def _longest_increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence with increasing first places, of pairs sorted by their second place."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (i, _) in enumerate(pairs):
        pile = bisect_left(tops, i)
        before.append(last[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [i]
        last[pile : pile + 1] = [index]
    chain = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
