"""Delivery of outbox events to their handlers. Failed events stay in the table for the next run of `deliver_outbox`."""

import logging
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F
from django.utils.module_loading import import_string

from postportal.outbox.models import OutboxEvent
from postportal.outbox.routes import BACKGROUND_STEPS, BATCH_ROUTES, ROUTES
from postportal.web.keyed_query import KeyedQuery

logger = logging.getLogger(__name__)
# The search index writes that many rows at once, and an import sends as many.
BATCH_SIZE = 1024
_events = KeyedQuery(
    lambda ids, model: (
        OutboxEvent.objects.filter(model_label=model, object_id__in=ids).values_list("pk", "object_id").order_by()
    ),
    takes=(str,),
)


def deliver(model: str, ids: Iterable[int]) -> int:
    """Deliver the events of these objects of a model and return the number of objects that failed.

    Raises nothing: the change is already committed, and the user who made it must not see an error. Several events of
    one object, for example a save and its tags, are delivered once."""
    all_ids = list(dict.fromkeys(ids))
    return sum(
        _deliver_batch(model, all_ids[start : start + BATCH_SIZE]) for start in range(0, len(all_ids), BATCH_SIZE)
    )


def deliver_all() -> int:
    """Deliver all events that are left, oldest first, and return the number of objects that failed again."""
    objects: dict[str, list[int]] = defaultdict(list)
    for model, object_id in OutboxEvent.objects.oldest_first().values_list("model_label", "object_id"):
        objects[model].append(object_id)
    return sum(deliver(model, ids) for model, ids in objects.items())


def run_background_steps() -> None:
    """Go on with what takes longer than a request. One that fails does not stop the others, and goes on next time."""
    for step in BACKGROUND_STEPS:
        try:
            import_string(step)()
        except Exception:
            logger.exception("Outbox: %s failed", step)


def _deliver_batch(model: str, ids: list[int]) -> int:
    # Read before the handlers run: a change made in the meantime has its own event.
    events: dict[int, list[int]] = defaultdict(list)
    for pk, object_id in _events.objects(ids, model):
        events[object_id].append(pk)
    # What another event of the same transaction has delivered is left out.
    ids = [object_id for object_id in ids if object_id in events]
    try:
        for handler in BATCH_ROUTES.get(model, ()) if ids else ():
            import_string(handler)(model, ids)
    except Exception as error:
        if len(ids) > 1:
            # One of them fails: find it by halving, so that the others are delivered.
            half = len(ids) // 2
            return _deliver_batch(model, ids[:half]) + _deliver_batch(model, ids[half:])
        logger.exception("Outbox: %s %s failed", model, ids[0])
        _note_failure(events[ids[0]], error=error)
        return 1
    failed = {object_id for object_id in ids if not _deliver_object(model, object_id, events=events[object_id])}
    OutboxEvent.objects.discard([pk for object_id in ids if object_id not in failed for pk in events[object_id]])
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
