"""Outcome of importing a page, and the rules shared by all kinds of rows."""

from dataclasses import dataclass, field
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from postportal.legacy.models import Capture
from postportal.legacy.report import ImportStatus
from postportal.pages.models import Redirect
from postportal.publishing.models import Publishable
from postportal.publishing.versions import imports
from postportal.richtext.sanitize import CleanHtml, clean_html
from postportal.text.folding import fold_name

Row = TypeVar("Row", bound=Model)


@dataclass(slots=True)
class ImportOutcome:
    """Outcome of importing one page.

    `fingerprint` is the hash of the item as the import left it, or "" if the import must not change the item."""

    status: ImportStatus
    item: Model | None = None
    fingerprint: str = ""
    findings: list[str] = field(default_factory=list)


def reason_to_keep_item(item: Publishable, *, capture: Capture, current: str) -> str:
    """Return why the import must leave the item as it is, or "". `current` is the fingerprint of the item now."""
    is_in_work = bool(imports.items_in_work(type(item), [item.pk]))
    return imports.reason_to_keep(recorded=capture.fingerprint, current=current, is_in_work=is_in_work)


def truncate_to_field(row: Model, name: str, value: str, *, findings: list[str]) -> str:
    """Return the value, shortened to the length of the field. A shortened value is reported."""
    max_length = getattr(row._meta.get_field(name), "max_length", None)
    if max_length is None or len(value) <= max_length:
        return value
    kept = value[: max_length - 1].rstrip()
    # A word that is cut is named whole.
    left_out = value[len(kept) if value[len(kept)].isspace() else kept.rfind(" ") + 1 or len(kept) :].strip()
    findings.append(f"{name} shortened to {max_length} characters, left out: “{left_out}”")
    return f"{kept}…"


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


def find_same_title(rows: QuerySet[Row], title: str) -> Row | None:
    """Return the first of the rows with this title, however it is spelt."""
    titles = rows.order_by("pk").values_list("pk", "title")
    pk = next((pk for pk, other in titles if _key(other) == _key(title)), None)
    return rows.get(pk=pk) if pk is not None else None


def _key(title: str) -> str:
    # A title of signs only folds to nothing.
    return fold_name(title) or title
