"""What became of a page, and the rules that every kind of row shares."""

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


@dataclass(slots=True)
class ImportOutcome:
    """`imprint` is the item as the import left it; "" where the item is not the import's to change."""

    status: ImportStatus
    item: Model | None = None
    fingerprint: str = ""
    findings: list[str] = field(default_factory=list)


def fingerprint_of(row: Model, fields: Iterable[str], *others: object) -> str:
    """A hash of these fields of the row, and of whatever else belongs to it."""
    values = {name: getattr(row, row._meta.get_field(name).attname) for name in fields}  # type: ignore[union-attr]
    content = json.dumps([values, others], ensure_ascii=False, sort_keys=True, default=_serialize_value)
    return hashlib.sha256(content.encode()).hexdigest()


def _serialize_value(value: object) -> str:
    """One spelling for a moment, whichever zone it is given in."""
    return value.astimezone(dt.UTC).isoformat() if isinstance(value, dt.datetime) else str(value)


def truncate_to_field(row: Model, name: str, value: str, *, findings: list[str]) -> str:
    """The value as long as the field allows; what is cut is reported."""
    longest = getattr(row._meta.get_field(name), "max_length", None)
    if longest is None or len(value) <= longest:
        return value
    findings.append(f"{name} cut after {longest} characters: “{value[:60]}…”")
    return f"{value[: longest - 1].rstrip()}…"


def adopt_earlier_capture(capture: Capture, item: Model | None) -> None:
    """Where the item came in by a capture that did not say its address, go on with that one."""
    if item is None or capture.pk:
        return
    former = Capture.objects.for_item(item).without_url().order_by("pk").first()
    if former:
        capture.pk, capture.fingerprint, capture.first_imported_at = (
            former.pk,
            former.fingerprint,
            former.first_imported_at,
        )


def find_earlier_item(capture: Capture, model: type[Model]) -> Model | None:
    """What an earlier import of the page became, or what its old address leads to by other hands."""
    if isinstance(capture.item, model):
        return capture.item
    redirects = Redirect.objects.filter(
        old_host=capture.host, old_path=capture.path, content_type=ContentType.objects.get_for_model(model)
    )
    redirect = redirects.order_by("pk").first() if capture.path else None
    return redirect.target if redirect else None
