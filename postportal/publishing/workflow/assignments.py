"""Assigning an item to a colleague, with a day on which the work is due."""

import datetime as dt
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.publishing.models import Assignment, Comment, Publishable
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions.revisions import open_edition
from postportal.publishing.workflow.authors import add_author, is_author
from postportal.publishing.workflow.comments import add_comment
from postportal.staff.account_names import full_name_or_username
from postportal.staff.permissions import has_model_permission


def assignment_of(item: Publishable) -> Assignment | None:
    return Assignment.objects.of(item).select_related("user").first()


@transaction.atomic
def assign(
    item: Publishable, user: Any, *, due_on: dt.date | None, by: Any, at: dt.datetime, note: str = ""
) -> Assignment | None:
    """Assign the item and tell the user; without user and day, end the assignment. Users who could not edit the item
    become authors of it: an assignment is a request to work on it."""
    item = lock_item(item)
    before = assignment_of(item)
    if user is None and due_on is None:
        finish(item, by=by)
        return None
    assignment, _is_new = Assignment.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(item),
        object_id=item.pk,
        defaults={"user": user, "due_on": due_on, "at": at, "by": by},
    )
    if user is not None and not (has_model_permission(user, "publish", item) or is_author(item, user)):
        add_author(item, user, by=by, at=at)
    is_changed = before is None or (before.user, before.due_on) != (user, due_on)
    if is_changed or note.strip():
        mentioned = [user] if user is not None else []
        add_comment(Comment.Kind.ASSIGNED, item, open_edition(item), by=by, at=at, text=note, mentioned=mentioned)
        log_action(Action.ASSIGN, user=by, item=item, detail=_logged(assignment))
    return assignment


@transaction.atomic
def finish(item: Publishable, *, by: Any) -> None:
    """End the assignment: the work is done, or nobody has to do it."""
    if Assignment.objects.of(item).delete()[0]:
        log_action(Action.ASSIGN, user=by, item=item, detail="−")


def due_text(assignment: Assignment | None) -> str:
    """Return “Due on 8 December 2026.”, "" without a day."""
    if assignment is None or assignment.due_on is None:
        return ""
    return _("Due on %(date)s.") % {"date": date_format(assignment.due_on)}


def _logged(assignment: Assignment) -> str:
    day = assignment.due_on.isoformat() if assignment.due_on else ""
    return ", ".join(filter(None, [f"→ {full_name_or_username(assignment.user) or '–'}", day]))
