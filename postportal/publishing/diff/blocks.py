"""Texts as blocks of words for comparison: paragraphs, headings, table rows."""

import re
from typing import NamedTuple

# Chinese has no spaces between words: each character is one.
_HAN = "\u2e80-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"\s+|[{_HAN}]|[^\W{_HAN}]+|[^\w\s]")


class Word(NamedTuple):
    """A word, a space or a punctuation mark with its formatting, for example “bold” or “link to /news/”."""

    text: str
    marks: tuple[str, ...] = ()
    # The border to the next cell of a table row instead of a word.
    is_border: bool = False


class Block(NamedTuple):
    """A block of a text."""

    # Name for editors, for example “Heading 2” or “List item”; "" for a plain line.
    kind: str
    words: tuple[Word, ...]


def split_words(text: str) -> list[str]:
    tokens: list[str] = _TOKEN.findall(text)
    return tokens


def to_words(text: str, marks: tuple[str, ...] = ()) -> list[Word]:
    return [Word(token, marks) for token in split_words(text)]


def line_blocks(text: str, *, kind: str = "") -> list[Block]:
    """Return a block for each line of a plain text that is not blank."""
    return [Block(kind, tuple(to_words(line))) for line in text.splitlines() if line.strip()]
