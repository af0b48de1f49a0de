"""The words of a text as the index knows them. One analyser for what is indexed, what is asked and what is marked."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from Stemmer import Stemmer

# Whoever changes what comes out of here raises the number: `search_index check` then asks for a rebuild.
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
    # Signs that stand for something: 🚂, ☎, ¥.
    r"|(?P<sign>[\u2600-\u27bf\U0001f000-\U0001faff])"
)
# Most words are nothing but letters and end as words do: those are found without trying the rest.
_PIECE = re.compile(rf"[A-Za-z0-9]++(?![-./'’]?[\w{_MARKS}])|" + re.sub(r"\?P<\w+>", "?:", _TOKEN.pattern))
_match_chinese = re.compile(rf"[{_CHINESE}]").match
# Stands after the last character of a run, which has no neighbour.
_END = "\0"
_PART = re.compile(r"[A-Za-z]+|\d+")
_stem = Stemmer("english", 0).stemWord


class Token(NamedTuple):
    """A term, its place among the words, and where it stands in the text. Parts of a number share its place."""

    term: str
    place: int
    start: int
    end: int
    # Part of a number, or one of many Chinese characters: indexed, but not asked for.
    is_extra: bool = False


def tokenize(text: str) -> Iterator[Token]:
    """Every word of `text` in its order, stopwords too."""
    place = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match.lastgroup == "chinese":
            yield from _chinese_tokens(match.group(), start=start, place=place)
            place += end - start
            continue
        word = match.group()
        found = to_term(word.replace(".", "") if match.lastgroup == "initials" else word)
        if found:
            yield Token(found, place, start, end)
            if match.lastgroup == "number":
                yield from _number_tokens(match, place=place)
            place += 1


def split_pieces(text: str) -> list[str]:
    """The text cut where tokens() cuts it, and a run of Chinese characters cut once more: what comes again and again is
    each pair of neighbours, not the run. The tokens of each piece follow those of the piece before, whatever stands
    between them."""
    found: list[str] = _PIECE.findall(text)
    if text.isascii():
        return found
    return [part for piece in found for part in (_character_pairs(piece) if starts_with_chinese(piece) else (piece,))]


def iter_pieces(text: str) -> Iterator[re.Match[str]]:
    """The text cut where tokens() cuts it, runs of Chinese characters whole."""
    return _PIECE.finditer(text)


def tokenize_piece(piece: str) -> list[Token]:
    """The tokens of one of the pieces of a text, as if that began with it."""
    if len(piece) != 2 or not starts_with_chinese(piece):
        return list(tokenize(piece))
    alone = Token(_simplify(piece[0]), 0, 0, 1, is_extra=True)
    if piece[1] == _END:
        return [alone]
    return [Token(alone.term + _simplify(piece[1]), 0, 0, 2), alone]


def to_terms(text: str) -> list[str]:
    """What a question with these words asks for, in its order."""
    return [token.term for token in tokenize(text) if not token.is_extra]


@lru_cache(maxsize=50_000)
def to_term(word: str) -> str:
    """The one form of a word: no case, no accents, no full-width letters, its stem."""
    plain = fold(word)
    return (_stem(plain) if plain.isalpha() else plain)[:MAX_TERM_LENGTH]


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word without case, accents and width, the possessive left out, Chinese in simplified characters."""
    if word.isascii():
        plain = word.casefold()
    else:
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
        bare = "".join(character for character in apart if not unicodedata.combining(character))
        plain = unicodedata.normalize("NFC", bare).translate(traditional_to_simplified())
    plain = plain.replace("’", "'")
    return plain.removesuffix("'s").replace("'", "")


@cache
def traditional_to_simplified() -> dict[int, int]:
    """Traditional characters with the one simplified character that each has."""
    lines = Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8").splitlines()
    return {ord(line[0]): ord(line[1]) for line in lines if not line.startswith("#")}


def is_chinese(text: str) -> bool:
    """True for a run of characters that is written without spaces."""
    return re.fullmatch(rf"[{_CHINESE}]+", text) is not None


def starts_with_chinese(text: str) -> bool:
    return _match_chinese(text) is not None


def _chinese_tokens(run: str, *, start: int, place: int) -> Iterator[Token]:
    """Pairs of characters, since nothing tells the words apart; and each character, for those who type only one."""
    simple = [_simplify(character) for character in run]
    for n, character in enumerate(simple):
        if n + 1 < len(run):
            yield Token(character + simple[n + 1], place + n, start + n, start + n + 2)
        yield Token(character, place + n, start + n, start + n + 1, is_extra=len(run) > 1)


def _simplify(character: str) -> str:
    return fold(character)[:1] or character


def _character_pairs(run: str) -> Iterable[str]:
    """Each character with the one that follows it; a character that stands alone, alone."""
    return map("".join, zip(run, run[1:] + _END, strict=True)) if len(run) > 1 else (run,)


def _number_tokens(match: re.Match[str], *, place: int) -> Iterator[Token]:
    for part in _PART.finditer(match.group()):
        start = match.start() + part.start()
        yield Token(part.group().casefold(), place, start, start + len(part.group()), is_extra=True)
