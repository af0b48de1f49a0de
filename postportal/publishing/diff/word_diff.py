"""Two texts, compared word by word."""

from dataclasses import dataclass

from postportal.publishing.diff.alignment import runs
from postportal.publishing.diff.blocks import tokens


@dataclass(frozen=True)
class Piece:
    text: str
    is_old: bool
    is_new: bool

    @property
    def is_same(self) -> bool:
        return self.is_old and self.is_new


def compared(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in order; those of one text, joined, are that text."""
    before, after = tokens(old), tokens(new)
    pieces = []
    for run in runs(before, after):
        if run.is_same:
            pieces.append(Piece("".join(before[run.old]), is_old=True, is_new=True))
        else:
            pieces.append(Piece("".join(before[run.old]), is_old=True, is_new=False))
            pieces.append(Piece("".join(after[run.new]), is_old=False, is_new=True))
    return [piece for piece in pieces if piece.text]
