"""Proposals: changes to a row, or a new row, by somebody who may not publish them.

A proposal is an open edition, as with the unpublished changes to a live article: it holds the whole content, and beside
it what readers saw when it was written. A second person publishes it, returns it with a note or declines it."""

import hashlib
import json
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.publishing.models import Comment, Edition, Versioned
from postportal.publishing.models.edition import Stage
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions import restoring, revisions, snapshots
from postportal.publishing.versions.carrying_over import carry_over
from postportal.publishing.versions.shared_rows import SharedRows
from postportal.publishing.versions.snapshots import Content
from postportal.publishing.workflow import proposed_rows
from postportal.publishing.workflow.comments import add_comment, resolve_returned
from postportal.staff.account_names import full_name_or_username
from postportal.staff.database_rules import refusal_text
from postportal.staff.permissions import PROPOSE, has_model_permission


def models_with_proposals() -> list[type[Versioned]]:
    return [model for model in apps.get_models() if issubclass(model, Versioned) and model.has_proposals]


def may_propose(user: Any, row: Versioned | type[Versioned]) -> bool:
    """Return True if the user may change the row, or some rows of the class, only with a second person."""
    if has_model_permission(user, PROPOSE, row):
        return True
    return row.has_publish_right and may_decide(user, row) and not has_model_permission(user, "publish", row)


def may_publish(user: Any, row: Versioned) -> bool:
    """Return True if the user may save the row without a second person, as far as that depends on where it stands."""
    return not row.needs_publish_right or has_model_permission(user, "publish", row)


def may_decide(user: Any, row: Versioned | type[Versioned]) -> bool:
    """Return True if the user may publish, return and decline what others propose."""
    return has_model_permission(user, "change", row)


def open_proposal(item: Versioned) -> Edition | None:
    """Return the proposal that somebody is working on or that waits for a second person."""
    return Edition.objects.of(item).open().first()


def proposed_content(item: Versioned, proposal: Edition | None) -> Content:
    """Return what the row would be: as readers see it now, with what the proposal changes. So it undoes nothing that
    was saved in the meantime."""
    if item.is_proposed:
        return proposed_rows.content_of(item)
    current, changes = snapshots.serialize(item), proposal.content if proposal else None
    return carry_over(current, before=changes["base"], after=changes) if changes else current


def mark_of(item: Versioned) -> str:
    """Return a mark of what readers see of the row and of the proposal, which pages send back."""
    proposal = open_proposal(item)
    current = None if item.is_proposed else snapshots.serialize(item)
    seen = [current, proposal.content if proposal else None, proposal.stage if proposal else ""]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:32]


def returned_note(item: Versioned) -> Comment | None:
    """Return the note with which the proposal was returned or declined, until it is submitted again."""
    notes = Comment.objects.of(item).filter(kind__in=Comment.REFUSALS, done_at__isnull=True)
    return notes.select_related("by").order_by("-at", "-pk").first()


@transaction.atomic
def propose(item: Versioned, content: Content, *, by: Any, note: str = "") -> Edition | None:
    """Submit the content for review, in place of what was proposed before. Return the proposal; None, and no proposal
    is left, if it changes nothing. `content` of a new row is from `proposed_rows.full_content`."""
    at = timezone.now()
    current = None if item.is_proposed else snapshots.serialize(item)
    if content == current:
        discard(item, by=by)
        return None
    proposal = revisions.get_or_start_edition(item, by=by)
    is_waiting = proposal.stage == Stage.REVIEW
    proposal.content = {**content, "base": current}
    proposal.stage, proposal.submitted_at, proposal.submitted_by, proposal.change_note = Stage.REVIEW, at, by, note
    proposal.save()
    proposal.writers.add(by)
    resolve_returned(item, by=by, at=at)
    if not is_waiting:
        add_comment(Comment.Kind.SUBMITTED, item, proposal, by=by, at=at, text=note)
        log_action(Action.SUBMIT, user=by, item=item, detail=note)
    return proposal


@transaction.atomic
def publish(item: Versioned, *, by: Any, seen: str) -> Versioned:
    """Write the proposal to the row, or make the new row, and return it. Raises ValidationError with all reasons for a
    refusal."""
    item, proposal = _waiting(item, seen=seen)
    if proposal.is_written_by(by):
        raise ValidationError(_("A second person has to publish this: you have worked on it."))
    return accept(item, proposal, proposed_content(item, proposal), by=by)


@transaction.atomic
def accept(item: Versioned, proposal: Edition, content: Content, *, by: Any) -> Versioned:
    """Write the content, which may differ from that of the proposal, and close the proposal. The caller has locked the
    item. Raises ValidationError with all reasons for a refusal."""
    is_new, at = item.is_proposed, timezone.now()
    if not is_new:
        revisions.record_outside_change(item)
    shared = SharedRows(*([] if is_new else [item]))
    proposed_rows.leave_past_publication(content, item, at=at)
    try:
        with transaction.atomic():
            if is_new:
                content, row = proposed_rows.make_row(item, content)
            else:
                content, row = restoring.write_content(item, content, is_final=True)
    except IntegrityError as error:
        raise ValidationError(refusal_text(error, default=snapshots.VALUE_TAKEN_MESSAGE)) from None
    note = proposal.change_note or str(_("Published by %(name)s") % {"name": full_name_or_username(by)})
    revisions.record_revision(row, content, by=proposal.submitted_by, note=note[:300])
    shared.record(row, by=proposal.submitted_by)
    resolve_returned(item, by=by, at=at)
    if is_new:
        proposed_rows.move(proposal, item, to=row)
    proposal.stage, proposal.published_at, proposal.published_by = Stage.PUBLISHED, at, by
    proposal.content = None
    proposal.save()
    add_comment(Comment.Kind.APPROVED, row, proposal, by=by, at=at)
    log_action(Action.PUBLISH, user=by, item=row)
    return row


@transaction.atomic
def return_to_writer(item: Versioned, *, by: Any, seen: str, note: str) -> None:
    """Return the proposal to whoever wrote it, with a note. Raises ValidationError for a refusal."""
    item, proposal = _waiting(item, seen=seen)
    if not note.strip():
        raise ValidationError(_("Enter a note. It says what should be different."))
    proposal.stage = Stage.DRAFT
    proposal.save()
    add_comment(Comment.Kind.RETURNED, item, proposal, by=by, at=timezone.now(), text=note)
    log_action(Action.RETURN, user=by, item=item, detail=note)


@transaction.atomic
def decline(item: Versioned, *, by: Any, seen: str, note: str) -> None:
    """Close the proposal without publishing it, with a reason for whoever wrote it. Raises ValidationError for a
    refusal."""
    item, proposal = _waiting(item, seen=seen)
    if not note.strip():
        raise ValidationError(_("Enter a note. It says why you decline."))
    _close(item, proposal)
    add_comment(Comment.Kind.DECLINED, item, proposal, by=by, at=timezone.now(), text=note)
    log_action(Action.DECLINE, user=by, item=item, detail=note)


def discard(item: Versioned, *, by: Any) -> None:
    """Close the open proposal, if there is one, without publishing it."""
    proposal = open_proposal(item)
    if proposal is not None:
        _close(item, proposal)
        resolve_returned(item, by=by, at=timezone.now())
        log_action(Action.DISCARD, user=by, item=item)


def require_seen(item: Versioned, seen: str) -> None:
    """Raise ValidationError unless the row and its proposal are as they were on the page with this mark."""
    if mark_of(item) != seen:
        raise ValidationError(_("Someone saved a newer version. Review it first."))


def lock(item: Versioned) -> Versioned:
    """Lock the row, or the proposal of a new one, and return it as it is now."""
    return proposed_rows.lock_row(item) if item.is_proposed else lock_item(item)


def _close(item: Versioned, proposal: Edition) -> None:
    if not item.is_proposed:
        revisions.discard_edition(proposal)
        return
    # Nothing else says what was proposed.
    proposal.stage = Stage.DISCARDED
    proposal.save()


def _waiting(item: Versioned, *, seen: str) -> tuple[Versioned, Edition]:
    """Return the locked row and its proposal, if it still waits for a second person and is as it was seen."""
    try:
        item = lock(item)
    except type(item).DoesNotExist:
        raise ValidationError(_("This is not possible at the current stage.")) from None
    proposal = open_proposal(item)
    if proposal is None or proposal.stage != Stage.REVIEW:
        raise ValidationError(_("This is not possible at the current stage."))
    require_seen(item, seen)
    return item, proposal
