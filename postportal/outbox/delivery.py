"""Delivery of outbox events to their handlers. Failed events stay in the table for the next run of `deliver_outbox`."""

import logging
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F
from django.utils.module_loading import import_string

from postportal.outbox.models import OutboxEvent
from postportal.outbox.routes import BATCH_ROUTES, ROUTES

logger = logging.getLogger(__name__)
# The search index writes that many rows at once, and an import sends as many.
BATCH_SIZE = 1024


def deliver(pks: Iterable[int]) -> int:
    """Deliver the events with these primary keys, oldest first, and return the number of objects that failed.

    Raises nothing: the change is already committed, and the user who made it must not see an error. Several events of
    one object, for example a save and its tags, are delivered once."""
    objects: dict[str, dict[int, None]] = defaultdict(dict)
    rows = OutboxEvent.objects.filter(pk__in=list(pks)).oldest_first().values_list("model_label", "object_id")
    for model, object_id in rows:
        objects[model][object_id] = None
    failed = 0
    for model, ids in objects.items():
        all_ids = list(ids)
        failed += sum(
            _deliver_batch(model, all_ids[start : start + BATCH_SIZE]) for start in range(0, len(all_ids), BATCH_SIZE)
        )
    return failed


def deliver_all() -> int:
    """Deliver all events that are left and return the number of objects that failed again."""
    return deliver(list(OutboxEvent.objects.oldest_first().values_list("pk", flat=True)))


def _deliver_batch(model: str, ids: list[int]) -> int:
    # Read before the handlers run: a change made in the meantime has its own event.
    events: dict[int, list[int]] = defaultdict(list)
    for pk, object_id in OutboxEvent.objects.filter(model_label=model, object_id__in=ids).values_list(
        "pk", "object_id"
    ):
        events[object_id].append(pk)
    try:
        for handler in BATCH_ROUTES.get(model, ()):
            import_string(handler)(model, ids)
    except Exception as error:
        if len(ids) > 1:
            # One of them fails: find it by halving, so that the others are delivered.
            half = len(ids) // 2
            return _deliver_batch(model, ids[:half]) + _deliver_batch(model, ids[half:])
        logger.exception("Outbox: %s %s failed", model, ids[0])
        _note_failure(events[ids[0]], error=error)
        return 1
    failed = [object_id for object_id in ids if not _deliver_object(model, object_id, events=events[object_id])]
    done = [pk for object_id in ids if object_id not in failed for pk in events[object_id]]
    OutboxEvent.objects.filter(pk__in=done).delete()
    return len(failed)


def _deliver_object(model: str, object_id: int, *, events: list[int]) -> bool:
    try:
        for handler in ROUTES.get(model, ()):
            import_string(handler)(model, object_id)
    except Exception as error:
        logger.exception("Outbox: %s %s failed", model, object_id)
        _note_failure(events, error=error)
        return False
    return True


def _note_failure(events: list[int], *, error: Exception) -> None:
    failure = f"{type(error).__name__}: {error}"[:2000]
    OutboxEvent.objects.filter(pk__in=events).update(attempts=F("attempts") + 1, last_error=failure)
