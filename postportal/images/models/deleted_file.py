"""Files of deleted pictures and documents, which are kept for a while."""

import datetime as dt
from collections.abc import Collection
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from postportal.web.date_fields import RangedDateTimeField

# How long what was deleted can be restored.
KEPT_DAYS = 30


class DeletedFileQuerySet(models.QuerySet["DeletedFile"]):
    def keep(self, names: Collection[str]) -> None:
        """Note that the rows with these files are about to be deleted."""
        at = timezone.now()
        rows: Any = [DeletedFile(name=name, deleted_at=at) for name in sorted(names)]
        self.bulk_create(rows)

    def take_back(self, names: Collection[str], *, needed: str) -> None:
        """Keep the files for good again, because their row is back. Raises ValidationError if the needed one has been
        removed."""
        found = set(self.select_for_update().filter(name__in=names).values_list("name", flat=True))
        if needed not in found:
            text = _("Its file has been removed. Files are kept for %(days)s days after the deletion.")
            raise ValidationError(text % {"days": KEPT_DAYS})
        self.filter(name__in=found).delete()

    def forgotten(self, at: dt.datetime, *, days: int = KEPT_DAYS) -> Self:
        """Keep the files that were deleted at least that many days before `at`."""
        return self.filter(deleted_at__lte=at - dt.timedelta(days=days))


class DeletedFile(models.Model):
    """A stored file whose row was deleted. It is removed later (`postportal.images.file_removal`), unless the row is
    restored before. Readers never get it: only rows say who may."""

    name = models.CharField(max_length=120, unique=True)
    deleted_at = RangedDateTimeField(db_index=True)

    objects = DeletedFileQuerySet.as_manager()

    class Meta:
        # Nobody edits it, so there are no permissions.
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
