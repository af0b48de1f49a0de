"""Append-only audit log: each entry holds the hash of the previous one."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import Any, NoReturn

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.audit.actions import action_choices
from postportal.web.date_fields import RangedDateTimeField

# The previous hash of the first entry.
GENESIS_HASH = "0" * 64


class AppendOnlyError(TypeError):
    """Code tried to change or delete entries of the log."""


def _now() -> dt.datetime:
    """Return the time rounded down to milliseconds, which every kind of copy keeps: an entry must still match its
    hash afterwards."""
    now = timezone.now()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


class EntryQuerySet(models.QuerySet["Entry"]):
    def newest_first(self) -> "EntryQuerySet":
        return self.order_by("-number")

    def append(self, entries: Sequence["Entry"]) -> None:
        """Add the entries to the end of the chain, in the transaction of the caller.

        The head is locked until the transaction ends, so that there is one writer at a time and the chain never forks:
        PostgreSQL locks the row, and SQLite transactions begin as writers."""
        with transaction.atomic(savepoint=False):
            head, _made = Head.objects.select_for_update().get_or_create(pk=Head.SINGLETON_PK)
            for entry in entries:
                entry.number, entry.previous_hash, entry.at = head.number + 1, head.hash, _now()
                entry.hash = head.hash = entry.compute_hash()
                head.number = entry.number
            super().bulk_create(entries)  # type: ignore[arg-type]
            head.save()

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Audit log entries cannot be changed.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("Audit log entries cannot be deleted.")

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Use postportal.audit.log.log_action to write audit log entries.")


class Entry(models.Model):
    """Record of an action: the account, the item, the time and the IP address. Names are copied as text, so that they
    stay readable when the account or the item is renamed or deleted."""

    # Without gaps: a missing number means that an entry was removed.
    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = RangedDateTimeField(_("time"), db_index=True)
    action = models.CharField(_("action"), max_length=32, choices=action_choices, db_index=True)
    actor_id = models.BigIntegerField(_("account ID"), null=True)
    actor_name = models.CharField(_("account"), max_length=150, blank=True, db_index=True)
    item_label = models.CharField(_("item type"), max_length=100, blank=True)
    item_key = models.CharField(_("item ID"), max_length=64, blank=True)
    item_name = models.CharField(_("item"), max_length=300, blank=True)
    detail = models.CharField(_("details"), max_length=2000, blank=True)
    address = models.CharField(_("IP address"), max_length=45, blank=True)
    # Unique, so that not even a bug could make two entries follow the same one.
    previous_hash = models.CharField(_("previous hash"), max_length=64, unique=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit log entry")
        verbose_name_plural = _("audit log entries")
        # For administrators only: there is no permission that could be given to a role.
        default_permissions = ()
        indexes = [models.Index(fields=["item_label", "item_key"], name="audit_item")]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_action_display()}"

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Use postportal.audit.log.log_action to write audit log entries.")

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Audit log entries cannot be deleted.")

    def compute_hash(self) -> str:
        """Return the hash of the entry's values. A column that is added later must be left out while it is empty, or
        all earlier entries would seem to have been changed."""
        values = {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}
        del values["hash"]
        values["at"] = self.at.astimezone(dt.UTC).isoformat(timespec="milliseconds")
        canonical = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()


class Head(models.Model):
    """Number and hash of the newest entry, so that removing the newest entries is noticed. There is one row, and the
    writers of the log lock it."""

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
