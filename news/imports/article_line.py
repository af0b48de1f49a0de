"""One article as a line of an import file gives it."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from news.imports.jsonl import BadLineError
from news.models import Article, Mention, Section, Source

_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"\s+")
# Letters that are not whole (half a UTF-16 pair) reach JSON as escapes, and no database.
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MAX_TAG_LENGTH = 100
_MAX_BODY_LENGTH = 5_000_000
_VALID_YEARS = range(1000, 3000)
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


def read_article(data: dict[str, Any], *, number: int) -> ArticleLine:
    """Read the object of line `number`. Raises BadLineError with every reason."""
    reader = _FieldReader(data)
    publish_at, dateline_on = reader.read_moment("published")
    article = ArticleLine(
        number=number,
        external_id=reader.read_required("external_id", longest=_max_length(Article, "external_id")),
        title=reader.read_required("title", longest=_max_length(Article, "title")),
        publish_at=publish_at,
        dateline_on=dateline_on,
        standfirst=reader.read_line("standfirst", longest=_max_length(Article, "standfirst")),
        body=reader.read_text("body", longest=_MAX_BODY_LENGTH),
        section=reader.read_line("section", longest=_max_length(Section, "name")),
        source=reader.read_line("source", longest=_max_length(Source, "name")),
        tags=reader.read_names("tags", longest=_MAX_TAG_LENGTH),
        people=reader.read_names("people", longest=_max_length(Mention, "label")) or (),
        organizations=reader.read_names("organizations", longest=_max_length(Mention, "label")) or (),
        language=reader.read_language("language"),
    )
    if reader.problems:
        raise BadLineError("; ".join(reader.problems))
    return article


class _FieldReader:
    def __init__(self, found: dict[str, Any]) -> None:
        self.data = found
        self.problems: list[str] = []

    def read_required(self, key: str, *, longest: int) -> str:
        value = self.data.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            self.data[key] = str(value)
        text = self.read_line(key, longest=longest)
        if not text and not any(problem.startswith(f"{key}:") for problem in self.problems):
            self.problems.append(f"{key}: missing")
        return text or ""

    def read_line(self, key: str, *, longest: int) -> str | None:
        text = self.read_text(key, longest=longest)
        return _BLANKS.sub(" ", text).strip() if text is not None else None

    def read_text(self, key: str, *, longest: int) -> str | None:
        """None where the key is missing, "" where it is null."""
        if key not in self.data:
            return None
        value = "" if self.data[key] is None else self.data[key]
        if not isinstance(value, str):
            self.problems.append(f"{key}: not a text")
            return None
        return self._check_text(key, value, longest=longest)

    def read_names(self, key: str, *, longest: int) -> tuple[str, ...] | None:
        if key not in self.data:
            return None
        value = [] if self.data[key] is None else self.data[key]
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.problems.append(f"{key}: not a list of texts")
            return None
        names = [_BLANKS.sub(" ", self._check_text(key, each, longest=longest) or "").strip() for each in value]
        return tuple(dict.fromkeys(filter(None, names)))

    def read_moment(self, key: str) -> tuple[dt.datetime, dt.date]:
        """(moment, day in the portal's zone). A day without an hour begins at midnight."""
        value = self.data.get(key)
        try:
            moment = dt.datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
            if moment is not None and moment.tzinfo is None:
                moment = moment.replace(tzinfo=timezone.get_default_timezone())
            if moment is not None and moment.year in _VALID_YEARS:
                local = timezone.localtime(moment, timezone.get_default_timezone())
                return moment, local.date()
        except ValueError:
            pass
        self.problems.append(f"{key}: {'missing' if value in (None, '') else 'not an ISO 8601 date'}")
        return dt.datetime(1, 1, 1, tzinfo=dt.UTC), dt.date(1, 1, 1)

    def read_language(self, key: str) -> str | None:
        text = self.read_line(key, longest=35)
        if not text:
            return None
        code = text.lower().replace("_", "-")
        if code == "zh" or code.startswith(("zh-cn", "zh-sg")):
            code = "zh-hans"
        language = _LANGUAGES.get(code) or _LANGUAGES.get(code.split("-")[0])
        if language is None:
            self.problems.append(f"{key}: “{text}” is none of {', '.join(_LANGUAGES)}")
        return language

    def _check_text(self, key: str, value: str, *, longest: int) -> str | None:
        if _SURROGATE.search(value):
            self.problems.append(f"{key}: not whole letters (half a surrogate pair)")
        elif len(value) > longest:
            self.problems.append(f"{key}: longer than {longest:,} characters")
        else:
            return _CONTROL_CHARACTERS.sub("", value)
        return None


def _max_length(model: Any, field: str) -> int:
    return int(model._meta.get_field(field).max_length)
