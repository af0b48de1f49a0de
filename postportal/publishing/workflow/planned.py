"""Making of changes that were planned ahead, when they are due."""

import datetime as dt
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from postportal.audit.actions import Action
from postportal.audit.current_request import without_request
from postportal.audit.log import log_action
from postportal.publishing.models import Planned
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.revisions import record_changes, record_outside_change
from postportal.publishing.versions.shared_rows import SharedRows
from postportal.staff.database_rules import refusal_text


@cache
def planned_models() -> list[type[Planned]]:
    return [model for model in apps.get_models() if issubclass(model, Planned)]


@transaction.atomic
def make_due(model: type[Planned], key: int, at: dt.datetime) -> None:
    """Make the change if it is still due at `at`. What has become impossible is not made, and the reason is stored."""
    due: Any = model.objects.filter(pk=key).due(at)
    found = due.first()
    if found is None:
        return
    # The owner is locked before the change, as by every form.
    lock_item(found.owner)
    row = due.select_for_update(of=("self",)).first()
    if row is None:
        return  # Another request was faster.
    try:
        make(row)
    except ValidationError as error:
        row.failure = "\n".join(error.messages)
        row.save()
    else:
        with without_request():
            log_action(Action.PUBLISH, user=row.planned_by, item=row)


def make(row: Planned) -> None:
    """Make the change, and record it in the history of the rows that it is about. Raises ValidationError with all
    reasons if it is not possible any more. The caller has locked the rows."""
    owner, moment = row.owner, row.due_at or row.publish_at or timezone.now()
    record_outside_change(owner)
    shared, before = SharedRows(owner), {owner.pk: snapshots.serialize(owner)}
    try:
        with transaction.atomic():
            row.make(moment)
    except IntegrityError as error:
        raise ValidationError(refusal_text(error, default=snapshots.VALUE_TAKEN_MESSAGE)) from None
    fresh = type(owner)._default_manager.get(pk=owner.pk)
    record_changes(type(owner), before=before, after={owner.pk: snapshots.serialize(fresh)}, by=row.planned_by)
    shared.record(fresh, by=row.planned_by)
    row.made_at, row.failure = moment, ""
    row.save()
