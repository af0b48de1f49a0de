"""Authors of an item: adding and removing them, and handing an item over to a colleague."""

import datetime as dt
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.publishing.models import Authorship, Comment, Publishable
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions.revisions import open_edition
from postportal.publishing.workflow.comments import add_comment
from postportal.staff.account_names import full_name_or_username


def authors_of(item: Publishable) -> list[Any]:
    """Return the authors in the order in which they were added; without any change of them, whoever created it."""
    rows = list(Authorship.objects.of(item).select_related("user").in_order())
    if not rows:
        return [item.created_by] if item.created_by else []
    return [row.user for row in rows if row.left_at is None]


def is_author(item: Publishable, user: Any) -> bool:
    rows = Authorship.objects.of(item).values_list("user_id", "left_at")
    current = [key for key, left_at in rows if left_at is None] if rows else [item.created_by_id]
    return user.pk is not None and user.pk in current


@transaction.atomic
def add_author(item: Publishable, user: Any, *, by: Any, at: dt.datetime) -> None:
    """Let the user edit the item as its authors may, and tell them. Nothing happens if they are an author already."""
    item = lock_item(item)
    _store_creator(item)
    if _join(item, user):
        add_comment(Comment.Kind.AUTHOR, item, open_edition(item), by=by, at=at, mentioned=[user])
        log_action(Action.AUTHORS, user=by, item=item, detail=f"+ {full_name_or_username(user)}")


@transaction.atomic
def remove_author(item: Publishable, user: Any, *, by: Any) -> None:
    """Raise ValidationError if nobody would be left."""
    item = lock_item(item)
    _store_creator(item)
    current = Authorship.objects.of(item).current()
    if not current.exclude(user=user).exists():
        raise ValidationError(_("An item needs an author. Add another author first, or hand the item over."))
    if current.filter(user=user).delete()[0]:
        log_action(Action.AUTHORS, user=by, item=item, detail=f"− {full_name_or_username(user)}")


@transaction.atomic
def hand_over(item: Publishable, user: Any, *, by: Any, at: dt.datetime, note: str = "") -> None:
    """Give the user the place of `by` among the authors, or those of all if `by` is none of them, and tell the user.
    What authors wrote before stays theirs: they cannot approve it."""
    item = lock_item(item)
    _store_creator(item)
    leaving = Authorship.objects.of(item).current().exclude(user=user)
    own = leaving.filter(user=by)
    (own if own.exists() else leaving).update(left_at=at)
    _join(item, user)
    add_comment(Comment.Kind.HANDED_OVER, item, open_edition(item), by=by, at=at, text=note, mentioned=[user])
    detail = ": ".join(filter(None, [f"→ {full_name_or_username(user)}", note.strip()]))
    log_action(Action.HAND_OVER, user=by, item=item, detail=detail)


def _store_creator(item: Publishable) -> None:
    if item.created_by_id is not None and not Authorship.objects.of(item).exists():
        Authorship.objects.create(
            content_type=ContentType.objects.get_for_model(item), object_id=item.pk, user_id=item.created_by_id
        )


def _join(item: Publishable, user: Any) -> bool:
    """Return True if the user was no author before."""
    content_type = ContentType.objects.get_for_model(item)
    row, is_new = Authorship.objects.get_or_create(content_type=content_type, object_id=item.pk, user=user)
    if is_new or row.left_at is None:
        return is_new
    row.left_at = None
    row.save()
    return True
