"""One article as a line of an import file gives it."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from news.imports.jsonl import BadLineError
from news.models import Article, Mention, Section, Source

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"\s+")
# Letters that are not whole (half a UTF-16 pair) reach JSON as escapes, and no database.
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LONGEST_TAG = 100
_LONGEST_BODY = 5_000_000
_YEARS = range(1000, 3000)
_LANGUAGES = {code: code for code, _ in settings.LANGUAGES}


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """None stands for a key that is missing: an article that is already there keeps what it has."""

    number: int
    external_id: str
    title: str
    publish_at: dt.datetime
    dateline_on: dt.date
    standfirst: str | None
    body: str | None
    section: str | None
    source: str | None
    tags: tuple[str, ...] | None
    people: tuple[str, ...]
    organizations: tuple[str, ...]
    language: str | None


def read_article(found: dict[str, Any], *, number: int) -> ArticleLine:
    """Read the object of line `number`. Raises BadLineError with every reason."""
    reader = _Reader(found)
    publish_at, dateline_on = reader.moment("published")
    article = ArticleLine(
        number=number,
        external_id=reader.required("external_id", longest=_longest(Article, "external_id")),
        title=reader.required("title", longest=_longest(Article, "title")),
        publish_at=publish_at,
        dateline_on=dateline_on,
        standfirst=reader.line("standfirst", longest=_longest(Article, "standfirst")),
        body=reader.text("body", longest=_LONGEST_BODY),
        section=reader.line("section", longest=_longest(Section, "name")),
        source=reader.line("source", longest=_longest(Source, "name")),
        tags=reader.names("tags", longest=_LONGEST_TAG),
        people=reader.names("people", longest=_longest(Mention, "label")) or (),
        organizations=reader.names("organizations", longest=_longest(Mention, "label")) or (),
        language=reader.language("language"),
    )
    if reader.problems:
        raise BadLineError("; ".join(reader.problems))
    return article


class _Reader:
    def __init__(self, found: dict[str, Any]) -> None:
        self.found = found
        self.problems: list[str] = []

    def required(self, key: str, *, longest: int) -> str:
        value = self.found.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            self.found[key] = str(value)
        text = self.line(key, longest=longest)
        if not text and not any(problem.startswith(f"{key}:") for problem in self.problems):
            self.problems.append(f"{key}: missing")
        return text or ""

    def line(self, key: str, *, longest: int) -> str | None:
        text = self.text(key, longest=longest)
        return _BLANKS.sub(" ", text).strip() if text is not None else None

    def text(self, key: str, *, longest: int) -> str | None:
        """None where the key is missing, "" where it is null."""
        if key not in self.found:
            return None
        value = "" if self.found[key] is None else self.found[key]
        if not isinstance(value, str):
            self.problems.append(f"{key}: not a text")
            return None
        return self._sound(key, value, longest=longest)

    def names(self, key: str, *, longest: int) -> tuple[str, ...] | None:
        if key not in self.found:
            return None
        value = [] if self.found[key] is None else self.found[key]
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.problems.append(f"{key}: not a list of texts")
            return None
        names = [_BLANKS.sub(" ", self._sound(key, each, longest=longest) or "").strip() for each in value]
        return tuple(dict.fromkeys(filter(None, names)))

    def moment(self, key: str) -> tuple[dt.datetime, dt.date]:
        """(moment, day in the portal's zone). A day without an hour begins at midnight."""
        value = self.found.get(key)
        try:
            moment = dt.datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
            if moment is not None and moment.tzinfo is None:
                moment = moment.replace(tzinfo=timezone.get_default_timezone())
            if moment is not None and moment.year in _YEARS:
                local = timezone.localtime(moment, timezone.get_default_timezone())
                return moment, local.date()
        except ValueError:
            pass
        self.problems.append(f"{key}: {'missing' if value in (None, '') else 'not an ISO 8601 date'}")
        return dt.datetime(1, 1, 1, tzinfo=dt.UTC), dt.date(1, 1, 1)

    def language(self, key: str) -> str | None:
        text = self.line(key, longest=35)
        if not text:
            return None
        code = text.lower().replace("_", "-")
        if code == "zh" or code.startswith(("zh-cn", "zh-sg")):
            code = "zh-hans"
        language = _LANGUAGES.get(code) or _LANGUAGES.get(code.split("-")[0])
        if language is None:
            self.problems.append(f"{key}: “{text}” is none of {', '.join(_LANGUAGES)}")
        return language

    def _sound(self, key: str, value: str, *, longest: int) -> str | None:
        if _SURROGATE.search(value):
            self.problems.append(f"{key}: not whole letters (half a surrogate pair)")
        elif len(value) > longest:
            self.problems.append(f"{key}: longer than {longest:,} characters")
        else:
            return _CONTROLS.sub("", value)
        return None


def _longest(model: Any, field: str) -> int:
    return int(model._meta.get_field(field).max_length)
