"""Version tokens: each form says which version of an item it showed, which is compared before anything is written."""

import re
from typing import Any

from postportal.publishing.models import Publishable, Revision
from postportal.publishing.versions import revisions

_TOKEN = re.compile(r"(\d{1,9})(?:\.(\d{1,19}))?")


def make_version_token(item: Publishable | None) -> str:
    """Return the number of the newest revision and the modification time of the row, which changes even where no
    revision is recorded: in an import, for example."""
    return f"{revisions.current_version(item)}.{_modified_timestamp(item)}" if item else "0"


def parse_shown_number(token: str) -> int | None:
    """Return the number of the version that a form showed, None for a token that is not valid."""
    match = _TOKEN.fullmatch(token)
    return int(match[1]) if match else None


def is_current(item: Publishable, token: str) -> bool:
    """Return True if the form showed the item as it is now. The caller has locked the row."""
    match = _TOKEN.fullmatch(token)
    if not match:
        return False
    newest = Revision.objects.of(item).newest_first().first()
    if newest is None:
        return match[1] == "0" and match[2] in (None, str(_modified_timestamp(item)))
    if int(match[1]) == newest.number:
        return True
    # The content that the form showed had no revision yet, and got one only now.
    is_recorded_since = newest.kind == Revision.Kind.FOUND and int(match[1]) == newest.number - 1
    return is_recorded_since and match[2] == str(_modified_timestamp(item))


def shown_content(item: Publishable, token: str) -> Any:
    """Return the content that the form showed when it was opened, None where it is not known."""
    shown = parse_shown_number(token)
    if shown is None:
        return None
    rows = Revision.objects.of(item).filter(number__in=[shown, shown + 1]).order_by("number")
    recorded_since = [row for row in rows if row.number == shown + 1 and row.kind == Revision.Kind.FOUND]
    revisions_shown = recorded_since or [row for row in rows if row.number == shown]
    return revisions_shown[0].content if revisions_shown else None


def latest_revision(item: Publishable) -> Revision | None:
    return Revision.objects.of(item).select_related("by").newest_first().first()


def _modified_timestamp(item: Publishable) -> int:
    return int(item.modified_at.timestamp() * 1_000_000)
