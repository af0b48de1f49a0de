"""Comparison of two texts side by side: block by block, and word by word inside a block."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from postportal.publishing.diff.alignment import Run, find_runs
from postportal.publishing.diff.blocks import Block, Word

# Blocks with less in common than this are different blocks.
_MIN_LIKENESS = 0.35
# Beyond this, blocks are paired in order: nobody rewrites and reorders 200 paragraphs at once.
_MAX_PAIRS = 40_000
# Unchanged lines shown on each side of a change; more are folded.
_CONTEXT_LINES = 1
_MAX_UNFOLDED = 2


class MarkedSpan(NamedTuple):
    """Text with the same formatting that is changed or unchanged as a whole."""

    text: str
    marks: tuple[str, ...]
    is_changed: bool


class Side(NamedTuple):
    """A block of one of the texts: its spans, cell by cell if it is a table row."""

    kind: str
    cells: list[list[MarkedSpan]]

    @property
    def is_row(self) -> bool:
        return len(self.cells) > 1


@dataclass(frozen=True)
class DiffLine:
    """A block in both texts or in one of them."""

    old: Side | None
    new: Side | None
    is_same: bool


class Fold(NamedTuple):
    """Consecutive lines that are shown or folded together."""

    lines: list[DiffLine]
    is_folded: bool


def compare_blocks(before: list[Block], after: list[Block], *, is_list: bool = False) -> list[DiffLine]:
    """Return the lines of both texts. With `is_list`, blocks are names that are added or removed, but not changed."""
    found = []
    for run in find_runs(before, after):
        if run.is_same:
            sides = (_make_side(block, is_changed=False) for block in before[run.old])
            found += [DiffLine(side, side, is_same=True) for side in sides]
        elif is_list:
            found += [make_line(block, None) for block in before[run.old]]
            found += [make_line(None, block) for block in after[run.new]]
        else:
            found += [make_line(old, new) for old, new in _pair_blocks(before[run.old], after[run.new])]
    return found


def make_line(old: Block | None, new: Block | None) -> DiffLine:
    """Return the line of a block that is in both texts or in one of them."""
    if old is None or new is None:
        before, after = (_make_side(block, is_changed=True) if block else None for block in (old, new))
        return DiffLine(before, after, is_same=False)
    changed = _join_close_changes(find_runs(old.words, new.words), old.words)
    return DiffLine(
        _make_side(old, changes=[(run.old, not run.is_same) for run in changed]),
        _make_side(new, changes=[(run.new, not run.is_same) for run in changed]),
        is_same=old == new,
    )


def fold_unchanged(lines: list[DiffLine]) -> list[Fold]:
    """Group the lines, folding long runs of unchanged lines except those next to a change."""
    shown = [
        any(not line.is_same for line in lines[max(0, place - _CONTEXT_LINES) : place + _CONTEXT_LINES + 1])
        for place in range(len(lines))
    ]
    folds: list[Fold] = []
    for line, is_shown in zip(lines, shown, strict=True):
        if not folds or folds[-1].is_folded == is_shown:
            folds.append(Fold([], is_folded=not is_shown))
        folds[-1].lines.append(line)
    return [Fold(fold.lines, fold.is_folded and len(fold.lines) > _MAX_UNFOLDED) for fold in folds]


def _pair_blocks(before: list[Block], after: list[Block]) -> Iterator[tuple[Block | None, Block | None]]:
    """Pair the blocks in an order that both texts share; added and removed blocks are paired with None."""
    i = j = 0
    for old, new in [*_match_blocks(before, after), (len(before), len(after))]:
        yield from ((block, None) for block in before[i:old])
        yield from ((None, block) for block in after[j:new])
        if old < len(before):
            yield before[old], after[new]
        i, j = old + 1, new + 1


def _match_blocks(before: list[Block], after: list[Block]) -> list[tuple[int, int]]:
    if len(before) * len(after) > _MAX_PAIRS:
        return [(place, place) for place in range(min(len(before), len(after)))]
    if len(before) == len(after) == 1:
        # A single block can only have become the other one.
        return [(0, 0)]
    best = _best_scores(before, after)
    found, i, j = [], 0, 0
    while i < len(before) and j < len(after):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            found.append((i, j))
            i, j = i + 1, j + 1
    return found


def _best_scores(before: list[Block], after: list[Block]) -> list[list[float]]:
    """Return best[i][j], the greatest total likeness of before[i:] and after[j:]."""
    olds, news = ([_vocabulary(block) for block in side] for side in (before, after))
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in range(len(before) - 1, -1, -1):
        row, below, old = best[i], best[i + 1], olds[i]
        for j in range(len(after) - 1, -1, -1):
            likeness = _likeness(old, news[j])
            row[j] = max(below[j], row[j + 1], below[j + 1] + likeness if likeness >= _MIN_LIKENESS else 0)
    return best


def _vocabulary(block: Block) -> frozenset[str]:
    return frozenset(word.text for word in block.words if word.text.strip())


def _likeness(old: frozenset[str], new: frozenset[str]) -> float:
    total = len(old) + len(new)
    return 2 * len(old & new) / total if total else 1.0


def _join_close_changes(runs: list[Run], before: tuple[Word, ...]) -> list[Run]:
    """Join changes with only spaces between them, so that a phrase is marked as a whole."""
    joined: list[Run] = []
    for place, run in enumerate(runs):
        is_between = run.is_same and 0 < place < len(runs) - 1
        is_gap = is_between and all(not word.text.strip() and not word.is_border for word in before[run.old])
        if joined and not joined[-1].is_same and (is_gap or not run.is_same):
            last = joined.pop()
            run = Run(slice(last.old.start, run.old.stop), slice(last.new.start, run.new.stop), is_same=False)
        joined.append(run)
    return joined


def _make_side(block: Block, *, is_changed: bool = False, changes: list[tuple[slice, bool]] | None = None) -> Side:
    cells: list[list[MarkedSpan]] = [[]]
    for part, is_new in changes if changes is not None else [(slice(None), is_changed)]:
        for word in block.words[part]:
            _append_word(cells, word, is_new)
    return Side(block.kind, cells)


def _append_word(cells: list[list[MarkedSpan]], word: Word, is_changed: bool) -> None:
    if word.is_border:
        if cells != [[]]:
            cells.append([])
        if word.marks:
            cells[-1].append(MarkedSpan("", word.marks, is_changed))
        return
    cell = cells[-1]
    if cell and (cell[-1].marks, cell[-1].is_changed) == (word.marks, is_changed) and cell[-1].text:
        cell[-1] = MarkedSpan(cell[-1].text + word.text, word.marks, is_changed)
    else:
        cell.append(MarkedSpan(word.text, word.marks, is_changed))
