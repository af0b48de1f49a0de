"""Updates of an item that are shown to readers."""

import copy
import datetime as dt
from typing import Any, NamedTuple

from postportal.page_cache.recording import narrow
from postportal.publishing.models import Edition, Publishable, Revision
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.revisions import open_edition


class Update(NamedTuple):
    at: dt.datetime
    note: str
    # As the item keeps them, see `Publishable.errata_between`.
    errata: list[dict[str, Any]] = []


def mark_update(item: Publishable, *, at: dt.datetime, note: str = "") -> None:
    """Note on the item that readers see a new version of it from `at` on. Nothing is noted for an item that has no page
    yet. The item is not saved."""
    if item.has_page(at):
        item.changed_at, item.change_note = at, note


def updates_of(item: Publishable) -> list[Update]:
    """Return the updates shown to readers, the newest first, without the first publication. Needs one query if there
    are any, else none. Of imported rows only the last update is known."""
    if item.updated_at is None:
        return []
    narrow("publishing.edition", object_id=item.pk)
    editions = Edition.objects.of(item).published().filter(is_minor=False, published_at__gt=item.publish_at)
    rows = editions.order_by("published_at").values_list("published_at", "change_note", "errata")
    updates = {at: Update(at, note, errata) for at, note, errata in rows if at}
    updates.setdefault(item.updated_at, Update(item.updated_at, item.change_note))
    return sorted(updates.values(), key=lambda update: update.at, reverse=True)


def last_public_name(item: Publishable) -> str:
    """Return the title under which an item was last public. Its row may contain changes that are not public yet."""
    edition = open_edition(item)
    if edition is None:
        return str(item)
    changed = [Revision.Kind.SAVED, Revision.Kind.RESTORED, Revision.Kind.FILED]
    last_public = Revision.objects.of(item).exclude(edition=edition, kind__in=changed).newest_first().first()
    if last_public is None:
        return str(item)
    public_item = copy.copy(item)
    snapshots.fill_fields(public_item, last_public.content)
    return str(public_item)
