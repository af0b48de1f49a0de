"""What every save of an item leaves behind: a revision if something changed, and the edition it belongs to."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from postportal.publishing.models import Edition, Publishable, Revision
from postportal.publishing.models.edition import Stage
from postportal.publishing.versions import snapshots


def open_edition(item: Publishable) -> Edition | None:
    """The edition that is being worked on, if any."""
    return Edition.objects.of(item).open().first()


def get_or_start_edition(item: Publishable, *, by: Any) -> Edition:
    """Return the open edition; begin one where there is none."""
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
    """The number of the newest revision, 0 before the first. Whoever saves says which one was changed."""
    return Revision.objects.of(item).aggregate(last=Max("number"))["last"] or 0


def current_content(item: Publishable) -> snapshots.Content:
    """What editors see: what waits beside the item, else what stands in its rows."""
    edition = open_edition(item)
    return edition.content if edition and edition.content else snapshots.serialize(item)


def record_outside_change(item: Publishable) -> None:
    """Keep what stands there before somebody changes it, where no save of ours wrote it: imports, the console."""
    content = current_content(item)
    newest = Revision.objects.of(item).newest_first().first()
    if newest is None or newest.content != content:
        _create_revision(item, content, edition=open_edition(item), by=None, kind=Revision.Kind.FOUND)


@transaction.atomic
def record_revision(
    item: Publishable, content: snapshots.Content, *, by: Any, kind: str = Revision.Kind.SAVED, note: str = ""
) -> Revision | None:
    """Note that `by` saved this content of the item; return the revision, None where nothing changed. Of an item that
    readers know the content waits beside it."""
    newest = Revision.objects.of(item).newest_first().first()
    if newest and newest.content == content:
        return None
    edition = get_or_start_edition(item, by=by)
    if item.is_edited_in_edition:
        edition.content = content
    if edition.approved_at:
        # What was approved is not what stands there now.
        edition.approved_at = edition.approved_by = None
    edition.failure = ""
    edition.save()
    edition.writers.add(by)
    return _create_revision(item, content, edition=edition, by=by, kind=kind, note=note)


def discard_edition(edition: Edition) -> None:
    """Leave what readers see as it is, and drop what waited beside it. Its revisions stay."""
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
