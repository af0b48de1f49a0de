"""Which version of an item a page showed: carried by every form, and compared before anything is written."""

import re
from typing import Any

from postportal.publishing.models import Publishable, Revision
from postportal.publishing.versions import revisions

_TOKEN = re.compile(r"(\d{1,9})(?:\.(\d{1,19}))?")


def make_version_token(item: Publishable | None) -> str:
    """The newest revision and the moment of the row, for what is written without a revision: by an import, say."""
    return f"{revisions.current_version(item)}.{_modified_timestamp(item)}" if item else "0"


def parse_shown_number(said: str) -> int | None:
    """The version that a form says it showed; None for what no form of ours says."""
    found = _TOKEN.fullmatch(said)
    return int(found[1]) if found else None


def is_current(item: Publishable, said: str) -> bool:
    """True where the form showed what stands there now. The caller holds the row."""
    found = _TOKEN.fullmatch(said)
    if not found:
        return False
    newest = Revision.objects.of(item).newest_first().first()
    if newest is None:
        return found[1] == "0" and found[2] in (None, str(_modified_timestamp(item)))
    if int(found[1]) == newest.number:
        return True
    # What the form showed had no revision yet, and got one only now.
    was_found = newest.kind == Revision.Kind.FOUND and int(found[1]) == newest.number - 1
    return was_found and found[2] == str(_modified_timestamp(item))


def shown_content(item: Publishable, said: str) -> Any:
    """What was on the screen when the form was opened, as far as it is known."""
    shown = parse_shown_number(said)
    if shown is None:
        return None
    rows = Revision.objects.of(item).filter(number__in=[shown, shown + 1]).order_by("number")
    later = [row for row in rows if row.number == shown + 1 and row.kind == Revision.Kind.FOUND]
    found = later or [row for row in rows if row.number == shown]
    return found[0].content if found else None


def latest_revision(item: Publishable) -> Revision | None:
    return Revision.objects.of(item).select_related("by").newest_first().first()


def _modified_timestamp(item: Publishable) -> int:
    return int(item.modified_at.timestamp() * 1_000_000)
