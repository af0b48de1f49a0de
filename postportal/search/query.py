"""What a reader typed, made safe to search with and taken apart. Nothing in it is an error."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field

from postportal.search.analysis import to_terms
from postportal.search.stopwords import STOPWORDS

MAX_WORDS = 64
# A headline pasted whole fits, and no more than the parser can read at once.
MAX_LENGTH = 2000
MAX_WORD_LENGTH = 100
# What stands before a colon, and the filter it means.
OPERATORS = {
    "section": "section",
    "tag": "tag",
    "person": "person",
    "org": "organization",
    "organization": "organization",
    "source": "source",
    "type": "type",
    "year": "year",
    "language": "language",
    "before": "before",
    "after": "after",
}
_QUOTES = str.maketrans("“”„«»＂", '""""""')
_COMMA = re.compile(r"[,，、;；\n]")
_PIECE = re.compile(
    rf'(?<!\S)(?P<name>{"|".join(OPERATORS)}):(?:"(?P<quoted>[^"]+)"|(?P<value>[^\s":]\S*))'
    r'|(?<!\S)(?P<minus>-)?"(?P<phrase>[^"]*)"'
    r"|(?<!\S)-(?P<without>\w\S*)"
    r'|(?P<word>[^\s"]+)|"',
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Query:
    """`text` is what to show again; `words` are those outside quotes and filters, as they were typed."""

    text: str
    words: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded_phrases: tuple[tuple[str, ...], ...] = ()
    filters: tuple[tuple[str, str], ...] = field(default=())

    @property
    def has_criteria(self) -> bool:
        """True where there is something to look for: words, or at least a filter."""
        return bool(self.terms or self.phrases or self.filters)

    @property
    def text_without_filters(self) -> str:
        """The text without the filters typed in it."""
        text = self.text
        for name, value in self.filters:
            text = remove_filter(text, name=name, value=value)
        return text

    @property
    def title_terms(self) -> tuple[str, ...]:
        """The words as the name of something, stopwords and all."""
        return tuple(to_terms(" ".join(self.words)))


@dataclass
class _QueryParser:
    words: list[str] = field(default_factory=list)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    without: list[tuple[str, ...]] = field(default_factory=list)
    filters: list[tuple[str, str]] = field(default_factory=list)

    def add_piece(self, piece: re.Match[str]) -> None:
        if piece["name"]:
            self._filter(OPERATORS[piece["name"].casefold()], piece["quoted"] or piece["value"], typed=piece.group())
        elif piece["phrase"] is not None:
            phrase = tuple(to_terms(piece["phrase"]))[:MAX_WORDS]
            if phrase:
                (self.without if piece["minus"] else self.phrases).append(phrase)
        elif piece["without"]:
            phrase = tuple(to_terms(piece["without"][:MAX_WORD_LENGTH]))
            if phrase:
                self.without.append(phrase)
        elif piece["word"] and (word := _strip_punctuation(piece["word"])):
            self.words.append(word)

    def _filter(self, name: str, value: str, *, typed: str) -> None:
        """A filter that cannot be one, such as `year:long`, is a word like others."""
        if (name == "year" and not parse_year(value)) or (name in ("before", "after") and not parse_day(value)):
            self.words.append(_strip_punctuation(typed))
        else:
            self.filters.append((name, value.strip()[:MAX_WORD_LENGTH]))


def parse(typed: str) -> Query:
    """Return the text to show again and what it asks for: at most 64 words."""
    text = normalize_text(typed)
    reading = _QueryParser()
    for piece in _PIECE.finditer(text.translate(_QUOTES)):
        reading.add_piece(piece)
    words = tuple(reading.words)[:MAX_WORDS]
    inside = [term for phrase in reading.phrases for term in phrase]
    return Query(
        text=text,
        words=words,
        terms=(*significant_terms(" ".join(words)), *inside)[:MAX_WORDS],
        phrases=tuple(reading.phrases),
        excluded_phrases=tuple(reading.without),
        filters=tuple(dict.fromkeys(reading.filters)),
    )


def significant_terms(text: str) -> tuple[str, ...]:
    """The terms of a text that say what is looked for: without words such as “the”, unless there are no others."""
    every = to_terms(text)
    return tuple([term for term in every if term not in STOPWORDS] or every)


def split_commas(text: str) -> list[str]:
    """What stands between commas, each once: the way editors write several things that readers may type."""
    return list(dict.fromkeys(filter(None, (part.strip() for part in _COMMA.split(text)))))


def remove_filter(text: str, *, name: str, value: str) -> str:
    """The text without a filter that was typed in it, to show again and to search with."""
    kept, end = [], 0
    for piece in _PIECE.finditer(text.translate(_QUOTES)):
        reading = _QueryParser()
        reading.add_piece(piece)
        if (name, value) in reading.filters:
            kept.append(text[end : piece.start()])
            end = piece.end()
    return " ".join("".join([*kept, text[end:]]).split())


def parse_year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{4}", text) and text != "0000" else None


def parse_day(text: str) -> dt.date | None:
    """The first day that `2021`, `2021-12` or `2021-12-08` speaks of."""
    parts = [int(part) for part in text.split("-")] if re.fullmatch(r"[0-9]{4}(-[0-9]{1,2}){0,2}", text) else []
    try:
        return dt.date(*[*parts, 1, 1][:3]) if parts else None
    except ValueError:
        return None


def normalize_text(typed: str) -> str:
    """One line in the one form of each character (NFKC), without what cannot be seen: controls, NUL, directions, lone
    surrogates."""
    text = unicodedata.normalize("NFKC", typed[:MAX_LENGTH])
    return " ".join("".join(map(_visible_or_blank, text)).split()[: 2 * MAX_WORDS])[:MAX_LENGTH]


def _visible_or_blank(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    # Cf holds the marks of direction, but also the joiners inside emoji and Indic words.
    return "" if category[0] == "C" and character not in "\u200c\u200d" else character


def _strip_punctuation(chunk: str) -> str:
    """Brackets and dashes around a word say nothing about what is looked for; inside it they do: 2016-4."""
    start, end = 0, len(chunk)
    while start < end and _is_punctuation(chunk[start]):
        start += 1
    while end > start and _is_punctuation(chunk[end - 1]):
        end -= 1
    return chunk[start:end][:MAX_WORD_LENGTH]


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZC"
