"""Taking a step: checked, done, and noted, in one transaction or not at all."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from postportal.audit.actions import Action
from postportal.audit.log import record
from postportal.publishing.models import Comment, Edition, Publishable, State
from postportal.publishing.models.edition import Stage
from postportal.publishing.models.locking import locked
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.revisions import begin, discard, open_edition, version
from postportal.publishing.workflow import url_changes
from postportal.publishing.workflow.comments import answered, say
from postportal.publishing.workflow.rules import ON_THE_ROW, STEPS, Attempt, refusals

GOING_OUT = ("publish", "force", "schedule")
# The others stand in the log under their own names.
LOGGED_AS = {"force": Action.FORCE_PUBLISH, "reinstate": Action.RESTORE}
# What colleagues read beside the item; those who may act on it are mailed.
SAID_AS = {
    "submit": Comment.Kind.SUBMITTED,
    "return": Comment.Kind.RETURNED,
    "approve": Comment.Kind.APPROVED,
    "force": Comment.Kind.FORCED,
    "review": Comment.Kind.REVIEWED,
}


@transaction.atomic
def take(
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
    seen: int | None = None,
) -> Publishable:
    """Take the step called `name` (see workflow.STEPS) with an item; return the item as it stands then. `reason` is for
    colleagues or, where it is withdrawn or unpublished, for readers; `note` tells readers what changed; an unpublished
    item leads to `new_address`. `seen` is the version that was on the screen: nobody publishes a text that somebody
    else has changed meanwhile. Raises ValidationError with every reason why not."""
    at = at or timezone.now()
    item = locked(item)
    if seen is not None and version(item) != seen:
        raise ValidationError(_("It was saved again after you opened the page. Look at it first."))
    step, edition = STEPS[name], open_edition(item)
    reasons = refusals(step, Attempt(item=item, edition=edition, by=by, at=at, due_at=due_at, reason=reason))
    if reasons:
        raise ValidationError(reasons)
    if name == "review":
        edition = _review(item, by, at)
    elif name in ON_THE_ROW:
        _change_row(item, name, at=at, reason=reason, new_address=new_address)
    else:
        edition = edition or begin(item, by=by)
        if name in GOING_OUT:
            edition.change_note, edition.is_minor = note, is_minor
            edition.is_forced, edition.force_reason = name == "force", reason if name == "force" else ""
        _CHANGES[name](item, edition, by, due_at if name == "schedule" and due_at else at)
    if name in SAID_AS:
        say(SAID_AS[name], item, edition, by=by, at=at, text=reason)
    record(LOGGED_AS.get(name) or Action(name), user=by, item=item, detail=reason)
    return item


def publish(item: Publishable, edition: Edition, *, by: Any, at: dt.datetime) -> None:
    """Let readers see the edition from `at` on. The caller holds the row and has checked what has to be checked."""
    is_first = item.state in (State.DRAFT, State.SCHEDULED)
    before = _known_addresses(item, at)
    if edition.content is not None:
        snapshots.apply(item, edition.content, is_final=True)
    if item.state != State.WITHDRAWN:
        # A correction of what is withdrawn stays under its notice: showing it again is a step of its own.
        item.state = State.PUBLISHED
    if is_first or item.publish_at is None:
        item.publish_at = at
    elif not edition.is_minor:
        item.changed_at, item.change_note = at, edition.change_note
    item.save()
    url_changes.keep(item, before=before, after=item.addresses())
    move(edition, Stage.PUBLISHED, content=None, due_at=None, published_at=at, published_by=by, fault="")


def _known_addresses(item: Publishable, at: dt.datetime) -> url_changes.Addresses:
    """Where readers may have seen it. What never was public leaves no address behind."""
    is_known = item.is_edited_beside and item.publish_at is not None and item.publish_at <= at
    return item.addresses() if is_known else {}


def move(edition: Edition, stage: str, **fields: Any) -> None:
    edition.stage = stage
    for name, value in fields.items():
        setattr(edition, name, value)
    edition.save()


def _submit(item: Publishable, edition: Edition, by: Any, at: dt.datetime) -> None:
    answered(item, by=by, at=at)
    move(edition, Stage.REVIEW, submitted_at=at, submitted_by=by)


def _return(item: Publishable, edition: Edition, by: Any, at: dt.datetime) -> None:
    move(edition, Stage.DRAFT, approved_at=None, approved_by=None)


def _approve(item: Publishable, edition: Edition, by: Any, at: dt.datetime) -> None:
    move(edition, edition.stage, approved_at=at, approved_by=by)


def _review(item: Publishable, by: Any, at: dt.datetime) -> Edition:
    """Approve what was forced out and `by` had no part in; return the newest of it."""
    forced = list(Edition.objects.of(item).unreviewed().not_by(by).newest_first())
    for edition in forced:
        move(edition, edition.stage, approved_at=at, approved_by=by)
    return forced[0]


def _publish(item: Publishable, edition: Edition, by: Any, at: dt.datetime) -> None:
    publish(item, edition, by=by, at=at)


def _schedule(item: Publishable, edition: Edition, by: Any, at: dt.datetime) -> None:
    if not item.is_edited_beside:
        item.state, item.publish_at = State.SCHEDULED, at
        item.save()
    move(edition, Stage.SCHEDULED, due_at=at, published_by=by, fault="")


def _take_back(item: Publishable, edition: Edition, by: Any, at: dt.datetime) -> None:
    hold_back(item, edition)


def _discard(item: Publishable, edition: Edition, by: Any, at: dt.datetime) -> None:
    discard(edition)


def hold_back(item: Publishable, edition: Edition, *, fault: str = "") -> None:
    """A draft again: it does not go out by itself. `fault` says why it could not."""
    if item.state == State.SCHEDULED:
        item.state, item.publish_at = State.DRAFT, None
        item.save()
    move(edition, Stage.DRAFT, due_at=None, fault=fault)


def _change_row(item: Publishable, name: str, *, at: dt.datetime, reason: str, new_address: str) -> None:
    if name == "unpublish":
        url_changes.keep(item, before=_known_addresses(item, at), after={}, new_address=new_address)
    states = {"withdraw": State.WITHDRAWN, "unpublish": State.UNPUBLISHED, "reinstate": State.PUBLISHED}
    item.state = states[name]
    item.withdrawal_reason = reason.strip()
    item.withdrawn_at = None if name == "reinstate" else at
    item.save()
    edition = open_edition(item)
    if name == "unpublish" and edition and edition.content is not None:
        # Readers do not know the row any longer, so it holds the draft itself from now on.
        snapshots.apply(item, edition.content, is_final=True)
        move(edition, Stage.DRAFT, content=None, due_at=None)


_CHANGES = {
    "submit": _submit,
    "return": _return,
    "approve": _approve,
    "schedule": _schedule,
    "unschedule": _take_back,
    "publish": _publish,
    "force": _publish,
    "discard": _discard,
}
