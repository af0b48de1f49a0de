"""The log that only grows: each entry carries the hash of the one before it."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import Any, NoReturn

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.audit.actions import action_choices

# What stands before the first entry.
GENESIS_HASH = "0" * 64


class AppendOnlyError(TypeError):
    """Somebody tried to change or to remove entries of the log."""


def _now() -> dt.datetime:
    """To the millisecond: `dumpdata` keeps no more, and what it moved to another database has to fit its hash."""
    now = timezone.now()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


class EntryQuerySet(models.QuerySet["Entry"]):
    def newest_first(self) -> "EntryQuerySet":
        return self.order_by("-number")

    def append(self, entries: Sequence["Entry"]) -> None:
        """Add the entries to the end of the chain, in the transaction of the caller.

        The head is locked until that ends, so there is one writer at a time and the chain never forks: on PostgreSQL by
        the row, on SQLite because its transactions begin as writers."""
        with transaction.atomic(savepoint=False):
            head, _made = Head.objects.select_for_update().get_or_create(pk=Head.SINGLETON_PK)
            for entry in entries:
                entry.number, entry.previous_hash, entry.at = head.number + 1, head.hash, _now()
                entry.hash = head.hash = entry.compute_hash()
                head.number = entry.number
            super().bulk_create(entries)  # type: ignore[arg-type]
            head.save()

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Entries of the audit log are not changed.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("Entries of the audit log are not deleted.")

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Entries of the audit log are written by postportal.audit.log.log_action.")


class Entry(models.Model):
    """Who did what, to what, when and from where. Names are text: they say later what they said then, whatever became
    of the account and of the item."""

    # Without gaps, so that a missing entry is one that was removed.
    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("moment"), db_index=True)
    action = models.CharField(_("action"), max_length=32, choices=action_choices, db_index=True)
    actor_id = models.BigIntegerField(_("account number"), null=True)
    actor_name = models.CharField(_("account"), max_length=150, blank=True, db_index=True)
    item_label = models.CharField(_("kind of item"), max_length=100, blank=True)
    item_key = models.CharField(_("item number"), max_length=64, blank=True)
    item_name = models.CharField(_("item"), max_length=300, blank=True)
    detail = models.CharField(_("detail"), max_length=2000, blank=True)
    address = models.CharField(_("network address"), max_length=45, blank=True)
    # Unique, so that not even a fault of ours could let two entries follow the same one.
    previous_hash = models.CharField(_("hash of the entry before"), max_length=64, unique=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        # Administrators only: there is no permission that a role could be given.
        default_permissions = ()
        indexes = [models.Index(fields=["item_label", "item_key"], name="audit_item")]

    def __str__(self) -> str:
        return f"{self.number}: {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Entries of the audit log are written by postportal.audit.log.log_action.")

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Entries of the audit log are not deleted.")

    def compute_hash(self) -> str:
        """The hash that these values have. Whoever adds a column leaves it out here where it is empty, or every entry
        written before looks changed."""
        sealed = {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}
        del sealed["hash"]
        sealed["at"] = self.at.astimezone(dt.UTC).isoformat(timespec="milliseconds")
        canonical = json.dumps(sealed, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()


class Head(models.Model):
    """One row: the newest entry, so that removing the newest is noticed, too. Writers of the log queue here."""

    SINGLETON_PK = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=SINGLETON_PK)
    number = models.PositiveBigIntegerField(_("number"), default=0)
    hash = models.CharField(_("hash"), max_length=64, default=GENESIS_HASH)

    class Meta:
        verbose_name = _("head of the audit log")
        verbose_name_plural = _("head of the audit log")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head")]

    def __str__(self) -> str:
        return f"{self.number}: {self.hash}"
