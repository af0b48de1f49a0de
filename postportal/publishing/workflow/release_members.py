"""Items in a release: listing, adding and removing them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from postportal.publishing.models import Edition, PubliclyTimed, Publishable, Releasable, Release
from postportal.publishing.models.edition import Stage
from postportal.publishing.versions.revisions import get_or_start_edition, open_edition

# Each item is checked before the page of the release is shown.
MAX_RELEASE_ITEMS = 50


@dataclass(frozen=True)
class Member:
    """An item in a release, with the edition that is published. Items without a workflow have no edition."""

    item: PubliclyTimed
    edition: Edition | None

    @property
    def key(self) -> tuple[str, int]:
        return (self.item._meta.label_lower, self.item.pk)


def releasable_models() -> list[type[Releasable]]:
    """Return the models without a workflow whose rows can be in a release."""
    return [model for model in apps.get_models() if issubclass(model, Releasable)]


def members(release: Release, *, lock: bool = False) -> list[Member]:
    """Return everything in the release except editions whose item was deleted. With `lock`, lock the items until the
    transaction ends, always in the same order. The number of queries depends only on the number of models."""
    found: list[Member] = []
    editions = release.editions.exclude(stage=Stage.DISCARDED).order_by("pk")
    by_type: dict[int, list[Edition]] = {}
    for edition in editions:
        by_type.setdefault(edition.content_type_id, []).append(edition)
    for type_id in sorted(by_type, key=_model_label):
        keys = [edition.object_id for edition in by_type[type_id]]
        model = ContentType.objects.get_for_id(type_id).model_class()
        rows = {row.pk: row for row in _rows(model, lock=lock, pk__in=keys)}
        if lock:
            # Another transaction may have changed the edition while it had the lock.
            by_type[type_id] = list(editions.filter(content_type=type_id))
        found += [Member(rows[edition.object_id], edition) for edition in by_type[type_id] if edition.object_id in rows]
    for releasable in releasable_models():
        found += [Member(row, None) for row in _rows(releasable, lock=lock, release=release)]
    return sorted(found, key=lambda member: member.key)


def release_of(item: PubliclyTimed) -> Release | None:
    """Return the release the item is in. A row without a workflow stays in it after publication."""
    if isinstance(item, Publishable):
        edition = Edition.objects.of(item).open().select_related("release").defer("content").first()
        return edition.release if edition else None
    return getattr(item, "release", None)


@transaction.atomic
def add_to_release(release: Release, item: PubliclyTimed, *, by: Any, note: str | None = None) -> None:
    """Add the item to the release. `note` tells readers what changes in a live item, instead of the note that its
    edition holds. Raises ValidationError with all
    reasons for a refusal."""
    release, item = _lock_both(release, item)
    reasons = [] if release.is_open else [_not_open(release)]
    if len(members(release)) >= MAX_RELEASE_ITEMS:
        reasons.append(_("A release can contain up to %(limit)s items.") % {"limit": MAX_RELEASE_ITEMS})
    if isinstance(item, Publishable):
        edition = open_edition(item)
        reasons += _add_refusals(item, edition)
        if reasons:
            raise ValidationError(reasons)
        edition = edition or get_or_start_edition(item, by=by)
        edition.release, edition.change_note = release, edition.change_note if note is None else note
        edition.is_minor = not edition.change_note
        edition.save()
    elif isinstance(item, Releasable):
        reasons += _row_add_refusals(item)
        if reasons:
            raise ValidationError(reasons)
        item.release, item.publish_at = release, None
        item.save()


@transaction.atomic
def add_to_release_or_create(
    item: PubliclyTimed, release: Release | None, *, by: Any, note: str | None = None, new_name: str = ""
) -> Release:
    """Add the item to the release, or to a new one called `new_name`; return the release. Raises ValidationError like
    `add_to_release`."""
    release = release or Release.objects.create(name=new_name, created_by=by)
    add_to_release(release, item, by=by, note=note)
    return release


@transaction.atomic
def remove_from_release(release: Release, item: PubliclyTimed) -> None:
    """Remove the item from the release; it stays unpublished. Raises ValidationError once the release is scheduled."""
    release, item = _lock_both(release, item)
    if release_of(item) != release:
        return
    if not release.is_open:
        raise ValidationError(_not_open(release))
    if isinstance(item, Publishable):
        release.editions.filter(pk__in=Edition.objects.of(item).open()).update(release=None)
    elif isinstance(item, Releasable):
        item.release = None
        item.save(update_fields=["release"])


def _add_refusals(item: Publishable, edition: Edition | None) -> list[str]:
    if edition and edition.release:
        return [_already_in(edition.release)]
    if edition and edition.stage == Stage.SCHEDULED:
        return [_("This item is scheduled. Cancel the schedule first.")]
    if item.is_edited_in_edition and (edition is None or edition.content is None):
        return [_("There are no unpublished changes.")]
    return []


def _row_add_refusals(item: Releasable) -> list[str]:
    if item.release and item.release.stage != Release.Stage.PUBLISHED:
        return [_already_in(item.release)]
    if item.publish_at is not None and item.publish_at <= timezone.now():
        return [_("This item is already published.")]
    return []


def _not_open(release: Release) -> str:
    return _("“%(release)s” is already scheduled or published.") % {"release": release}


def _already_in(release: Release) -> str:
    return _("This item is already in the release “%(release)s”.") % {"release": release}


def _lock_both(release: Release, item: PubliclyTimed) -> tuple[Release, PubliclyTimed]:
    """Lock the release and then the item, as steps of a release do; return both as they are now."""
    release = Release.objects.select_for_update().get(pk=release.pk)
    return release, type(item)._default_manager.select_for_update(of=("self",)).get(pk=item.pk)


def _model_label(type_id: int) -> str:
    return ".".join(ContentType.objects.get_for_id(type_id).natural_key())


def _rows(model: Any, *, lock: bool, **condition: Any) -> Iterator[Any]:
    rows = model._default_manager.filter(**condition).order_by("pk")
    yield from rows.select_for_update(of=("self",)) if lock else rows
