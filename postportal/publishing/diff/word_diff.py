"""Two texts, compared word by word."""

from dataclasses import dataclass

from postportal.publishing.diff.alignment import find_runs
from postportal.publishing.diff.blocks import split_words


@dataclass(frozen=True)
class WordSpan:
    text: str
    is_old: bool
    is_new: bool

    @property
    def is_same(self) -> bool:
        return self.is_old and self.is_new


def compare_words(old: str, new: str) -> list[WordSpan]:
    """The pieces of both texts in order; those of one text, joined, are that text."""
    before, after = split_words(old), split_words(new)
    pieces = []
    for run in find_runs(before, after):
        if run.is_same:
            pieces.append(WordSpan("".join(before[run.old]), is_old=True, is_new=True))
        else:
            pieces.append(WordSpan("".join(before[run.old]), is_old=True, is_new=False))
            pieces.append(WordSpan("".join(after[run.new]), is_old=False, is_new=True))
    return [piece for piece in pieces if piece.text]
