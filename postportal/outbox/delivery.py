"""Run the handlers of recorded events. A failure stays as a row for the next run of `deliver_outbox`."""

import logging
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F
from django.utils.module_loading import import_string

from postportal.outbox.models import OutboxEvent
from postportal.outbox.routes import BATCH_ROUTES, ROUTES

logger = logging.getLogger(__name__)
# What the index writes at once; an import brings as many.
BATCH_SIZE = 1000


def deliver(pks: Iterable[int]) -> int:
    """Deliver the events with these keys, oldest first; return how many objects failed. Raises nothing: the change
    behind an event is already committed, and its author must not see an error for it.

    Several events of one object (a save and its tags) are one delivery."""
    objects: dict[str, dict[int, None]] = defaultdict(dict)
    rows = OutboxEvent.objects.filter(pk__in=list(pks)).oldest_first().values_list("model_label", "object_id")
    for model, object_id in rows:
        objects[model][object_id] = None
    failed = 0
    for model, ids in objects.items():
        every = list(ids)
        failed += sum(
            _deliver_batch(model, every[start : start + BATCH_SIZE]) for start in range(0, len(every), BATCH_SIZE)
        )
    return failed


def deliver_all() -> int:
    """Deliver whatever is still waiting; return how many objects failed again."""
    return deliver(list(OutboxEvent.objects.oldest_first().values_list("pk", flat=True)))


def _deliver_batch(model: str, ids: list[int]) -> int:
    # Only what is noted by now: a change made while the handlers run has its own event.
    noted: dict[int, list[int]] = defaultdict(list)
    for pk, object_id in OutboxEvent.objects.filter(model_label=model, object_id__in=ids).values_list(
        "pk", "object_id"
    ):
        noted[object_id].append(pk)
    try:
        for handler in BATCH_ROUTES.get(model, ()):
            import_string(handler)(model, ids)
    except Exception as error:
        if len(ids) > 1:
            # One of them is at fault: the others need not wait for it.
            half = len(ids) // 2
            return _deliver_batch(model, ids[:half]) + _deliver_batch(model, ids[half:])
        logger.exception("Outbox: %s %s failed", model, ids[0])
        _note_failure(noted[ids[0]], error=error)
        return 1
    failed = [object_id for object_id in ids if not _deliver_object(model, object_id, events=noted[object_id])]
    done = [pk for object_id in ids if object_id not in failed for pk in noted[object_id]]
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
