"""Text analysis: words to index terms. Indexing, queries and highlighting share this one analyser."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from Stemmer import Stemmer

# Raise it when a change here produces other terms: `search_index check` then reports that the index needs a rebuild.
ANALYSER_VERSION = 1
MAX_TERM_LENGTH = 64
_CHINESE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = "\u0300-\u036f"
_LETTERS = rf"[^\W_{_CHINESE}{_MARKS}]"
_WORD = rf"{_LETTERS}[{_MARKS}]*"
_TOKEN = re.compile(
    rf"(?P<chinese>[{_CHINESE}]+)"
    # U.S. and Ph.D. are one word; 2016-4, T2016-4 and 1.5 are a word and its parts.
    rf"|(?P<initials>(?<!\w){_LETTERS}(?:\.{_LETTERS})+(?!\w)\.?)"
    r"|(?P<number>(?<!\w)[A-Za-z]{0,2}\d+(?:[-./]\d+)+(?!\w))"
    rf"|(?P<word>(?:{_WORD})+(?:['’](?:{_WORD})+)*)"
    # Symbols with a meaning: 🚂, ☎.
    r"|(?P<sign>[\u2600-\u27bf\U0001f000-\U0001faff])"
)
# Most words are plain letters: the first alternative finds those without trying the others.
_PIECE = re.compile(rf"[A-Za-z0-9]++(?![-./'’]?[\w{_MARKS}])|" + re.sub(r"\?P<\w+>", "?:", _TOKEN.pattern))
_match_chinese = re.compile(rf"[{_CHINESE}]").match
# Paired with the last character of a run of Chinese, which has no neighbour.
_END = "\0"
_PART = re.compile(r"[A-Za-z]+|\d+")
_stem = Stemmer("english", 0).stemWord


class Token(NamedTuple):
    """A term, its place among the words, and its span in the text. The parts of a number share its place."""

    term: str
    place: int
    start: int
    end: int
    # Part of a number, or a single character of a Chinese run: indexed, but not a term of a query.
    is_extra: bool = False


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of `text` in order, stopwords included."""
    place = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match.lastgroup == "chinese":
            yield from _chinese_tokens(match.group(), start=start, place=place)
            place += end - start
            continue
        word = match.group()
        term = to_term(word.replace(".", "") if match.lastgroup == "initials" else word)
        if term:
            yield Token(term, place, start, end)
            if match.lastgroup == "number":
                yield from _number_tokens(match, place=place)
            place += 1


def split_pieces(text: str) -> list[str]:
    """Split the text into pieces whose tokens can be cached: the words of `tokenize`, and pairs of neighbouring Chinese
    characters, since pairs recur and whole runs do not. The tokens of the text are those of its pieces, one after the
    other."""
    pieces: list[str] = _PIECE.findall(text)
    if text.isascii():
        return pieces
    return [part for piece in pieces for part in (_character_pairs(piece) if starts_with_chinese(piece) else (piece,))]


def iter_pieces(text: str) -> Iterator[re.Match[str]]:
    """Yield matches of the pieces of `text`, with each run of Chinese characters as one piece."""
    return _PIECE.finditer(text)


def tokenize_piece(piece: str) -> list[Token]:
    """Return the tokens of a piece from `split_pieces`, with places counted from its start."""
    if len(piece) != 2 or not starts_with_chinese(piece):
        return list(tokenize(piece))
    single = Token(_simplify(piece[0]), 0, 0, 1, is_extra=True)
    if piece[1] == _END:
        return [single]
    return [Token(single.term + _simplify(piece[1]), 0, 0, 2), single]


def to_terms(text: str) -> list[str]:
    """Return the terms that a query with this text searches for, in order."""
    return [token.term for token in tokenize(text) if not token.is_extra]


@lru_cache(maxsize=50_000)
def to_term(word: str) -> str:
    """Return the index term of a word: folded, and stemmed if it consists of letters."""
    folded = fold(word)
    return (_stem(folded) if folded.isalpha() else folded)[:MAX_TERM_LENGTH]


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Return the word without case, accents, full-width letters and possessive ending, in simplified Chinese."""
    if word.isascii():
        folded = word.casefold()
    else:
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
        bare = "".join(character for character in decomposed if not unicodedata.combining(character))
        folded = unicodedata.normalize("NFC", bare).translate(traditional_to_simplified())
    folded = folded.replace("’", "'")
    return folded.removesuffix("'s").replace("'", "")


@cache
def traditional_to_simplified() -> dict[int, int]:
    """Return a translation table of the traditional characters that have exactly one simplified form."""
    lines = Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8").splitlines()
    return {ord(line[0]): ord(line[1]) for line in lines if not line.startswith("#")}


def is_chinese_text(text: str) -> bool:
    """Return True if the text consists of characters written without spaces between words."""
    return re.fullmatch(rf"[{_CHINESE}]+", text) is not None


def starts_with_chinese(text: str) -> bool:
    return _match_chinese(text) is not None


def _chinese_tokens(run: str, *, start: int, place: int) -> Iterator[Token]:
    """Yield pairs of characters, since no spaces separate the words, and single ones for queries of one character."""
    simplified = [_simplify(character) for character in run]
    for n, character in enumerate(simplified):
        if n + 1 < len(run):
            yield Token(character + simplified[n + 1], place + n, start + n, start + n + 2)
        yield Token(character, place + n, start + n, start + n + 1, is_extra=len(run) > 1)


def _simplify(character: str) -> str:
    return fold(character)[:1] or character


def _character_pairs(run: str) -> Iterable[str]:
    """Return each character of the run with its successor; a run of one character as it is."""
    return map("".join, zip(run, run[1:] + _END, strict=True)) if len(run) > 1 else (run,)


def _number_tokens(match: re.Match[str], *, place: int) -> Iterator[Token]:
    for part in _PART.finditer(match.group()):
        start = match.start() + part.start()
        yield Token(part.group().casefold(), place, start, start + len(part.group()), is_extra=True)
