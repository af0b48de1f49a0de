"""The rule that all imports share: what they may overwrite, and what they record.

An import stores a fingerprint of each item as it left it. Whatever differs from it was changed by an editor, and is
kept."""

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Model

from postportal.publishing.models import Edition, Publishable, Revision
from postportal.publishing.models.edition import Stage
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.revisions import record_contents

Contents = dict[int, snapshots.Content]


def fingerprint_of(row: Model, fields: Iterable[str], *others: object) -> str:
    """Return a hash of these fields of the row and of the other values."""
    values = {name: getattr(row, row._meta.get_field(name).attname) for name in fields}  # type: ignore[union-attr]
    content = json.dumps([values, others], ensure_ascii=False, sort_keys=True, default=_serialize_value)
    return hashlib.sha256(content.encode()).hexdigest()


def _serialize_value(value: object) -> str:
    """Return the value as text, the same for a date and time in any time zone."""
    return value.astimezone(dt.UTC).isoformat() if isinstance(value, dt.datetime) else str(value)


def reason_to_keep(*, recorded: str, current: str, is_in_work: bool) -> str:
    """Return why an import must not overwrite an item, or "" if it may.

    `recorded` is the fingerprint that the last import stored ("" if none has), `current` that of the item now, and
    `is_in_work` says whether editors have unpublished changes to it."""
    if not recorded:
        return "it existed before"
    if recorded != current:
        return "edited since the import"
    return "it has unpublished changes" if is_in_work else ""


def items_in_work(model: type[Publishable], pks: Collection[int]) -> set[int]:
    """Return the keys of the items that somebody has an open edition of. Those that an import made do not count."""
    open_editions = Edition.objects.of_model(model).filter(object_id__in=pks).open()
    made_by_import = open_editions.filter(content__isnull=True, created_by__isnull=True)
    return set(open_editions.exclude(pk__in=made_by_import.values("pk")).values_list("object_id", flat=True))


def contents_before_import(items: Sequence[Publishable]) -> Contents:
    """Return the contents of items that an import is about to overwrite, for `record_import`. Without those that have
    unpublished changes: these are in the history already, and the rows are an earlier version."""
    if not items:
        return {}
    editions = Edition.objects.of_model(type(items[0])).open().filter(content__isnull=False)
    edited = set(editions.filter(object_id__in=[item.pk for item in items]).values_list("object_id", flat=True))
    return snapshots.serialize_all([item for item in items if item.pk not in edited])


def record_import(items: Sequence[Publishable], *, before: Contents) -> None:
    """Record in the history what the items were like before the import and what they are like now.

    Their unpublished changes are discarded, because publishing them would undo the import. Approvals are withdrawn:
    they were for the former text."""
    if items:
        model = type(items[0])
        editions = Edition.objects.of_model(model).open().filter(object_id__in=[item.pk for item in items])
        editions.filter(content__isnull=False).update(stage=Stage.DISCARDED, content=None)
        editions.filter(approved_at__isnull=False).update(approved_at=None, approved_by=None)
        record_contents(before, model, kind=Revision.Kind.FOUND)
        record_contents(snapshots.serialize_all(items), model, kind=Revision.Kind.IMPORTED)
