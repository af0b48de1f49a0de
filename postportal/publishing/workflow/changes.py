"""Changes that the steps make. Each change takes an attempt that no rule refused, and returns the edition it concerns.
The caller holds the lock of the item."""

import datetime as dt
from typing import Any

from postportal.publishing.models import Assignment, Edition, Publishable, State
from postportal.publishing.models.edition import Stage
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.revisions import discard_edition, get_or_start_edition
from postportal.publishing.workflow import url_changes
from postportal.publishing.workflow.comments import resolve_returned
from postportal.publishing.workflow.rules import Attempt


def submit(attempt: Attempt) -> Edition:
    resolve_returned(attempt.item, by=attempt.by, at=attempt.at)
    return set_stage(_edition(attempt), Stage.REVIEW, submitted_at=attempt.at, submitted_by=attempt.by)


def return_to_writer(attempt: Attempt) -> Edition:
    return set_stage(_edition(attempt), Stage.DRAFT, approved_at=None, approved_by=None)


def approve(attempt: Attempt) -> Edition:
    return _approve_edition(_edition(attempt), attempt)


def approve_after_publication(attempt: Attempt) -> Edition:
    """Approve everything that was published without review and without the user; return the newest edition of it."""
    unreviewed = list(Edition.objects.of(attempt.item).unreviewed().not_involving(attempt.by).newest_first())
    for edition in unreviewed:
        _approve_edition(edition, attempt)
    return unreviewed[0]


def publish(attempt: Attempt) -> Edition:
    edition = _edition_with_note(attempt)
    publish_edition(attempt.item, edition, by=attempt.by, at=attempt.at)
    return edition


def publish_without_review(attempt: Attempt) -> Edition:
    edition = _edition_with_note(attempt)
    edition.is_forced, edition.force_reason = True, attempt.reason
    publish_edition(attempt.item, edition, by=attempt.by, at=attempt.at)
    return edition


def schedule(attempt: Attempt) -> Edition:
    item, edition = attempt.item, _edition_with_note(attempt)
    if not item.is_edited_in_edition:
        item.state, item.publish_at = State.SCHEDULED, attempt.due_at
        item.save()
    return set_stage(edition, Stage.SCHEDULED, due_at=attempt.due_at, published_by=attempt.by, failure="")


def unschedule(attempt: Attempt) -> Edition:
    return revert_to_draft(attempt.item, _edition(attempt))


def discard(attempt: Attempt) -> Edition:
    edition = _edition(attempt)
    discard_edition(edition)
    return edition


def withdraw(attempt: Attempt) -> Edition | None:
    return _change_live_row(attempt, State.WITHDRAWN)


def reinstate(attempt: Attempt) -> Edition | None:
    return _change_live_row(attempt, State.PUBLISHED)


def unpublish(attempt: Attempt) -> Edition | None:
    item, edition = attempt.item, attempt.edition
    before = _public_urls(item, attempt.at)
    url_changes.record_url_change(item, before=before, after={}, new_address=attempt.new_address)
    _change_live_row(attempt, State.UNPUBLISHED)
    if edition and edition.content is not None:
        # Readers no longer see the row, so it holds the draft from now on.
        snapshots.apply_content(item, edition.content, is_final=True)
        set_stage(edition, Stage.DRAFT, content=None, due_at=None)
    return edition


def publish_edition(item: Publishable, edition: Edition, *, by: Any, at: dt.datetime) -> None:
    """Show the edition to readers from `at` on. The caller has locked the item and checked the rules."""
    is_first = item.state in (State.DRAFT, State.SCHEDULED)
    before = _public_urls(item, at)
    if edition.content is not None:
        if not edition.is_minor and item.has_page(at):
            edition.errata = item.errata_between(snapshots.serialize(item), edition.content)
        snapshots.apply_content(item, edition.content, is_final=True)
    if item.state != State.WITHDRAWN:
        # A corrected withdrawn item keeps its notice: to reinstate it is a step of its own.
        item.state = State.PUBLISHED
    if is_first or item.publish_at is None:
        item.publish_at = at
    elif not edition.is_minor:
        item.changed_at, item.change_note = at, edition.change_note
    item.save()
    Assignment.objects.of(item).delete()
    url_changes.record_url_change(item, before=before, after=item.public_urls())
    set_stage(edition, Stage.PUBLISHED, content=None, due_at=None, published_at=at, published_by=by, failure="")


def revert_to_draft(item: Publishable, edition: Edition, *, failure: str = "") -> Edition:
    """Cancel the schedule. `failure` says why the item could not be published."""
    if item.state == State.SCHEDULED:
        item.state, item.publish_at = State.DRAFT, None
        item.save()
    return set_stage(edition, Stage.DRAFT, due_at=None, failure=failure)


def set_stage(edition: Edition, stage: str, **fields: Any) -> Edition:
    """Save the edition with the new stage and field values; return it."""
    edition.stage = stage
    for name, value in fields.items():
        setattr(edition, name, value)
    edition.save()
    return edition


def _edition(attempt: Attempt) -> Edition:
    return attempt.edition or get_or_start_edition(attempt.item, by=attempt.by)


def _edition_with_note(attempt: Attempt) -> Edition:
    edition = _edition(attempt)
    edition.change_note, edition.is_minor = attempt.note, attempt.is_minor
    edition.is_forced, edition.force_reason = False, ""
    return edition


def _approve_edition(edition: Edition, attempt: Attempt) -> Edition:
    return set_stage(edition, edition.stage, approved_at=attempt.at, approved_by=attempt.by)


def _change_live_row(attempt: Attempt, state: State) -> Edition | None:
    item = attempt.item
    item.state = state
    item.withdrawal_reason = attempt.reason.strip()
    item.withdrawn_at = None if state == State.PUBLISHED else attempt.at
    item.save()
    return attempt.edition


def _public_urls(item: Publishable, at: dt.datetime) -> url_changes.UrlMap:
    """Return the URLs at which readers may have seen the item: a page that was never public needs no redirect."""
    is_known = item.is_edited_in_edition and item.publish_at is not None and item.publish_at <= at
    return item.public_urls() if is_known else {}
