"""Outcome of importing a page, and the rules shared by all kinds of rows."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from postportal.legacy.models import Capture
from postportal.legacy.report import ImportStatus
from postportal.pages.models import Redirect
from postportal.richtext.sanitize import CleanHtml, clean_html


@dataclass(slots=True)
class ImportOutcome:
    """Outcome of importing one page.

    `fingerprint` is the hash of the item as the import left it, or "" if the import must not change the item."""

    status: ImportStatus
    item: Model | None = None
    fingerprint: str = ""
    findings: list[str] = field(default_factory=list)


def fingerprint_of(row: Model, fields: Iterable[str], *others: object) -> str:
    """Return a hash of these fields of the row and of the other values."""
    values = {name: getattr(row, row._meta.get_field(name).attname) for name in fields}  # type: ignore[union-attr]
    content = json.dumps([values, others], ensure_ascii=False, sort_keys=True, default=_serialize_value)
    return hashlib.sha256(content.encode()).hexdigest()


def _serialize_value(value: object) -> str:
    """Return the value as text, the same for a date and time in any time zone."""
    return value.astimezone(dt.UTC).isoformat() if isinstance(value, dt.datetime) else str(value)


def truncate_to_field(row: Model, name: str, value: str, *, findings: list[str]) -> str:
    """Return the value, shortened to the length of the field. A shortened value is reported."""
    max_length = getattr(row._meta.get_field(name), "max_length", None)
    if max_length is None or len(value) <= max_length:
        return value
    findings.append(f"{name} shortened to {max_length} characters: “{value[:60]}…”")
    return f"{value[: max_length - 1].rstrip()}…"


def clean_body(html: str, *, findings: list[str]) -> CleanHtml:
    """Return the text of a page, cleaned. What was left out is reported."""
    body = clean_html(html)
    if body.left_out:
        findings.append(f"left out: {body.left_out.describe()}")
    return body


def adopt_earlier_capture(capture: Capture, item: Model | None) -> None:
    """Continue the earlier capture of the item if that one was imported without a URL."""
    if item is None or capture.pk:
        return
    earlier = Capture.objects.for_item(item).without_url().order_by("pk").first()
    if earlier:
        capture.pk, capture.fingerprint = earlier.pk, earlier.fingerprint
        capture.first_imported_at = earlier.first_imported_at


def find_earlier_item(capture: Capture, model: type[Model]) -> Model | None:
    """Return the item of an earlier import of the page, or else the item its old URL redirects to."""
    if isinstance(capture.item, model):
        return capture.item
    redirects = Redirect.objects.filter(
        old_host=capture.host, old_path=capture.path, content_type=ContentType.objects.get_for_model(model)
    )
    redirect = redirects.order_by("pk").first() if capture.path else None
    return redirect.target if redirect else None
