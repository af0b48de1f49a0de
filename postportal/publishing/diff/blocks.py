"""A text as blocks of words, ready to be compared: paragraphs, headings, rows of a table; what is bold or linked."""

import re
from typing import NamedTuple

# Chinese has no spaces between words: each character is one.
_HAN = "\u2e80-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"\s+|[{_HAN}]|[^\W{_HAN}]+|[^\w\s]")


class Word(NamedTuple):
    """A word, a space or a sign, and what is done to it: “bold”, “link to /news/”."""

    text: str
    marks: tuple[str, ...] = ()
    # Not a word, but the border to the next cell of a table row.
    is_border: bool = False


class Block(NamedTuple):
    # What it is, for editors: “Heading 2”, “List item”; "" for a plain line.
    kind: str
    words: tuple[Word, ...]


def split_words(text: str) -> list[str]:
    found: list[str] = _TOKEN.findall(text)
    return found


def to_words(text: str, marks: tuple[str, ...] = ()) -> list[Word]:
    return [Word(token, marks) for token in split_words(text)]


def line_blocks(text: str, *, kind: str = "") -> list[Block]:
    """A block for each line of a plain text; none for an empty one."""
    return [Block(kind, tuple(to_words(line))) for line in text.splitlines() if line.strip()]
