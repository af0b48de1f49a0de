"""Outbox: changes of content whose consequences have not been carried out yet."""

from collections.abc import Iterable
from typing import Self

from django.db import connections, models, router, transaction
from django.utils.translation import gettext_lazy as _

from postportal.web.date_fields import RangedDateTimeField


class EventQuerySet(models.QuerySet["OutboxEvent"]):
    def oldest_first(self) -> Self:
        return self.order_by("pk")

    def discard(self, pks: Iterable[int]) -> None:
        """Delete these events. Django's `delete` would load each of them first, for the receivers of its signals."""
        connection = connections[router.db_for_write(self.model)]
        rows = [(pk,) for pk in pks]
        if rows:
            with transaction.atomic(using=connection.alias, savepoint=False), connection.cursor() as cursor:
                cursor.executemany(f"DELETE FROM {self.model._meta.db_table} WHERE id = %s", rows)  # noqa: S608


class OutboxEvent(models.Model):
    """Note that an object was saved or deleted and that its handlers have to run. Written in the transaction of the
    change, so that neither exists without the other. Deleted once every handler of the model has run."""

    model_label = models.CharField(_("model"), max_length=100)
    object_id = models.BigIntegerField(_("object"))
    created_at = RangedDateTimeField(_("created at"), auto_now_add=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("outbox event")
        verbose_name_plural = _("outbox events")
        indexes = [models.Index(fields=["model_label", "object_id"], name="outbox_object")]

    def __str__(self) -> str:
        return f"{self.model_label} {self.object_id}"
