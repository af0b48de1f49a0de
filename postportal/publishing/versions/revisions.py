"""Revisions and editions: recording every save of an item that changed something."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from postportal.publishing.models import Edition, Publishable, Revision
from postportal.publishing.models.edition import Stage
from postportal.publishing.versions import snapshots


def open_edition(item: Publishable) -> Edition | None:
    """Return the open edition of the item, or None."""
    return Edition.objects.of(item).open().first()


def get_or_start_edition(item: Publishable, *, by: Any) -> Edition:
    """Return the open edition, or create one."""
    edition = open_edition(item)
    if edition is None:
        edition = Edition.objects.create(
            content_type=ContentType.objects.get_for_model(item),
            object_id=item.pk,
            number=(Edition.objects.of(item).aggregate(last=Max("number"))["last"] or 0) + 1,
            created_at=timezone.now(),
            created_by=by,
        )
    return edition


def current_version(item: Publishable) -> int:
    """Return the number of the newest revision, or 0. Forms send it back to detect outdated saves."""
    return Revision.objects.of(item).aggregate(last=Max("number"))["last"] or 0


def current_content(item: Publishable) -> snapshots.Content:
    """Return the content that editors see: the unpublished changes, or else the rows."""
    edition = open_edition(item)
    return edition.content if edition and edition.content else snapshots.serialize(item)


def record_outside_change(item: Publishable) -> None:
    """Record the current content if it was changed outside of the admin, for example by an import."""
    content = current_content(item)
    newest = Revision.objects.of(item).newest_first().first()
    if newest is None or newest.content != content:
        _create_revision(item, content, edition=open_edition(item), by=None, kind=Revision.Kind.FOUND)


@transaction.atomic
def record_revision(
    item: Publishable, content: snapshots.Content, *, by: Any, kind: str = Revision.Kind.SAVED, note: str = ""
) -> Revision | None:
    """Record that `by` saved this content; return the revision, or None if nothing changed. For a live item the content
    is stored as unpublished changes."""
    newest = Revision.objects.of(item).newest_first().first()
    if newest and newest.content == content:
        return None
    edition = get_or_start_edition(item, by=by)
    if item.is_edited_in_edition:
        edition.content = content
    if edition.approved_at:
        # The approval was for the previous text.
        edition.approved_at = edition.approved_by = None
    edition.failure = ""
    edition.save()
    edition.writers.add(by)
    return _create_revision(item, content, edition=edition, by=by, kind=kind, note=note)


def discard_edition(edition: Edition) -> None:
    """Close the edition and delete its unpublished changes. Its revisions stay."""
    edition.stage = Stage.DISCARDED
    edition.content = None
    edition.save()


def _create_revision(
    item: Publishable, content: snapshots.Content, *, edition: Edition | None, by: Any, kind: str, note: str = ""
) -> Revision:
    return Revision.objects.create(
        content_type=ContentType.objects.get_for_model(item),
        object_id=item.pk,
        number=current_version(item) + 1,
        edition=edition,
        kind=kind,
        content=content,
        at=timezone.now(),
        by=by,
        note=note,
    )
