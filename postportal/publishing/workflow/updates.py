"""What readers are told of the changes to an item."""

import copy
import datetime as dt
from typing import NamedTuple

from postportal.publishing.models import Edition, Publishable, Revision
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.revisions import open_edition


class Update(NamedTuple):
    at: dt.datetime
    note: str


def updates_of(item: Publishable) -> list[Update]:
    """The changes that readers were told of, the newest first; first publication is not among them. Costs one query
    where there are any and none elsewhere. Rows that came in with an import know their last change only."""
    if item.updated_at is None:
        return []
    told = Edition.objects.of(item).published().filter(is_minor=False, published_at__gt=item.publish_at)
    known: dict[dt.datetime | None, str] = dict(
        told.order_by("published_at").values_list("published_at", "change_note")
    )
    known.setdefault(item.updated_at, item.change_note)
    return sorted((Update(at, note) for at, note in known.items() if at), reverse=True)


def last_public_name(item: Publishable) -> str:
    """The name under which readers knew an item that they see no more: what is written to its row since is not theirs
    to read yet."""
    edition = open_edition(item)
    if edition is None:
        return str(item)
    written = [Revision.Kind.SAVED, Revision.Kind.RESTORED]
    before = Revision.objects.of(item).exclude(edition=edition, kind__in=written).newest_first().first()
    if before is None:
        return str(item)
    was = copy.copy(item)
    snapshots.fill_fields(was, before.content)
    return str(was)
