"""Revisions and editions: recording every save of an item that changed something."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from postportal.publishing.models import Edition, Publishable, Revision, Versioned
from postportal.publishing.models.edition import Stage
from postportal.publishing.versions import snapshots
from postportal.web.compiled_query import CompiledQuery

_newest = CompiledQuery(
    lambda content_type, pk: Revision.objects.filter(content_type=content_type, object_id=pk).newest_first()[:1],
    takes=(int, int),
)
# There is at most one.
_open = CompiledQuery(
    lambda content_type, pk: Edition.objects.filter(content_type=content_type, object_id=pk).open(),
    takes=(int, int),
)
_is_writer = CompiledQuery(
    lambda edition, user: Edition.writers.through.objects.filter(edition=edition, user=user).values_list("pk"),
    takes=(int, int),
)


def open_edition(item: Versioned) -> Edition | None:
    """Return the open edition of the item, or None. Rows without a workflow have none."""
    if not isinstance(item, Publishable):
        return None
    return _open_edition_of(item)


def _open_edition_of(item: Versioned) -> Edition | None:
    found = _open.objects(ContentType.objects.get_for_model(item).pk, item.pk)
    return found[0] if found else None


def stage_of(item: Publishable) -> str | None:
    """Return the stage of the item's open edition, or None, without loading its text."""
    return Edition.objects.of(item).open().values_list("stage", flat=True).first()


def get_or_start_edition(item: Versioned, *, by: Any) -> Edition:
    """Return the open edition, or create one. Of a row without a workflow, an edition is a proposal."""
    return _open_edition_of(item) or _start_edition(item, None, by=by)


def _start_edition(item: Versioned, content: snapshots.Content | None, *, by: Any) -> Edition:
    return Edition.objects.create(
        content_type=ContentType.objects.get_for_model(item),
        object_id=item.pk,
        number=(Edition.objects.of(item).aggregate(last=Max("number"))["last"] or 0) + 1,
        content=content,
        created_at=timezone.now(),
        created_by=by,
    )


def current_version(item: Versioned) -> int:
    """Return the number of the newest revision, or 0. Forms send it back to detect outdated saves."""
    return Revision.objects.of(item).aggregate(last=Max("number"))["last"] or 0


def current_content(item: Versioned) -> snapshots.Content:
    """Return the content that editors see: the unpublished changes, or else the rows."""
    edition = open_edition(item)
    return edition.content if edition and edition.content else snapshots.serialize(item)


def newest_revision(item: Versioned) -> Revision | None:
    found = _newest.objects(ContentType.objects.get_for_model(item).pk, item.pk)
    return found[0] if found else None


def newest_revisions(model: type[Versioned], pks: Iterable[int]) -> dict[int, Revision]:
    """Return the newest revisions of rows of one model by primary key, in one query."""
    found = Revision.objects.of_model(model).filter(object_id__in=list(pks))
    newer = Revision.objects.of_model(model).filter(object_id=OuterRef("object_id"), number__gt=OuterRef("number"))
    return {revision.object_id: revision for revision in found.exclude(Exists(newer))}


def record_outside_change(item: Versioned) -> None:
    """Record the current content if it was changed outside of the admin, for example by an import."""
    record_found(item, current_content(item), newest=newest_revision(item))


def record_found(item: Versioned, content: snapshots.Content, *, newest: Revision | None) -> Revision | None:
    """Record the current content if it is not that of the newest revision. Return what is the newest then."""
    if newest and newest.content == content:
        return newest
    number = newest.number + 1 if newest else 1
    edition = open_edition(item)
    return _create_revision(item, content, number=number, edition=edition, by=None, kind=Revision.Kind.FOUND)


def record_contents(
    contents: dict[int, snapshots.Content], model: type[Versioned], *, kind: str, by: Any = None
) -> None:
    """Record the contents of items by primary key, without those that equal the newest revision of their item. Takes as
    many queries as one item does."""
    newest = newest_revisions(model, contents)
    content_type, now = ContentType.objects.get_for_model(model), timezone.now()
    Revision.objects.bulk_create(
        [
            Revision(
                content_type=content_type,
                object_id=pk,
                number=newest[pk].number + 1 if pk in newest else 1,
                kind=kind,
                content=content,
                at=now,
                by=by,
            )
            for pk, content in contents.items()
            if pk not in newest or newest[pk].content != content
        ],
        batch_size=100,
    )


def record_changes(
    model: type[Versioned],
    *,
    before: dict[int, snapshots.Content],
    after: dict[int, snapshots.Content],
    by: Any,
) -> None:
    """Record that `by` changed rows of a model without a workflow, by primary key. What was different before counts as
    changed outside."""
    changed = {pk: content for pk, content in after.items() if before.get(pk) != content}
    record_contents({pk: before[pk] for pk in changed if pk in before}, model, kind=Revision.Kind.FOUND)
    record_contents(changed, model, kind=Revision.Kind.SAVED, by=by)


@transaction.atomic
def record_revision(
    item: Versioned, content: snapshots.Content, *, by: Any, kind: str = Revision.Kind.SAVED, note: str = ""
) -> Revision | None:
    """Record that `by` saved this content; return the revision, or None if nothing changed. For a live item the content
    is stored as unpublished changes."""
    return record_after(newest_revision(item), item, content, by=by, kind=kind, note=note)


def record_after(
    newest: Revision | None, item: Versioned, content: snapshots.Content, *, by: Any, kind: str, note: str = ""
) -> Revision | None:
    """Do what `record_revision` does, in the transaction in which the newest revision was read."""
    if newest and newest.content == content:
        return None
    edition = _write_edition(item, content, by=by) if isinstance(item, Publishable) else None
    number = newest.number + 1 if newest else 1
    return _create_revision(item, content, number=number, edition=edition, by=by, kind=kind, note=note)


def _write_edition(item: Publishable, content: snapshots.Content, *, by: Any) -> Edition:
    edition = _open_edition_of(item)
    if edition is None:
        edition = _start_edition(item, content if item.is_edited_in_edition else None, by=by)
        edition.writers.add(by)
        return edition
    if item.is_edited_in_edition:
        edition.content = content
    if edition.approved_at:
        # The approval was for the previous text.
        edition.approved_at = edition.approved_by = None
    edition.failure = ""
    edition.save(update_fields=["content", "approved_at", "approved_by", "failure"])
    if not _is_writer.rows(edition.pk, by.pk):
        edition.writers.add(by)
    return edition


def record_filing(item: Publishable, content: snapshots.Content, *, by: Any, note: str = "") -> Revision | None:
    """Record that `by` changed where the item is filed; return the revision, or None if nothing changed. Unpublished
    changes are stored with it, but nobody becomes their writer, and their approval stays."""
    newest = newest_revision(item)
    if newest and newest.content == content:
        return None
    edition = open_edition(item)
    if edition and edition.content is not None:
        edition.content = content
        edition.save(update_fields=["content"])
    number = newest.number + 1 if newest else 1
    return _create_revision(item, content, number=number, edition=edition, by=by, kind=Revision.Kind.FILED, note=note)


def record_deletion(item: Versioned, content: snapshots.Content, *, by: Any, name: str, command: str = "") -> Revision:
    """Record that `by`, or a command, is about to delete the item, with the name that it has now. Always a revision of
    its own: the one before may be of unpublished changes."""
    number, kind = current_version(item) + 1, Revision.Kind.DELETED
    return _create_revision(item, content, number=number, edition=None, by=by, kind=kind, note=name, command=command)


def discard_edition(edition: Edition) -> None:
    """Close the edition and delete its unpublished changes. Its revisions stay."""
    edition.stage = Stage.DISCARDED
    edition.content = None
    edition.save()


def _create_revision(
    item: Versioned,
    content: snapshots.Content,
    *,
    number: int,
    edition: Edition | None,
    by: Any,
    kind: str,
    note: str = "",
    command: str = "",
) -> Revision:
    return Revision.objects.create(
        content_type=ContentType.objects.get_for_model(item),
        object_id=item.pk,
        number=number,
        edition=edition,
        kind=kind,
        content=content,
        at=timezone.now(),
        by=by,
        note=note,
        command=command,
    )
