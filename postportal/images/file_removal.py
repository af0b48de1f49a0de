"""Removal of the files of pictures and documents that were deleted long ago."""

from django.db import transaction
from django.utils import timezone

from postportal.images.models import KEPT_DAYS, DeletedFile, delete_files_on_commit

BATCH_SIZE = 1000


def remove_forgotten(*, days: int = KEPT_DAYS) -> int:
    """Remove the files that were deleted at least that many days ago, and return how many these are."""
    removed = 0
    while count := _remove_some(days):
        removed += count
    return removed


@transaction.atomic
def _remove_some(days: int) -> int:
    # Locked: whoever restores the row at the same second gets all of its files, or a refusal.
    found = DeletedFile.objects.forgotten(timezone.now(), days=days).order_by("pk").select_for_update()
    names = dict(found[:BATCH_SIZE].values_list("pk", "name"))
    DeletedFile.objects.filter(pk__in=names).delete()
    delete_files_on_commit(set(names.values()))
    return len(names)
