"""Versioned rows: each save is recorded, and nobody overwrites what somebody else saved."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.db import models

# Proposals of new rows are stored under keys from here on, which no row has. Scripts can read keys up to 2**53.
FIRST_PROPOSED_KEY = 2**52


class Versioned(models.Model):
    """A row whose versions are recorded, with its child rows. Without a workflow it is edited in place: readers see
    what was saved."""

    # Reverse relations of the child rows, which are edited in the form of the row and belong to its versions.
    child_relations: ClassVar[tuple[str, ...]] = ()
    # Deleted rows can come back.
    is_restorable: ClassVar[bool] = True
    # Reverse relations of rows that nobody edits, and that are deleted and come back with the row: its files.
    own_relations: ClassVar[tuple[str, ...]] = ()
    # True if readers see it only while something public shows it. Nothing does when it is deleted.
    is_public_by_use: ClassVar[bool] = False
    # For how many days a deleted row can be restored; 0 for ever.
    kept_days: ClassVar[int] = 0
    # True if whoever may not change it can be allowed to propose changes to it, and new rows of its kind.
    has_proposals: ClassVar[bool] = False
    # True if rows of its kind can stand on every page: to save these takes the right to publish as well.
    has_publish_right: ClassVar[bool] = False

    class Meta:
        abstract = True

    @property
    def is_edited_in_edition(self) -> bool:
        """Return True if readers know the row: changes are then stored in an edition until they are published."""
        return False

    @property
    def needs_publish_right(self) -> bool:
        """Return True if it stands on every page: without the right to publish, a save needs a second person."""
        return False

    @property
    def is_proposed(self) -> bool:
        """Return True if it is a new row that somebody has proposed, and not stored."""
        return isinstance(self.pk, int) and self.pk >= FIRST_PROPOSED_KEY

    def complete_return(self) -> None:
        """Take back what the row has outside the database, when it was deleted and its rows are stored again. Raises
        ValidationError if that is gone."""

    @classmethod
    def validate_together(cls, rows: Sequence[Self], *, exclude: Sequence[Any]) -> None:
        """Validate child rows of one item, all of which are about to be saved. Models whose rows exclude each other
        compare them as they will be."""
        for row in rows:
            row.full_clean(exclude=exclude)
