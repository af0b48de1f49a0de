"""Functions that write to the audit log. Nothing else does."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from postportal.audit.actions import Action
from postportal.audit.current_request import current_request
from postportal.audit.models import Entry
from postportal.audit.one_line import one_line
from postportal.web.rate_limits import client_ip

Item = Model | type[Model]


def log_action(
    action: Action, *, request: HttpRequest | None = None, user: Any = None, item: Item | None = None, detail: str = ""
) -> Entry:
    """Add one entry in the transaction of the caller and return it.

    If the transaction is rolled back the entry is too, and an action that cannot be logged does not happen. Call it at
    the end of a transaction: other writers of the log wait until the transaction ends.

    `request` defaults to the request being answered, `user` to the user of the request. `item` is a row, or a model if
    the action concerns all of its rows. `detail` must not hold secrets or content: it cannot be removed later."""
    [entry] = log_actions(action, [item], request=request, user=user, detail=detail)
    return entry


def log_actions(
    action: Action,
    items: Iterable[Item | None],
    *,
    request: HttpRequest | None = None,
    user: Any = None,
    detail: str = "",
) -> list[Entry]:
    """Add one entry for each of the items and return the entries. Takes as many queries as one entry does."""
    request = request or current_request.get()
    user = user or getattr(request, "user", None)
    is_known = user is not None and user.is_authenticated
    fields = {
        "action": Action(action).value,
        "actor_id": user.pk if is_known else None,
        "actor_name": _fit_column("actor_name", user.get_username() if is_known else ""),
        "detail": _fit_column("detail", detail),
        "address": _fit_column("address", client_ip(request) if request else ""),
    }
    entries = [Entry(**fields, **_item_fields(item)) for item in items]
    Entry.objects.append(entries)
    return entries


def _item_fields(item: Item | None) -> dict[str, str]:
    if item is None:
        return {}
    if not isinstance(item, Model):
        return {"item_label": item._meta.label_lower}
    return {
        "item_label": item._meta.label_lower,
        "item_key": _fit_column("item_key", item.pk),
        "item_name": _fit_column("item_name", item),
    }


def _fit_column(name: str, text: object) -> str:
    column: Any = Entry._meta.get_field(name)
    return one_line(text, limit=column.max_length)
