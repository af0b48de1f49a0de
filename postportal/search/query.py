"""Parser of search queries. No text is an error: invalid syntax is searched for as words."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

from postportal.search.analysis import to_terms
from postportal.search.stopwords import STOPWORDS
from postportal.search.traits import separate
from postportal.text.tidying import tidy_line

MAX_WORDS = 64
# Enough for a pasted paragraph, and quick to parse.
MAX_LENGTH = 2000
MAX_WORD_LENGTH = 100
# The prefix of a typed filter, and the facet it filters by.
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
    r"|(?<!\S)-(?P<excluded>\w\S*)"
    r'|(?P<word>[^\s"]+)|"',
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Query:
    """A parsed query. `text` is shown again in the search field; `words` are the words outside quotes and filters, as
    they were typed."""

    text: str
    words: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded_phrases: tuple[tuple[str, ...], ...] = ()
    filters: tuple[tuple[str, str], ...] = field(default=())

    @property
    def has_criteria(self) -> bool:
        """True if there is anything to search for: words, a phrase or a filter."""
        return bool(self.terms or self.phrases or self.filters)

    @property
    def text_without_filters(self) -> str:
        """The text without typed filters."""
        text = self.text
        for name, value in self.filters:
            text = remove_filter(text, name=name, value=value)
        return text

    @cached_property
    def word_terms(self) -> tuple[str, ...]:
        """The terms of the words without stopwords."""
        return significant_terms(" ".join(self.words))

    @property
    def title_terms(self) -> tuple[str, ...]:
        """The terms of all words, stopwords included, to match a whole title."""
        return tuple(to_terms(" ".join(self.words)))


@dataclass
class _QueryParser:
    words: list[str] = field(default_factory=list)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    excluded_phrases: list[tuple[str, ...]] = field(default_factory=list)
    filters: list[tuple[str, str]] = field(default_factory=list)

    def add_piece(self, piece: re.Match[str]) -> None:
        if piece["name"]:
            self._add_filter(OPERATORS[piece["name"].casefold()], piece["quoted"] or piece["value"], text=piece.group())
        elif piece["phrase"] is not None:
            phrase = tuple(to_terms(piece["phrase"]))[:MAX_WORDS]
            if phrase:
                (self.excluded_phrases if piece["minus"] else self.phrases).append(phrase)
        elif piece["excluded"]:
            phrase = tuple(to_terms(piece["excluded"][:MAX_WORD_LENGTH]))
            if phrase:
                self.excluded_phrases.append(phrase)
        elif piece["word"] and (word := _strip_punctuation(piece["word"])):
            self.words.append(word)

    def _add_filter(self, name: str, value: str, *, text: str) -> None:
        """Add a filter. If its value is invalid, as in `year:long`, add its text as a word."""
        if (name == "year" and not parse_year(value)) or (name in ("before", "after") and not parse_day(value)):
            self.words.append(_strip_punctuation(text))
        else:
            self.filters.append((name, value.strip()[:MAX_WORD_LENGTH]))


def parse(typed: str) -> Query:
    """Parse what a reader typed. At most MAX_WORDS words are used."""
    text = normalize_text(typed)
    parser = _QueryParser()
    for piece in _PIECE.finditer(text.translate(_QUOTES)):
        parser.add_piece(piece)
    words = tuple(parser.words)[:MAX_WORDS]
    phrase_terms = [term for phrase in parser.phrases for term in phrase]
    return Query(
        text=text,
        words=words,
        terms=(*significant_terms(" ".join(words)), *phrase_terms)[:MAX_WORDS],
        phrases=tuple(parser.phrases),
        excluded_phrases=tuple(parser.excluded_phrases),
        filters=tuple(dict.fromkeys(parser.filters)),
    )


def significant_terms(text: str) -> tuple[str, ...]:
    """Return the terms of a text without stopwords such as “the”, or all terms if there are no others."""
    terms = to_terms(separate(text))
    return tuple([term for term in terms if term not in STOPWORDS] or terms)


def split_commas(text: str) -> list[str]:
    """Split a text at commas and similar marks, without blanks and duplicates."""
    return list(dict.fromkeys(filter(None, (part.strip() for part in _COMMA.split(text)))))


def remove_filter(text: str, *, name: str, value: str) -> str:
    """Return the text of a query without the typed filter."""
    remaining, end = [], 0
    for piece in _PIECE.finditer(text.translate(_QUOTES)):
        parser = _QueryParser()
        parser.add_piece(piece)
        if (name, value) in parser.filters:
            remaining.append(text[end : piece.start()])
            end = piece.end()
    return " ".join("".join([*remaining, text[end:]]).split())


def parse_year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{4}", text) and text != "0000" else None


def parse_day(text: str) -> dt.date | None:
    """Return the first day of `2021`, `2021-12` or `2021-12-08`; None if the text is not a date."""
    parts = [int(part) for part in text.split("-")] if re.fullmatch(r"[0-9]{4}(-[0-9]{1,2}){0,2}", text) else []
    try:
        return dt.date(*[*parts, 1, 1][:3]) if parts else None
    except ValueError:
        return None


def normalize_text(typed: str) -> str:
    """Return the text as one tidied line, in compatibility forms (NFKC)."""
    text = tidy_line(unicodedata.normalize("NFKC", typed[:MAX_LENGTH]))
    return " ".join(text.split()[: 2 * MAX_WORDS])[:MAX_LENGTH]


def _strip_punctuation(chunk: str) -> str:
    """Strip punctuation around a word, but not inside it: “(2016-4)” becomes “2016-4”."""
    start, end = 0, len(chunk)
    while start < end and _is_punctuation(chunk[start]):
        start += 1
    while end > start and _is_punctuation(chunk[end - 1]):
        end -= 1
    return chunk[start:end][:MAX_WORD_LENGTH]


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZC"
