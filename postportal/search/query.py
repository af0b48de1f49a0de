"""What a reader typed, made safe to search with."""

import unicodedata
from typing import NamedTuple

MAX_WORDS = 64
# A headline pasted whole fits; SQLite refuses LIKE patterns beyond 50,000 bytes.
MAX_LENGTH = 2000
MAX_WORD_LENGTH = 100


class Query(NamedTuple):
    text: str
    words: tuple[str, ...]


def parse(typed: str) -> Query:
    """Return the text to show again and its words: at most 64, each once, without the signs around them."""
    text = tidy(typed)
    words = dict.fromkeys(word.casefold() for chunk in text.split() if (word := _without_signs(chunk)))
    return Query(text=text, words=tuple(words)[:MAX_WORDS])


def tidy(typed: str) -> str:
    """One line in the one form of each character (NFKC), without what cannot be seen: controls, NUL, directions, lone
    surrogates."""
    text = unicodedata.normalize("NFKC", typed[:MAX_LENGTH])
    return " ".join("".join(map(_visible, text)).split()[: 2 * MAX_WORDS])[:MAX_LENGTH]


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    # Cf holds the marks of direction, but also the joiners inside emoji and Indic words.
    return "" if category[0] == "C" and character not in "\u200c\u200d" else character


def _without_signs(chunk: str) -> str:
    """Quotes, brackets and dashes around a word say nothing about what is looked for; inside it they do: 2016-4."""
    start, end = 0, len(chunk)
    while start < end and _is_sign(chunk[start]):
        start += 1
    while end > start and _is_sign(chunk[end - 1]):
        end -= 1
    return chunk[start:end][:MAX_WORD_LENGTH]


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZC"
