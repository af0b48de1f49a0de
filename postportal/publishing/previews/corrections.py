"""Public corrections in previews: the errata that their publication would keep."""

import datetime as dt

from postportal.publishing.models import Edition, Publishable
from postportal.publishing.models.edition import Stage
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.revisions import get_or_start_edition


def shown_content(item: Publishable, *, at: dt.datetime) -> snapshots.Content | None:
    """Return the content of the page that readers have, None if there is none that a publication would correct. To be
    called before the unpublished changes are applied."""
    is_shown = item.is_edited_in_edition and item.has_page(at)
    return snapshots.serialize(item) if is_shown else None


def note_errata(
    item: Publishable, *, shown: snapshots.Content | None, content: snapshots.Content, at: dt.datetime
) -> None:
    """Keep the errata as if the content were published at `at`. Only for use in a dry run. The item is not saved."""
    errata = item.errata_between(shown, content) if shown is not None else []
    if not errata:
        return
    edition = get_or_start_edition(item, by=None)
    if edition.is_minor:
        return
    item.changed_at, item.change_note = at, edition.change_note
    kept = {"published_at": at, "errata": errata, "content": None}
    Edition.objects.filter(pk=edition.pk).update(stage=Stage.PUBLISHED, **kept)
