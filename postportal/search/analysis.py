"""Text analysis: words to index terms. Indexing, queries and highlighting share this one analyser."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from Stemmer import Stemmer

from postportal.text.characters import APOSTROPHES, CHINESE, HYPHENS, INVISIBLE, MARKS, VARIATION_SELECTORS
from postportal.text.folding import fold

# Raise it when a change here produces other terms: `search_index check` then reports that the index needs a rebuild.
ANALYSER_VERSION = 3
MAX_TERM_LENGTH = 64
# What may stand between two letters of a word and is not seen: soft hyphens, joiners, variation selectors.
_UNSEEN = INVISIBLE + VARIATION_SELECTORS
_LETTERS = rf"[^\W_{CHINESE}]"
_WORD = rf"{_LETTERS}[{MARKS}{_UNSEEN}]*"
_TOKEN = re.compile(
    rf"(?P<chinese>[{CHINESE}](?:[{CHINESE}{_UNSEEN}]*[{CHINESE}])?)"
    # U.S. and Ph.D. are one word; 2016-4, T2016-4 and 1.5 are a word and its parts.
    rf"|(?P<initials>(?<!\w){_LETTERS}(?:\.{_LETTERS})+(?!\w)\.?)"
    rf"|(?P<number>(?<!\w)[A-Za-z]{{0,2}}\d+(?:[{HYPHENS}./]\d+)+(?!\w))"
    rf"|(?P<word>(?:{_WORD})+(?:[{APOSTROPHES}](?:{_WORD})+)*)"
    # Symbols with a meaning: 🚂, ☎.
    r"|(?P<sign>[\u2600-\u27bf\U0001f000-\U0001faff])"
)
# Most words are plain letters: the first alternative finds those without trying the others.
_PIECE = re.compile(
    rf"[A-Za-z0-9]++(?![{HYPHENS}./{APOSTROPHES}]?[\w{MARKS}{_UNSEEN}])|" + re.sub(r"\?P<\w+>", "?:", _TOKEN.pattern)
)
_unseen = re.compile(rf"[{_UNSEEN}]")
_possessive = re.compile(rf"[{APOSTROPHES}][sS]\Z")
_match_chinese = re.compile(rf"[{CHINESE}]").match
_find_chinese = re.compile(rf"[{CHINESE}]").search
# Stands around words, and never within a token.
_PUNCTUATION = '.,;:!?()"'
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
            place += len(_unseen.sub("", match.group()))
            continue
        word = match.group()
        term = to_term(word.replace(".", "") if match.lastgroup == "initials" else word)
        if term:
            yield Token(term, place, start, end)
            if match.lastgroup == "number":
                yield from _number_tokens(match, place=place)
            place += 1


def split_pieces(text: str) -> list[str]:
    """Split the text into pieces whose tokens can be cached: what stands between spaces, and pairs of neighbouring
    Chinese characters, since pairs recur and whole runs do not. The tokens of the text are those of its pieces, one
    after the other: no token has a space in it or looks beyond one."""
    chunks = without_unseen(text).split()
    if text.isascii() or not _find_chinese(text):
        return chunks
    return [piece for chunk in chunks for piece in (_split_chunk(chunk) if _find_chinese(chunk) else (chunk,))]


def _split_chunk(chunk: str) -> Iterator[str]:
    for piece in _PIECE.findall(chunk):
        yield from _character_pairs(piece) if starts_with_chinese(piece) else (piece,)


def iter_pieces(text: str) -> Iterator[re.Match[str]]:
    """Yield matches of the pieces of `text`, with each run of Chinese characters as one piece."""
    return _PIECE.finditer(text)


def plain_form(piece: str) -> str:
    """Return a piece with the same terms and words that other pieces share: without case and punctuation."""
    if not piece.isascii():
        return piece
    bare = piece.strip(_PUNCTUATION)
    return bare.lower() if bare.isalnum() else piece


def read_piece(piece: str) -> tuple[list[tuple[str, int]], list[str]]:
    """Return the terms of a piece from `split_pieces`, each with its place from the start of the piece, and its words
    in lower case. Chinese has no words, because no spaces separate them."""
    if piece.isascii() and piece.isalnum():
        word = piece.lower()
        return [(_term_of(word), 0)], [word]
    if len(piece) == 2 and starts_with_chinese(piece):
        single = _simplify(piece[0])
        return [(single, 0)] if piece[1] == _END else [(single + _simplify(piece[1]), 0), (single, 0)], []
    tokens = list(tokenize(piece))
    words = [] if starts_with_chinese(piece) else [fold_word(piece[token.start : token.end]) for token in tokens]
    return [(token.term, token.place) for token in tokens], words


def to_terms(text: str) -> list[str]:
    """Return the terms that a query with this text searches for, in order."""
    return [token.term for token in tokenize(without_unseen(text)) if not token.is_extra]


@lru_cache(maxsize=50_000)
def to_term(word: str) -> str:
    """Return the index term of a word: folded, and stemmed if it consists of letters."""
    return _term_of(fold_word(word))


def _term_of(folded: str) -> str:
    return (_stem(folded) if folded.isalpha() else folded)[:MAX_TERM_LENGTH]


def fold_word(word: str) -> str:
    """Return the folded word without possessive ending."""
    return fold(_possessive.sub("", word))


def is_chinese_text(text: str) -> bool:
    """Return True if the text consists of characters written without spaces between words."""
    return re.fullmatch(rf"[{CHINESE}]+", text) is not None


def starts_with_chinese(text: str) -> bool:
    return _match_chinese(text) is not None


def without_unseen(text: str) -> str:
    """Return the text without the signs that nobody sees, in one form of Unicode."""
    return text if text.isascii() else _unseen.sub("", unicodedata.normalize("NFC", text))


def _chinese_tokens(run: str, *, start: int, place: int) -> Iterator[Token]:
    """Yield pairs of characters, since no spaces separate the words, and single ones for queries of one character."""
    seen = [(n, _simplify(character)) for n, character in enumerate(run) if not _unseen.match(character)]
    for count, (n, character) in enumerate(seen):
        if count + 1 < len(seen):
            end, successor = seen[count + 1]
            yield Token(character + successor, place + count, start + n, start + end + 1)
        yield Token(character, place + count, start + n, start + n + 1, is_extra=len(seen) > 1)


@lru_cache(maxsize=20_000)
def _simplify(character: str) -> str:
    return fold(character)[:1] or character


def _character_pairs(run: str) -> Iterable[str]:
    """Return each character of the run with its successor; a run of one character as it is."""
    return map("".join, zip(run, run[1:] + _END, strict=True)) if len(run) > 1 else (run,)


def _number_tokens(match: re.Match[str], *, place: int) -> Iterator[Token]:
    for part in _PART.finditer(match.group()):
        start = match.start() + part.start()
        yield Token(fold(part.group()), place, start, start + len(part.group()), is_extra=True)
