"""Comparison of two texts word by word."""

from dataclasses import dataclass

from postportal.publishing.diff.alignment import find_runs
from postportal.publishing.diff.blocks import split_words


@dataclass(frozen=True)
class WordSpan:
    """Text that is in the old version, in the new one, or in both."""

    text: str
    is_old: bool
    is_new: bool

    @property
    def is_same(self) -> bool:
        return self.is_old and self.is_new


def compare_words(old: str, new: str) -> list[WordSpan]:
    """Return the spans of both texts in order. The spans of one text add up to that text."""
    before, after = split_words(old), split_words(new)
    spans = []
    for run in find_runs(before, after):
        if run.is_same:
            spans.append(WordSpan("".join(before[run.old]), is_old=True, is_new=True))
        else:
            spans.append(WordSpan("".join(before[run.old]), is_old=True, is_new=False))
            spans.append(WordSpan("".join(after[run.new]), is_old=False, is_new=True))
    return [span for span in spans if span.text]
