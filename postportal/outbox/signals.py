"""Signal receivers for content: they add an outbox event in the transaction of the change. The receivers for accounts
and roles are in postportal/audit/signals.py, those for tags in postportal/tags/signals.py, that for what is kept of
deleted rows in postportal/publishing/signals.py; there are no others."""

from collections.abc import Collection, Iterable
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from taggit.models import GenericTaggedItemBase

from postportal.outbox.delivery_process import deliver_committed
from postportal.outbox.models import OutboxEvent
from postportal.outbox.routes import DEPENDENT_ROWS, PARENTS, is_routed
from postportal.web.bulk_rows import insert_rows


def connect() -> None:
    post_save.connect(_on_saved_or_deleted, dispatch_uid="outbox-save")
    post_delete.connect(_on_saved_or_deleted, dispatch_uid="outbox-delete")
    # Which rows show a name can only be found out while it exists.
    pre_delete.connect(_on_before_delete, dispatch_uid="outbox-leave")
    m2m_changed.connect(_on_m2m_changed, dispatch_uid="outbox-link")


def enqueue(model: type[models.Model], pks: Iterable[int]) -> None:
    """Add outbox events for these rows of `model` and deliver them on commit.

    To be called by QuerySet methods whose bulk writes send no signals. Models without a route are ignored."""
    label = model._meta.label_lower
    if not is_routed(label):
        return
    ids = list(pks)
    insert_rows([OutboxEvent(model_label=label, object_id=pk) for pk in ids])
    if ids:
        transaction.on_commit(lambda: deliver_committed(label, ids), robust=True)


def _on_saved_or_deleted(sender: type[models.Model], instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    enqueue(sender, [instance.pk])
    label = sender._meta.label_lower
    if label in PARENTS:
        parent, column = PARENTS[label]
        enqueue(apps.get_model(parent), [getattr(instance, column)])
    # No row shows a new name yet, and none shows a deleted one any more.
    if kwargs.get("created") is False:
        _enqueue_dependent_rows(instance)
    if isinstance(instance, GenericTaggedItemBase) and (tagged := instance.content_type.model_class()):
        enqueue(tagged, [instance.object_id])


def _on_before_delete(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    _enqueue_dependent_rows(instance)


def _enqueue_dependent_rows(instance: models.Model) -> None:
    for label, field in DEPENDENT_ROWS.get(instance._meta.label_lower, ()):
        rows = apps.get_model(label)._default_manager.filter(**{field: instance.pk})
        enqueue(rows.model, rows.order_by("pk").values_list("pk", flat=True).distinct())


def _on_m2m_changed(
    sender: type[models.Model],
    instance: models.Model,
    action: str,
    reverse: bool,
    model: type[models.Model],
    pk_set: Collection[int] | None,
    **kwargs: Any,
) -> None:
    if not reverse and action in ("post_add", "post_remove", "post_clear"):
        enqueue(type(instance), [instance.pk])
    elif reverse and action in ("post_add", "post_remove"):
        enqueue(model, sorted(pk_set or ()))
    elif reverse and action == "pre_clear":
        # After the clear, the linked rows are no longer known.
        fields = [field.name for field in model._meta.many_to_many if field.remote_field.through is sender]
        for field in fields:
            linked = model._default_manager.filter(**{field: instance.pk})
            enqueue(model, linked.order_by("pk").values_list("pk", flat=True))
