"""Adding and resolving comments. The outbox emails them to the people who can act on them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from postportal.audit.current_request import current_request
from postportal.publishing.models import Comment, Edition, Versioned
from postportal.publishing.workflow.comment_places import Place
from postportal.web.site_url import site_origin


@transaction.atomic
def add_comment(
    kind: str,
    item: Versioned,
    edition: Edition | None,
    *,
    by: Any,
    at: dt.datetime,
    text: str = "",
    mentioned: Sequence[Any] = (),
    place: Place | None = None,
    answers: Comment | None = None,
) -> Comment:
    """Add a comment to the item. `by` is None for automatic comments, `mentioned` are the colleagues it is for. The
    email is sent after the commit."""
    request = current_request.get()
    comment = Comment.objects.create(
        content_type=ContentType.objects.get_for_model(item),
        object_id=item.pk,
        edition=edition,
        kind=kind,
        text=text.strip(),
        at=at,
        by=by,
        origin=site_origin(request) if request else "",
        answers=answers,
        **(asdict(place) if place else {}),
    )
    if mentioned:
        comment.mentioned.set(mentioned)
    return comment


def resolve_returned(item: Versioned, *, by: Any, at: dt.datetime) -> None:
    """Mark the comments with which the item was returned or declined as done: it has been submitted again."""
    returned = Comment.objects.of(item).filter(kind__in=Comment.REFUSALS, done_at__isnull=True)
    returned.update(done_at=at, done_by=by)
