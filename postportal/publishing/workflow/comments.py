"""Saying something about an item: kept beside it, and mailed to those who may act on it."""

import datetime as dt
from typing import Any

from django.contrib.contenttypes.models import ContentType

from postportal.audit.current_request import current_request
from postportal.publishing.models import Comment, Edition, Publishable


def add_comment(
    kind: str, item: Publishable, edition: Edition | None, *, by: Any, at: dt.datetime, text: str = ""
) -> Comment:
    """`by` is None where the portal itself speaks. The mail leaves when the transaction has been committed."""
    request = current_request.get()
    return Comment.objects.create(
        content_type=ContentType.objects.get_for_model(item),
        object_id=item.pk,
        edition=edition,
        kind=kind,
        text=text.strip(),
        at=at,
        by=by,
        origin=request.build_absolute_uri("/")[:-1] if request else "",
    )


def resolve_returned(item: Publishable, *, by: Any, at: dt.datetime) -> None:
    """What the item was returned for has been done once it is submitted again."""
    asked = Comment.objects.of(item).unresolved().filter(kind=Comment.Kind.RETURNED)
    asked.update(done_at=at, done_by=by)
