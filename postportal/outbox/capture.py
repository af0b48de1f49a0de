"""The signal receivers for content: they note what changed, in the same transaction. Those for accounts and roles are
in postportal/audit/capture.py; there are no others."""

from collections.abc import Collection, Iterable
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from taggit.models import GenericTaggedItemBase

from postportal.outbox.deliver import deliver
from postportal.outbox.models import Event
from postportal.outbox.routes import PARTS, is_routed


def connect() -> None:
    post_save.connect(_changed, dispatch_uid="outbox-save")
    post_delete.connect(_changed, dispatch_uid="outbox-delete")
    # The rows that bear a name are known as long as it is there.
    pre_delete.connect(_leaves, dispatch_uid="outbox-leave")
    m2m_changed.connect(_linked, dispatch_uid="outbox-link")


def record(model: type[models.Model], pks: Iterable[int]) -> None:
    """Note that these rows of `model` changed. For QuerySet methods whose bulk writes send no signals."""
    label = model._meta.label_lower
    if not is_routed(label):
        return
    events = Event.objects.bulk_create([Event(model=label, object_id=pk) for pk in pks], batch_size=500)
    pks_of_events = [event.pk for event in events]
    if pks_of_events:
        transaction.on_commit(lambda: deliver(pks_of_events), robust=True)


def _changed(sender: type[models.Model], instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        if is_routed(sender._meta.label_lower):
            record(sender, [instance.pk])
        # A new name is borne by nobody yet, a deleted one by nobody any more.
        if not kwargs.get("created") or not _is_borne(sender):
            _note_wholes(instance, is_there="created" in kwargs)


def _leaves(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    if _is_borne(sender):
        _note_wholes(instance, is_there=True)


def _is_borne(model: type[models.Model]) -> bool:
    return any(not path.endswith("_id") for _, path in PARTS.get(model._meta.label_lower, ()))


def _note_wholes(instance: models.Model, *, is_there: bool) -> None:
    """Note the rows that this one is a part of, or whose name it is."""
    for label, path in PARTS.get(instance._meta.label_lower, ()):
        if path.endswith("_id"):
            record(apps.get_model(label), [getattr(instance, path)])
        elif is_there:
            record(apps.get_model(label), getattr(instance, path).order_by("pk").values_list("pk", flat=True))
    if isinstance(instance, GenericTaggedItemBase):
        tagged = instance.content_type.model_class()
        if tagged is not None:
            record(tagged, [instance.object_id])


def _linked(
    instance: models.Model,
    action: str,
    reverse: bool,
    model: type[models.Model],
    pk_set: Collection[int] | None,
    **kwargs: Any,
) -> None:
    if action in ("post_add", "post_remove", "post_clear"):
        record(*((model, sorted(pk_set or ())) if reverse else (type(instance), [instance.pk])))
