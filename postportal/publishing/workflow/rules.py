"""Rules of the workflow: each returns the reasons why a step is refused, or an empty list."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from postportal.publishing.models import Edition, PubliclyTimed, Publishable, State
from postportal.publishing.models.missing import Missing
from postportal.publishing.versions import snapshots
from postportal.publishing.workflow.stages import SCHEDULED, stage_of
from postportal.staff.database_rules import refusal_text
from postportal.staff.permissions import has_model_permission


@dataclass(frozen=True)
class Attempt:
    """A user's attempt to take a step with an item, with everything they entered."""

    item: Publishable
    edition: Edition | None
    by: Any
    at: dt.datetime
    due_at: dt.datetime | None = None
    reason: str = ""
    # Shown to readers with the update; a minor change has none.
    note: str = ""
    is_minor: bool = False
    # URL that an unpublished item redirects to.
    new_address: str = ""
    # The step is taken with the whole release of the item.
    is_in_release: bool = False


Rule = Callable[[Attempt], list[str]]


def require_complete(attempt: Attempt) -> list[str]:
    """Refuse what readers would find incomplete and what the database would reject."""
    item, edition = attempt.item, attempt.edition
    if edition is None or edition.content is None:
        return _readiness_errors(item)
    stored = type(item)._default_manager.get(pk=item.pk)
    try:
        with snapshots.dry_run():
            snapshots.apply_content(stored, edition.content, is_final=True)
            return _readiness_errors(stored)
    except IntegrityError as error:
        return [refusal_text(error, default=snapshots.VALUE_TAKEN_MESSAGE)]


def _readiness_errors(item: Publishable) -> list[str]:
    # In a fresh copy: validation can fill in fields, and a refused item must stay unchanged.
    stored = type(item)._default_manager.get(pk=item.pk)
    errors = [*stored.missing_for_readers()]
    try:
        stored.full_clean(exclude=["withdrawal_reason"])
    except ValidationError as error:
        errors += [
            Missing(f"{_field_prefix(stored, name)}{message}", field=name)
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return errors


def _field_prefix(item: Publishable, name: str) -> str:
    names = {field.name: field.verbose_name for field in item._meta.concrete_fields}
    return f"{names[name]}: " if name in names else ""


def require_second_person(attempt: Attempt) -> list[str]:
    """Refuse writers their own text unless someone else has approved it."""
    edition = attempt.edition
    if edition is None or edition.approved_at or not edition.is_written_by(attempt.by):
        return []
    return [_("You wrote part of this text, so someone else must approve it first.")]


def forbid_own_approval(attempt: Attempt) -> list[str]:
    if attempt.edition and attempt.edition.is_written_by(attempt.by):
        return [_("You wrote part of this text, so someone else must approve it.")]
    return []


def require_unapproved(attempt: Attempt) -> list[str]:
    is_approved = attempt.edition is not None and attempt.edition.approved_at is not None
    return [_("This item is already approved.")] if is_approved else []


def require_unreviewed(attempt: Attempt) -> list[str]:
    if Edition.objects.of(attempt.item).unreviewed().exists():
        return []
    return [_("Nothing was published without review.")]


def require_uninvolved_approver(attempt: Attempt) -> list[str]:
    """Refuse the approval of an unreviewed publication to those who wrote or published it."""
    unreviewed = Edition.objects.of(attempt.item).unreviewed()
    if unreviewed.exists() and not unreviewed.not_involving(attempt.by).exists():
        return [_("You wrote or published this text, so someone else must approve it.")]
    return []


def protect_embargo(attempt: Attempt) -> list[str]:
    """Let only users with the control permission publish a scheduled item early or cancel its schedule."""
    is_scheduled = stage_of(attempt.item, attempt.edition) == SCHEDULED
    if is_scheduled and not has_model_permission(attempt.by, "control", attempt.item):
        return [_("This item is under embargo. Only a publisher can publish it early or cancel the schedule.")]
    return []


def protect_unpublished(attempt: Attempt) -> list[str]:
    """Let only users who could unpublish the item publish it again."""
    is_unpublished = attempt.item.state == State.UNPUBLISHED
    if is_unpublished and not has_model_permission(attempt.by, "control", attempt.item):
        return [_("This item was unpublished. Only a publisher can publish it again.")]
    return []


def require_future(attempt: Attempt) -> list[str]:
    return publish_time_errors(attempt.due_at, attempt.at)


def publish_time_errors(due_at: dt.datetime | None, at: dt.datetime) -> list[str]:
    """Return the errors of a publication time, for a step taken at `at`."""
    if due_at is None:
        return [_("Choose a publication time.")]
    return [] if due_at > at else [_("The publication time must be in the future.")]


def require_not_expired(attempt: Attempt) -> list[str]:
    return expiry_errors(attempt.item, attempt.at)


def require_later_expiry(attempt: Attempt) -> list[str]:
    return expiry_errors(attempt.item, attempt.due_at) if attempt.due_at else []


def expiry_errors(item: PubliclyTimed, at: dt.datetime) -> list[str]:
    """Refuse to publish an item at `at` if it expires before. Changes to a live item do not change its publication."""
    is_known = isinstance(item, Publishable) and item.is_edited_in_edition
    is_expired = not is_known and item.expire_at is not None and item.expire_at <= at
    return [_("“Public until” must be later than the publication time.")] if is_expired else []


def forbid_in_release(attempt: Attempt) -> list[str]:
    """Refuse single steps with an item that is published together with its release."""
    edition = attempt.edition
    if attempt.is_in_release or edition is None or edition.release is None:
        return []
    text = _("This item is part of the release “%(release)s”. Remove it from the release first.")
    return [text % {"release": edition.release}]


def require_unpublished_changes(attempt: Attempt) -> list[str]:
    has_changes = attempt.edition and attempt.edition.content is not None
    return [] if has_changes else [_("There are no unpublished changes.")]
