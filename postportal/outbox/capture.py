"""The signal receivers for content: they note what changed, in the same transaction. Those for accounts and roles are
in postportal/audit/capture.py; there are no others."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save

from postportal.outbox.deliver import deliver
from postportal.outbox.models import Event
from postportal.outbox.routes import ROUTES


def connect() -> None:
    post_save.connect(_changed, dispatch_uid="outbox-save")
    post_delete.connect(_changed, dispatch_uid="outbox-delete")


def record(model: type[models.Model], pks: Iterable[int]) -> None:
    """Note that these rows of `model` changed. For QuerySet methods whose bulk writes send no signals."""
    label = model._meta.label_lower
    if label not in ROUTES:
        return
    events = Event.objects.bulk_create([Event(model=label, object_id=pk) for pk in pks], batch_size=500)
    pks_of_events = [event.pk for event in events]
    transaction.on_commit(lambda: deliver(pks_of_events), robust=True)


def _changed(sender: type[models.Model], instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    if sender._meta.label_lower in ROUTES and not raw:
        record(sender, [instance.pk])
