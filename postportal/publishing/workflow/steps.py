"""Taking a step: checked, done, and noted, in one transaction or not at all."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.publishing.models import Comment, Edition, Publishable, State
from postportal.publishing.models.edition import Stage
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.revisions import (
    current_version,
    discard_edition,
    get_or_start_edition,
    open_edition,
)
from postportal.publishing.workflow import url_changes
from postportal.publishing.workflow.comments import add_comment, resolve_returned
from postportal.publishing.workflow.rules import LIVE_ROW_STEPS, STEPS, Attempt, refusals

PUBLISHING_STEPS = ("publish", "force", "schedule")
# The others stand in the log under their own names.
LOG_ACTIONS = {"force": Action.FORCE_PUBLISH, "reinstate": Action.RESTORE}
# What colleagues read beside the item; those who may act on it are mailed.
COMMENT_KINDS = {
    "submit": Comment.Kind.SUBMITTED,
    "return": Comment.Kind.RETURNED,
    "approve": Comment.Kind.APPROVED,
    "force": Comment.Kind.FORCED,
    "review": Comment.Kind.REVIEWED,
}


@transaction.atomic
def perform(
    name: str,
    item: Publishable,
    *,
    by: Any,
    at: dt.datetime | None = None,
    due_at: dt.datetime | None = None,
    reason: str = "",
    note: str = "",
    is_minor: bool = False,
    new_address: str = "",
    seen_version: int | None = None,
) -> Publishable:
    """Take the step called `name` (see workflow.STEPS) with an item; return the item as it stands then. `reason` is for
    colleagues or, where it is withdrawn or unpublished, for readers; `note` tells readers what changed; an unpublished
    item leads to `new_address`. `seen` is the version that was on the screen: nobody publishes a text that somebody
    else has changed meanwhile. Raises ValidationError with every reason why not."""
    at = at or timezone.now()
    item = lock_item(item)
    if seen_version is not None and current_version(item) != seen_version:
        raise ValidationError(_("It was saved again after you opened the page. Look at it first."))
    step, edition = STEPS[name], open_edition(item)
    reasons = refusals(step, Attempt(item=item, edition=edition, by=by, at=at, due_at=due_at, reason=reason))
    if reasons:
        raise ValidationError(reasons)
    if name == "review":
        edition = _review(item, by, at)
    elif name in LIVE_ROW_STEPS:
        _change_live_row(item, name, at=at, reason=reason, new_address=new_address)
    else:
        edition = edition or get_or_start_edition(item, by=by)
        if name in PUBLISHING_STEPS:
            edition.change_note, edition.is_minor = note, is_minor
            edition.is_forced, edition.force_reason = name == "force", reason if name == "force" else ""
        _STEP_FUNCTIONS[name](item, edition, by, due_at if name == "schedule" and due_at else at)
    if name in COMMENT_KINDS:
        add_comment(COMMENT_KINDS[name], item, edition, by=by, at=at, text=reason)
    log_action(LOG_ACTIONS.get(name) or Action(name), user=by, item=item, detail=reason)
    return item


def publish(item: Publishable, edition: Edition, *, by: Any, at: dt.datetime) -> None:
    """Let readers see the edition from `at` on. The caller holds the row and has checked what has to be checked."""
    is_first = item.state in (State.DRAFT, State.SCHEDULED)
    before = _public_urls(item, at)
    if edition.content is not None:
        snapshots.apply_content(item, edition.content, is_final=True)
    if item.state != State.WITHDRAWN:
        # A correction of what is withdrawn stays under its notice: showing it again is a step of its own.
        item.state = State.PUBLISHED
    if is_first or item.publish_at is None:
        item.publish_at = at
    elif not edition.is_minor:
        item.changed_at, item.change_note = at, edition.change_note
    item.save()
    url_changes.record_url_change(item, before=before, after=item.public_urls())
    set_stage(edition, Stage.PUBLISHED, content=None, due_at=None, published_at=at, published_by=by, failure="")


def _public_urls(item: Publishable, at: dt.datetime) -> url_changes.UrlMap:
    """Where readers may have seen it. What never was public leaves no address behind."""
    is_known = item.is_edited_in_edition and item.publish_at is not None and item.publish_at <= at
    return item.public_urls() if is_known else {}


def set_stage(edition: Edition, stage: str, **fields: Any) -> None:
    edition.stage = stage
    for name, value in fields.items():
        setattr(edition, name, value)
    edition.save()


def _submit(item: Publishable, edition: Edition, by: Any, at: dt.datetime) -> None:
    resolve_returned(item, by=by, at=at)
    set_stage(edition, Stage.REVIEW, submitted_at=at, submitted_by=by)


def _return(item: Publishable, edition: Edition, by: Any, at: dt.datetime) -> None:
    set_stage(edition, Stage.DRAFT, approved_at=None, approved_by=None)


def _approve(item: Publishable, edition: Edition, by: Any, at: dt.datetime) -> None:
    set_stage(edition, edition.stage, approved_at=at, approved_by=by)


def _review(item: Publishable, by: Any, at: dt.datetime) -> Edition:
    """Approve what was forced out and `by` had no part in; return the newest of it."""
    forced = list(Edition.objects.of(item).unreviewed().not_involving(by).newest_first())
    for edition in forced:
        set_stage(edition, edition.stage, approved_at=at, approved_by=by)
    return forced[0]


def _publish(item: Publishable, edition: Edition, by: Any, at: dt.datetime) -> None:
    publish(item, edition, by=by, at=at)


def _schedule(item: Publishable, edition: Edition, by: Any, at: dt.datetime) -> None:
    if not item.is_edited_in_edition:
        item.state, item.publish_at = State.SCHEDULED, at
        item.save()
    set_stage(edition, Stage.SCHEDULED, due_at=at, published_by=by, failure="")


def _unschedule(item: Publishable, edition: Edition, by: Any, at: dt.datetime) -> None:
    revert_to_draft(item, edition)


def _discard(item: Publishable, edition: Edition, by: Any, at: dt.datetime) -> None:
    discard_edition(edition)


def revert_to_draft(item: Publishable, edition: Edition, *, failure: str = "") -> None:
    """A draft again: it does not go out by itself. `fault` says why it could not."""
    if item.state == State.SCHEDULED:
        item.state, item.publish_at = State.DRAFT, None
        item.save()
    set_stage(edition, Stage.DRAFT, due_at=None, failure=failure)


def _change_live_row(item: Publishable, name: str, *, at: dt.datetime, reason: str, new_address: str) -> None:
    if name == "unpublish":
        url_changes.record_url_change(item, before=_public_urls(item, at), after={}, new_address=new_address)
    states = {"withdraw": State.WITHDRAWN, "unpublish": State.UNPUBLISHED, "reinstate": State.PUBLISHED}
    item.state = states[name]
    item.withdrawal_reason = reason.strip()
    item.withdrawn_at = None if name == "reinstate" else at
    item.save()
    edition = open_edition(item)
    if name == "unpublish" and edition and edition.content is not None:
        # Readers do not know the row any longer, so it holds the draft itself from now on.
        snapshots.apply_content(item, edition.content, is_final=True)
        set_stage(edition, Stage.DRAFT, content=None, due_at=None)


_STEP_FUNCTIONS = {
    "submit": _submit,
    "return": _return,
    "approve": _approve,
    "schedule": _schedule,
    "unschedule": _unschedule,
    "publish": _publish,
    "force": _publish,
    "discard": _discard,
}
