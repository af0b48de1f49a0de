"""Two texts side by side, block by block, and inside a block word by word."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from postportal.publishing.diff.alignment import Run, find_runs
from postportal.publishing.diff.blocks import Block, Word

# Blocks that have less in common than this are not the same one, changed.
_MIN_LIKENESS = 0.35
# More pairs than this are taken in their order: nobody rewrites 200 paragraphs and puts them into another order.
_MAX_PAIRS = 40_000
# So many unchanged lines beside a change tell where it is; more are folded away.
_CONTEXT_LINES = 1
_MAX_UNFOLDED = 2


class MarkedSpan(NamedTuple):
    text: str
    marks: tuple[str, ...]
    is_changed: bool


class Side(NamedTuple):
    """What one of both texts has in this place: its words, cell by cell where it is the row of a table."""

    kind: str
    cells: list[list[MarkedSpan]]

    @property
    def is_row(self) -> bool:
        return len(self.cells) > 1


@dataclass(frozen=True)
class DiffLine:
    old: Side | None
    new: Side | None
    is_same: bool


class Fold(NamedTuple):
    lines: list[DiffLine]
    is_folded: bool


def compare_blocks(before: list[Block], after: list[Block], *, is_list: bool = False) -> list[DiffLine]:
    """`is_list`: names, each of which is there or not, and becomes no other."""
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
    """One block that is on both sides, or on one."""
    if old is None or new is None:
        before, after = (_make_side(block, is_changed=True) if block else None for block in (old, new))
        return DiffLine(before, after, is_same=False)
    changed = _join_close_changes(find_runs(old.words, new.words), old.words)
    return DiffLine(
        _make_side(old, changes=[(run.old, not run.is_same) for run in changed]),
        _make_side(new, changes=[(run.new, not run.is_same) for run in changed]),
        is_same=old == new,
    )


def fold_unchanged(found: list[DiffLine]) -> list[Fold]:
    """Long runs of unchanged lines folded away, but for those beside a change."""
    shown = [
        any(not line.is_same for line in found[max(0, place - _CONTEXT_LINES) : place + _CONTEXT_LINES + 1])
        for place in range(len(found))
    ]
    folds: list[Fold] = []
    for line, is_shown in zip(found, shown, strict=True):
        if not folds or folds[-1].is_folded == is_shown:
            folds.append(Fold([], is_folded=not is_shown))
        folds[-1].lines.append(line)
    return [Fold(fold.lines, fold.is_folded and len(fold.lines) > _MAX_UNFOLDED) for fold in folds]


def _pair_blocks(before: list[Block], after: list[Block]) -> Iterator[tuple[Block | None, Block | None]]:
    """Which block became which, in an order that holds on both sides."""
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
        # Nothing else can have become of it.
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
    """best[i][j]: how much the blocks from there on can have in common."""
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


def _join_close_changes(found: list[Run], before: tuple[Word, ...]) -> list[Run]:
    """Changes with nothing but a space between them are one change: a phrase is read as a phrase."""
    joined: list[Run] = []
    for place, run in enumerate(found):
        is_between = run.is_same and 0 < place < len(found) - 1
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
