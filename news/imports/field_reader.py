"""Reading of the values of a JSON object, with all that is wrong with them."""

import datetime as dt
import re
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from news.imports.shortcodes import strip_shortcodes
from news.models import Article
from postportal.pages.models import Redirect
from postportal.text.characters import CONTROLS, OLD_SEPARATORS, SURROGATES
from postportal.text.tidying import tidy_line
from postportal.web.date_ranges import PUBLICATION_DAYS
from postportal.web.languages import match_language
from postportal.web.slugs import normalize

_CONTROL_CHARACTERS = re.compile(f"[{CONTROLS}{OLD_SEPARATORS}]")
# Half of a UTF-16 pair can be escaped in JSON but stored in no database.
_SURROGATE = re.compile(f"[{SURROGATES}]")

OldUrl = tuple[str, str]


class FieldReader:
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
        return tidy_line(text) if text is not None else None

    def read_prose(self, key: str, *, max_length: int) -> str | None:
        """Return a line that readers see, without shortcodes."""
        text = self.read_line(key, max_length=max_length)
        return tidy_line(strip_shortcodes(text)) if text and "[" in text else text

    def read_text(self, key: str, *, max_length: int) -> str | None:
        """Return None if the key is missing, and "" if the value is null."""
        if key not in self.data:
            return None
        value = "" if self.data[key] is None else self.data[key]
        if not isinstance(value, str):
            self.problems.append(f"{key}: not a string")
            return None
        return self._check_text(key, value, max_length=max_length)

    def read_names(self, key: str, *, max_length: int, max_count: int) -> tuple[str, ...] | None:
        if key not in self.data:
            return None
        value = [] if self.data[key] is None else self.data[key]
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.problems.append(f"{key}: not a list of strings")
            return None
        if len(value) > max_count:
            self.problems.append(f"{key}: more than {max_count}")
            return None
        names = [tidy_line(self._check_text(key, each, max_length=max_length) or "") for each in value]
        return tuple(dict.fromkeys(filter(None, names)))

    def read_moment(self, key: str) -> dt.datetime | None:
        """Return the time, which must exist. A date without a time means midnight in the time zone of the portal."""
        value = self.data.get(key)
        try:
            moment = dt.datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
            if moment is not None and moment.tzinfo is None:
                moment = moment.replace(tzinfo=timezone.get_default_timezone())
        except ValueError:
            moment = None
        if moment is not None and PUBLICATION_DAYS.includes(moment):
            return moment
        self.problems.append(f"{key}: {_date_problem(value, moment)}")
        return None

    def read_language(self, key: str) -> str | None:
        text = self.read_line(key, max_length=35)
        if not text:
            return None
        language = match_language(text)
        if language is None:
            codes = ", ".join(code for code, _name in settings.LANGUAGES)
            self.problems.append(f"{key}: “{text}” is not one of {codes}")
        return language

    def read_slug(self, key: str) -> str | None:
        """Return the slug, or None if it is missing or blank. WordPress exports it with percent signs."""
        field = Article._meta.get_field("slug")
        text = normalize(unquote(self.read_line(key, max_length=1000) or "").lower())
        try:
            if text:
                field.run_validators(text)
        except ValidationError as error:
            self.problems.append(f"{key}: {' '.join(error.messages)}")
        return text or None

    def read_old_urls(self, key: str, *, max_count: int) -> tuple[OldUrl, ...]:
        """Return (host, path) of the former URLs, given as one string or a list of strings."""
        if isinstance(self.data.get(key), str):
            self.data[key] = [self.data[key]]
        texts = self.read_names(key, max_length=2000, max_count=max_count) or ()
        urls = []
        for text in texts:
            url = _split_url(text)
            if url:
                urls.append(url)
            else:
                self.problems.append(f"{key}: neither an http(s) URL nor a path that starts with / (or too long)")
        return tuple(urls)

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


def _split_url(text: str) -> OldUrl | None:
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower().rstrip(".")
    except ValueError:
        return None
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    is_url = parts.scheme in {"http", "https"} and bool(host)
    is_path = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    fits = len(host) <= _max_length("old_host") and len(path) <= _max_length("old_path")
    return (host, path) if (is_url or is_path) and fits and " " not in path else None


def _max_length(field: str) -> int:
    return int(Redirect._meta.get_field(field).max_length or 0)  # type: ignore[union-attr]
