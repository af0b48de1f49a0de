"""Parsing of one article in an import file."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from news.imports.jsonl import BadLineError
from news.models import Article, Mention, Section, Source
from postportal.web.date_ranges import PUBLICATION_DAYS
from postportal.web.languages import match_language

_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"\s+")
# Half of a UTF-16 pair can be escaped in JSON but stored in no database.
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MAX_TAG_LENGTH = 100
_MAX_BODY_LENGTH = 5_000_000


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """The values of one line. None means that the key is missing: an existing article keeps its value."""

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
    """Return the article of line `number`. Raises BadLineError with all reasons."""
    reader = _FieldReader(data)
    publish_at, dateline_on = reader.read_moment("published")
    article = ArticleLine(
        number=number,
        external_id=reader.read_required("external_id", max_length=_max_length(Article, "external_id")),
        title=reader.read_required("title", max_length=_max_length(Article, "title")),
        publish_at=publish_at,
        dateline_on=dateline_on,
        standfirst=reader.read_line("standfirst", max_length=_max_length(Article, "standfirst")),
        body=reader.read_text("body", max_length=_MAX_BODY_LENGTH),
        section=reader.read_line("section", max_length=_max_length(Section, "name")),
        source=reader.read_line("source", max_length=_max_length(Source, "name")),
        tags=reader.read_names("tags", max_length=_MAX_TAG_LENGTH),
        people=reader.read_names("people", max_length=_max_length(Mention, "label")) or (),
        organizations=reader.read_names("organizations", max_length=_max_length(Mention, "label")) or (),
        language=reader.read_language("language"),
    )
    if reader.problems:
        raise BadLineError("; ".join(reader.problems))
    return article


class _FieldReader:
    """Reads values of a JSON object and collects what is wrong with them in `problems`."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.problems: list[str] = []

    def read_required(self, key: str, *, max_length: int) -> str:
        value = self.data.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            self.data[key] = str(value)
        text = self.read_line(key, max_length=max_length)
        if not text and not any(problem.startswith(f"{key}:") for problem in self.problems):
            self.problems.append(f"{key}: missing")
        return text or ""

    def read_line(self, key: str, *, max_length: int) -> str | None:
        text = self.read_text(key, max_length=max_length)
        return _BLANKS.sub(" ", text).strip() if text is not None else None

    def read_text(self, key: str, *, max_length: int) -> str | None:
        """Return None if the key is missing, and "" if the value is null."""
        if key not in self.data:
            return None
        value = "" if self.data[key] is None else self.data[key]
        if not isinstance(value, str):
            self.problems.append(f"{key}: not a string")
            return None
        return self._check_text(key, value, max_length=max_length)

    def read_names(self, key: str, *, max_length: int) -> tuple[str, ...] | None:
        if key not in self.data:
            return None
        value = [] if self.data[key] is None else self.data[key]
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.problems.append(f"{key}: not a list of strings")
            return None
        names = [_BLANKS.sub(" ", self._check_text(key, each, max_length=max_length) or "").strip() for each in value]
        return tuple(dict.fromkeys(filter(None, names)))

    def read_moment(self, key: str) -> tuple[dt.datetime, dt.date]:
        """Return the time and the date in the time zone of the portal. A date without a time means midnight."""
        value = self.data.get(key)
        try:
            moment = dt.datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
            if moment is not None and moment.tzinfo is None:
                moment = moment.replace(tzinfo=timezone.get_default_timezone())
        except ValueError:
            moment = None
        if moment is not None and PUBLICATION_DAYS.includes(moment):
            return moment, timezone.localtime(moment, timezone.get_default_timezone()).date()
        self.problems.append(f"{key}: {_date_problem(value, moment)}")
        return dt.datetime(1, 1, 1, tzinfo=dt.UTC), dt.date(1, 1, 1)

    def read_language(self, key: str) -> str | None:
        text = self.read_line(key, max_length=35)
        if not text:
            return None
        language = match_language(text)
        if language is None:
            codes = ", ".join(code for code, _name in settings.LANGUAGES)
            self.problems.append(f"{key}: “{text}” is not one of {codes}")
        return language

    def _check_text(self, key: str, value: str, *, max_length: int) -> str | None:
        if _SURROGATE.search(value):
            self.problems.append(f"{key}: invalid characters (half a surrogate pair)")
        elif len(value) > max_length:
            self.problems.append(f"{key}: longer than {max_length:,} characters")
        else:
            return _CONTROL_CHARACTERS.sub("", value)
        return None


def _date_problem(value: Any, moment: dt.datetime | None) -> str:
    if moment is not None:
        return f"not from {PUBLICATION_DAYS.first} to {PUBLICATION_DAYS.last}"
    return "missing" if value in (None, "") else "not an ISO 8601 date"


def _max_length(model: Any, field: str) -> int:
    return int(model._meta.get_field(field).max_length)
