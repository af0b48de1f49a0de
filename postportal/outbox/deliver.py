"""Run the handlers of recorded events. A failure stays as a row for the next run of `deliver_outbox`."""

import logging
from collections.abc import Iterable

from django.db.models import F
from django.utils.module_loading import import_string

from postportal.outbox.models import Event
from postportal.outbox.routes import ROUTES

logger = logging.getLogger(__name__)


def deliver(pks: Iterable[int]) -> int:
    """Deliver the events with these keys, oldest first; return how many objects failed. Raises nothing: the change
    behind an event is already committed, and its author must not see an error for it.

    Several events of one object (a save and its tags) are one delivery."""
    rows = Event.objects.filter(pk__in=list(pks)).oldest_first().values_list("model", "object_id")
    return sum(not _deliver_object(model, object_id) for model, object_id in dict.fromkeys(rows))


def deliver_all() -> int:
    """Deliver whatever is still waiting; return how many objects failed again."""
    return deliver(list(Event.objects.oldest_first().values_list("pk", flat=True)))


def _deliver_object(model: str, object_id: int) -> bool:
    events = Event.objects.filter(model=model, object_id=object_id)
    # Only what is noted by now: a change made while the handlers run has its own event.
    noted = events.filter(pk__in=list(events.values_list("pk", flat=True)))
    try:
        for handler in ROUTES.get(model, ()):
            import_string(handler)(model, object_id)
    except Exception as error:
        logger.exception("Outbox: %s %s failed", model, object_id)
        noted.update(attempts=F("attempts") + 1, last_error=f"{type(error).__name__}: {error}"[:2000])
        return False
    noted.delete()
    return True
