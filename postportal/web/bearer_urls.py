"""URLs that are keys: whoever has one can read what it shows, without an account.

They stay out of logs, caches, search engines and the Referer header. docs/deploy/nginx.conf has the same list for its
access log, and a test compares both."""

import logging
import re
from typing import NamedTuple


class BearerUrl(NamedTuple):
    """The parts of the path before and after the key."""

    before: str
    after: str = ""

    @property
    def pattern(self) -> str:
        """Return a regular expression for the path, as nginx understands it."""
        return rf"^{self.before}.+{re.escape(self.after)}$" if self.after else f"^{self.before}"


# Previews with their pictures, the calendars that staff subscribe to, and links to choose a password.
BEARER_URLS = (BearerUrl("/preview/"), BearerUrl("/admin/calendar/", ".ics"), BearerUrl("/admin/password/link/"))
_PATH = re.compile("|".join(url.pattern for url in BEARER_URLS))
_KEYS = [
    re.compile(rf"({re.escape(url.before)})[^/\s\"'?#]+(?={re.escape(url.after)})", re.IGNORECASE)
    for url in BEARER_URLS
]


def is_bearer_url(path: str) -> bool:
    """Return True if the path contains a key."""
    return bool(_PATH.search(path))


def hide_keys(text: str) -> str:
    """Return a line of a log with “…” in place of the keys."""
    for key in _KEYS:
        text = key.sub(r"\1…", text)
    return text


class HideKeys(logging.Filter):
    """Filter of loggers and handlers that write URLs."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        hidden = hide_keys(text)
        if hidden != text:
            record.msg, record.args = hidden, None
        return True
