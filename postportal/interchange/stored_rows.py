"""The rows of a file that exist already: read, locked and compared for many at once, so that a changed row costs few
queries of its own."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from postportal.interchange.merging import MergedContent
from postportal.interchange.records import contents_of, load_references
from postportal.interchange.references import References
from postportal.interchange.registers import Register
from postportal.publishing.models import Revision, Versioned
from postportal.publishing.models.locking import lock_items
from postportal.publishing.versions.revisions import newest_revisions
from postportal.publishing.versions.shared_rows import SharedRows, may_change_others
from postportal.publishing.versions.snapshots import Content


class StoredRows:
    """Rows of a register by primary key, with what editors see of them."""

    def __init__(self, register: Register, pks: Iterable[int], *, references: References) -> None:
        self.register, self.references = register, references
        self.rows: dict[int, Any] = register.model._default_manager.in_bulk(list(pks))
        self.contents: dict[int, Content] = contents_of(list(self.rows.values()))
        load_references(register, self.contents.values(), references)
        # What the file makes of rows that it leaves as they are.
        self.unchanged: dict[int, MergedContent] = {}
        self.newest: dict[int, Revision] = {}
        self._shared = SharedRows()

    def lock_changed(self, merged: dict[int, MergedContent]) -> None:
        """Lock the rows that these contents change, so that nobody else does before they are written, and read them
        again for the same reason."""
        self.unchanged = {pk: each for pk, each in merged.items() if each.content == self.contents[pk]}
        changed = [self.rows[pk] for pk in merged if pk not in self.unchanged]
        if not issubclass(self.register.model, Versioned) or not changed:
            return
        found = lock_items(changed)
        for row in changed:
            del self.rows[row.pk], self.contents[row.pk]
        self.rows |= found
        self.contents |= contents_of(list(found.values()))
        load_references(self.register, self.contents.values(), self.references)
        self.newest = newest_revisions(self.register.model, found)
        beside = [row for pk, row in found.items() if _is_shared(row, self.contents[pk], merged[pk])]
        self._shared = SharedRows(*beside)

    def record_shared(self, written: Iterable[models.Model], *, by: Any) -> None:
        """Record what was written in the histories of the rows that have child rows in common with these."""
        rows = [row for row in written if isinstance(row, Versioned)]
        self._shared.record(*rows, by=by)


def _is_shared(row: Versioned, content: Content, merged: MergedContent) -> bool:
    return may_change_others(row, content, after=merged.content)
