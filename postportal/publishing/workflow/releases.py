"""Steps of a release: everything in it is published together, or nothing."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from postportal.audit.actions import Action
from postportal.audit.log import log_actions
from postportal.publishing.models import Edition, Planned, PubliclyTimed, Publishable, Release
from postportal.publishing.models.edition import Stage
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions import snapshots
from postportal.publishing.workflow import changes, planned
from postportal.publishing.workflow.definitions import STEPS
from postportal.publishing.workflow.release_members import Member, members
from postportal.publishing.workflow.rules import Attempt, expiry_errors, publish_time_errors
from postportal.publishing.workflow.steps import refusals
from postportal.staff.permissions import can_view, has_model_permission


@dataclass(frozen=True)
class MemberCheck:
    """The reasons why a member cannot be published; an empty list if it can."""

    member: Member
    reasons: list[str]


@dataclass(frozen=True)
class ReleaseAttempt:
    """A user's attempt to take a step with a release. The rows of its members are locked."""

    release: Release
    members: list[Member]
    by: Any
    at: dt.datetime
    due_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class ReleaseStep:
    """A step of a release. The rules and the label are those of the workflow step of the same name."""

    name: str
    start_stages: tuple[Release.Stage, ...]
    log_action: Action
    # Leads to publication, so that expiry times and clashes between members count.
    publishes: bool = True
    apply: Callable[[ReleaseAttempt], None]


def check_members(
    release: Release,
    name: str,
    *,
    by: Any,
    at: dt.datetime,
    due_at: dt.datetime | None = None,
    lock: bool = False,
    check_input: bool = True,
) -> list[MemberCheck]:
    """Return each member with all reasons why the step called `name` is refused. Without `check_input`, leave out those
    that depend on the publication time."""
    checks = []
    for member in members(release, lock=lock):
        item = member.item
        if isinstance(item, Publishable):
            attempt = Attempt(item=item, edition=member.edition, by=by, at=at, due_at=due_at, is_in_release=True)
            reasons = refusals(STEPS[name], attempt, check_input=check_input)
        elif not has_model_permission(by, "change", item):
            reasons = [_("Your role does not allow this.")]
        else:
            reasons = row_errors(item) if RELEASE_STEPS[name].publishes else []
        checks.append(MemberCheck(member, reasons))
    return checks


def row_errors(item: PubliclyTimed) -> list[str]:
    """Return the reasons why a row without a workflow cannot be published."""
    try:
        item.full_clean()
    except ValidationError as error:
        return error.messages
    return []


def find_clash(release: Release, *, at: dt.datetime) -> str:
    """Return the reason why the members cannot be published together, or "" if they can."""
    try:
        with snapshots.dry_run():
            fresh = Release.objects.get(pk=release.pk)
            publish_release(fresh, members(fresh), by=None, at=at)
    except ValidationError as error:
        return _("These items cannot be published together: %(reasons)s") % {"reasons": " ".join(error.messages)}
    except IntegrityError:
        return _("These items cannot be published together because two of them use the same number or URL.")
    return ""


def visible_name(user: Any, item: PubliclyTimed) -> str:
    """Return the name of the item if the user can view it, or else a phrase that does not reveal it."""
    return str(item) if can_view(user, type(item)) else _("an item that you do not have permission to view")


@transaction.atomic
def perform_release_step(
    name: str, release: Release, *, by: Any, at: dt.datetime | None = None, due_at: dt.datetime | None = None
) -> Release:
    """Take the step called `name` with everything in the release; return the changed release. Raises ValidationError
    with all reasons for a refusal."""
    step, at = RELEASE_STEPS[name], at or timezone.now()
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.stage not in step.start_stages:
        raise ValidationError(_("This is not possible at the current stage."))
    # Rows without a workflow have no rule that checks it.
    if name == "schedule" and (reasons := publish_time_errors(due_at, at)):
        raise ValidationError(reasons)
    checks = check_members(release, name, by=by, at=at, due_at=due_at, lock=True)
    _raise_refusals(release, checks, by=by, at=due_at or at, publishes=step.publishes)
    locked = [check.member for check in checks]
    step.apply(ReleaseAttempt(release, locked, by=by, at=at, due_at=due_at))
    log_actions(step.log_action, [release, *(member.item for member in locked)], user=by, detail=release.name)
    return release


def publish_release(release: Release, found: list[Member], *, by: Any, at: dt.datetime) -> None:
    """Show everything in the release to readers from `at` on. The caller has locked the rows and checked the rules."""
    for member in found:
        if isinstance(member.item, Publishable) and member.edition:
            changes.publish_edition(lock_item(member.item), member.edition, by=by, at=at)
        else:
            member.item.publish_at = at
            member.item.save()
    release.stage, release.due_at, release.failure = Release.Stage.PUBLISHED, None, ""
    release.published_at, release.published_by = at, by
    release.save()
    for item in (member.item for member in found):
        if isinstance(item, Planned) and item.due_at and item.due_at <= at:
            item.release = release
            planned.make(item)


def revert_release(release: Release, found: list[Member], *, failure: str = "") -> None:
    """Cancel the schedule of everything in the release. The caller has locked the rows."""
    for edition in _editions_of(found):
        changes.set_stage(edition, Stage.DRAFT, due_at=None, failure=failure)
    release.stage, release.due_at, release.failure = Release.Stage.DRAFT, None, failure
    release.save()


def _publish(attempt: ReleaseAttempt) -> None:
    publish_release(attempt.release, attempt.members, by=attempt.by, at=attempt.at)


def _schedule(attempt: ReleaseAttempt) -> None:
    release, due_at = attempt.release, attempt.due_at
    for edition in _editions_of(attempt.members):
        edition.is_forced, edition.force_reason = False, ""
        changes.set_stage(edition, Stage.SCHEDULED, due_at=due_at, published_by=attempt.by, failure="")
    release.stage, release.due_at, release.failure = Release.Stage.SCHEDULED, due_at, ""
    release.published_by = attempt.by
    release.save()


def _unschedule(attempt: ReleaseAttempt) -> None:
    revert_release(attempt.release, attempt.members)


def _editions_of(found: list[Member]) -> list[Edition]:
    return [member.edition for member in found if member.edition]


def _raise_refusals(release: Release, checks: list[MemberCheck], *, by: Any, at: dt.datetime, publishes: bool) -> None:
    if publishes:
        # Rows without a workflow have no rule that checks it.
        checks = [MemberCheck(check.member, check.reasons + expiry_errors(check.member.item, at)) for check in checks]
    named = [f"“{visible_name(by, check.member.item)}”: {reason}" for check in checks for reason in check.reasons]
    reasons = list(dict.fromkeys(named))
    if not checks:
        reasons = [_("The release is empty.")]
    elif not reasons and publishes and (clash := find_clash(release, at=at)):
        reasons = [clash]
    if reasons:
        raise ValidationError(reasons)


_ALL = (
    ReleaseStep(
        name="schedule",
        start_stages=(Release.Stage.DRAFT,),
        log_action=Action.SCHEDULE,
        apply=_schedule,
    ),
    ReleaseStep(
        name="publish",
        start_stages=(Release.Stage.DRAFT, Release.Stage.SCHEDULED),
        log_action=Action.RELEASE,
        apply=_publish,
    ),
    ReleaseStep(
        name="unschedule",
        start_stages=(Release.Stage.SCHEDULED,),
        log_action=Action.UNSCHEDULE,
        publishes=False,
        apply=_unschedule,
    ),
)
RELEASE_STEPS = {step.name: step for step in _ALL}
