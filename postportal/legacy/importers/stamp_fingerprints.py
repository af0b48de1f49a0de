"""Fingerprints of stamp issues, by which a later import knows whether anybody else has changed them."""

from postportal.legacy.importers.stamp_child_rows import child_rows_of
from postportal.legacy.models import Capture, ListEntry
from postportal.publishing.versions import imports
from services.models import StampIssue

# What a page says about its issue.
FACTS = (
    *("title", "title_zh", "standfirst", "body", "kind", "numbering", "series", "year", "number", "issuer"),
    *("issued_on", "security_features", "paper"),
    *("stamp_count", "souvenir_sheet_count", "face_value", "currency", "size", "perforation", "process"),
    *("sheet_composition", "print_run"),
)
_FINGERPRINT_FIELDS = (*FACTS, "slug", "state", "publish_at", "expire_at", "is_cancelled")


def fingerprint(issue: StampIssue) -> str:
    return imports.fingerprint_of(issue, _FINGERPRINT_FIELDS, child_rows_of(issue))


def refresh_fingerprints(issue: StampIssue, *, before: str, after: str) -> None:
    """Note that the import itself has changed the issue, in all pages and lists that left it as it was before."""
    Capture.objects.for_item(issue).filter(fingerprint=before).update(fingerprint=after)
    ListEntry.objects.filter(issue=issue, fingerprint=before).update(fingerprint=after)
