"""Version tokens: each form says which version of an item it showed, which is compared before anything is written."""

import hashlib
import json
import re
from typing import Any

from postportal.publishing.models import Publishable, Revision, Versioned
from postportal.publishing.versions import revisions, snapshots

_TOKEN = re.compile(r"(\d{1,9})(?:\.(\d{1,19}))?")


def make_version_token(item: Versioned | None) -> str:
    """Return the number of the newest revision and a mark of the row, which changes even where no revision is recorded:
    in an import, for example."""
    return f"{revisions.current_version(item)}.{_mark_of(item)}" if item else "0"


def parse_shown_number(token: str) -> int | None:
    """Return the number of the version that a form showed, None for a token that is not valid."""
    match = _TOKEN.fullmatch(token)
    return int(match[1]) if match else None


def is_current(item: Versioned, token: str) -> bool:
    """Return True if the form showed the item as it is now. The caller has locked the row."""
    match = _TOKEN.fullmatch(token)
    if not match:
        return False
    newest = Revision.objects.of(item).newest_first().first()
    if newest is None:
        return match[1] == "0" and match[2] in (None, str(_mark_of(item)))
    if int(match[1]) == newest.number:
        return True
    # The content that the form showed had no revision yet, and got one only now.
    is_recorded_since = newest.kind == Revision.Kind.FOUND and int(match[1]) == newest.number - 1
    return is_recorded_since and match[2] == str(_mark_of(item))


def shown_content(item: Versioned, token: str) -> Any:
    """Return the content that the form showed when it was opened, None where it is not known."""
    match = _TOKEN.fullmatch(token)
    if not match:
        return None
    shown = int(match[1])
    rows = list(Revision.objects.of(item).filter(number__in=[shown, shown + 1]).order_by("number"))
    if not isinstance(item, Publishable):
        return next((row.content for row in rows if str(_content_mark(row.content)) == match[2]), None)
    recorded_since = [row for row in rows if row.number == shown + 1 and row.kind == Revision.Kind.FOUND]
    revisions_shown = recorded_since or [row for row in rows if row.number == shown]
    return revisions_shown[0].content if revisions_shown else None


def latest_revision(item: Versioned) -> Revision | None:
    return Revision.objects.of(item).select_related("by").newest_first().first()


def _mark_of(item: Versioned) -> int:
    """Return the time of the last change, or a hash of the content of rows that do not know when they were changed, or
    whose child rows have forms of their own."""
    if isinstance(item, Publishable):
        return int(item.modified_at.timestamp() * 1_000_000)
    return _content_mark(snapshots.serialize(item))


def _content_mark(content: snapshots.Content) -> int:
    return int(hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:15], 16)
