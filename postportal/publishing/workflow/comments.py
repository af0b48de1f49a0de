"""Adding and resolving comments. The outbox emails them to the people who can act on them."""

import datetime as dt
from typing import Any

from django.contrib.contenttypes.models import ContentType

from postportal.audit.current_request import current_request
from postportal.publishing.models import Comment, Edition, Publishable
from postportal.web.site_url import site_origin


def add_comment(
    kind: str, item: Publishable, edition: Edition | None, *, by: Any, at: dt.datetime, text: str = ""
) -> Comment:
    """Add a comment to the item. `by` is None for automatic comments. The email is sent after the commit."""
    request = current_request.get()
    return Comment.objects.create(
        content_type=ContentType.objects.get_for_model(item),
        object_id=item.pk,
        edition=edition,
        kind=kind,
        text=text.strip(),
        at=at,
        by=by,
        origin=site_origin(request) if request else "",
    )


def resolve_returned(item: Publishable, *, by: Any, at: dt.datetime) -> None:
    """Mark the comments with which the item was returned as done: it has been submitted again."""
    returned = Comment.objects.of(item).unresolved().filter(kind=Comment.Kind.RETURNED)
    returned.update(done_at=at, done_by=by)
