"""What is in a release, what keeps it from going out, and the steps that it takes: all of it, or none."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from postportal.audit.actions import Action
from postportal.audit.log import log_actions
from postportal.publishing.models import Edition, PubliclyTimed, Publishable, Releasable, Release
from postportal.publishing.models.edition import Stage
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.revisions import get_or_start_edition, open_edition
from postportal.publishing.workflow import steps
from postportal.publishing.workflow.rules import (
    STEPS,
    Attempt,
    expiry_errors,
    is_allowed,
    publish_time_errors,
    refusals,
)
from postportal.staff.permissions import can_view

# Each of them is checked before the page of the release is drawn.
MAX_RELEASE_ITEMS = 50
RELEASE_LOG_ACTIONS = {"publish": Action.RELEASE, "schedule": Action.SCHEDULE, "unschedule": Action.UNSCHEDULE}
START_STAGES = {
    "schedule": {Release.Stage.DRAFT},
    "publish": {Release.Stage.DRAFT, Release.Stage.SCHEDULED},
    "unschedule": {Release.Stage.SCHEDULED},
}


@dataclass(frozen=True)
class Member:
    """An item in a release, with the edition that goes out; rows that only come and go have none."""

    item: PubliclyTimed
    edition: Edition | None

    @property
    def key(self) -> tuple[str, int]:
        return (self.item._meta.label_lower, self.item.pk)


@dataclass(frozen=True)
class MemberCheck:
    """Why a member cannot go out; no reason where it can."""

    member: Member
    reasons: list[str]


def releasable_models() -> list[type[Releasable]]:
    return [model for model in apps.get_models() if issubclass(model, Releasable)]


def members(release: Release, *, lock: bool = False) -> list[Member]:
    """Everything in the release, in the one order in which it is `held` until the transaction ends. The number of
    queries depends on how many kinds of rows there are. An edition whose item is gone is no part of it."""
    found: list[Member] = []
    editions = release.editions.exclude(stage=Stage.DISCARDED).order_by("pk")
    by_kind: dict[int, list[Edition]] = {}
    for edition in editions:
        by_kind.setdefault(edition.content_type_id, []).append(edition)
    for kind in sorted(by_kind, key=_kind_label):
        keys = [edition.object_id for edition in by_kind[kind]]
        rows = {row.pk: row for row in _rows(ContentType.objects.get_for_id(kind).model_class(), lock, pk__in=keys)}
        if lock:
            # Whoever held a row until now may have changed its edition.
            by_kind[kind] = list(editions.filter(content_type=kind))
        found += [Member(rows[edition.object_id], edition) for edition in by_kind[kind] if edition.object_id in rows]
    for model in releasable_models():
        found += [Member(row, None) for row in _rows(model, lock, release=release)]
    return sorted(found, key=lambda member: member.key)


def _kind_label(kind: int) -> str:
    return ".".join(ContentType.objects.get_for_id(kind).natural_key())


def _rows(model: Any, held: bool, **condition: Any) -> Iterator[Any]:
    rows = model._default_manager.filter(**condition).order_by("pk")
    yield from rows.select_for_update(of=("self",)) if held else rows


# Coming and going -----------------------------------------------------------------------------------------------------


@transaction.atomic
def add_to_release(release: Release, item: PubliclyTimed, *, by: Any, note: str = "") -> None:
    """Put the item into the release; `note` tells readers what a correction changes. Raises ValidationError with every
    reason why not."""
    release, item = _lock_both(release, item)
    reasons = [] if release.is_open else [_("“%(release)s” is scheduled or has gone out.") % {"release": release}]
    if len(members(release)) >= MAX_RELEASE_ITEMS:
        reasons.append(_("A release holds at most %(most)s items.") % {"most": MAX_RELEASE_ITEMS})
    if isinstance(item, Publishable):
        edition = open_edition(item)
        reasons += _add_refusals(item, edition)
        if reasons:
            raise ValidationError(reasons)
        edition = edition or get_or_start_edition(item, by=by)
        edition.release, edition.change_note, edition.is_minor = release, note, not note
        edition.save()
    elif isinstance(item, Releasable):
        reasons += _row_add_refusals(item)
        if reasons:
            raise ValidationError(reasons)
        item.release, item.publish_at = release, None
        item.save()


@transaction.atomic
def add_to_release_or_create(
    item: PubliclyTimed, release: Release | None, *, by: Any, note: str = "", new_name: str = ""
) -> Release:
    """The same, with a new release where none is given; return the release."""
    release = release or Release.objects.create(name=new_name, created_by=by)
    add_to_release(release, item, by=by, note=note)
    return release


def _add_refusals(item: Publishable, edition: Edition | None) -> list[str]:
    if edition and edition.release:
        return [_("It is in “%(release)s” already.") % {"release": edition.release}]
    if edition and edition.stage == Stage.SCHEDULED:
        return [_("It goes out by itself. Take back its schedule first.")]
    if item.is_edited_in_edition and (edition is None or edition.content is None):
        return [_("Nothing waits beside what readers see.")]
    return []


def _row_add_refusals(item: Releasable) -> list[str]:
    if item.release and item.release.stage != Release.Stage.PUBLISHED:
        return [_("It is in “%(release)s” already.") % {"release": item.release}]
    if item.publish_at is not None and item.publish_at <= timezone.now():
        return [_("Readers know it already.")]
    return []


@transaction.atomic
def remove_from_release(release: Release, item: PubliclyTimed) -> None:
    """Take the item out; it stays hidden. Raises ValidationError once the release is scheduled."""
    release, item = _lock_both(release, item)
    if release_of(item) != release:
        return
    if not release.is_open:
        raise ValidationError(_("“%(release)s” is scheduled or has gone out.") % {"release": release})
    if isinstance(item, Publishable):
        release.editions.filter(pk__in=Edition.objects.of(item).open()).update(release=None)
    elif isinstance(item, Releasable):
        item.release = None
        item.save(update_fields=["release"])


def _lock_both(release: Release, item: PubliclyTimed) -> tuple[Release, PubliclyTimed]:
    """Both as they stand now, until the transaction ends; the release first, as whoever lets it out does."""
    release = Release.objects.select_for_update().get(pk=release.pk)
    return release, type(item)._default_manager.select_for_update(of=("self",)).get(pk=item.pk)


def release_of(item: PubliclyTimed) -> Release | None:
    """The release that the item waits in, or went out with last."""
    if isinstance(item, Publishable):
        edition = Edition.objects.of(item).open().select_related("release").defer("content").first()
        return edition.release if edition else None
    return getattr(item, "release", None)


# Going out ------------------------------------------------------------------------------------------------------------


def check_members(
    release: Release, name: str, *, by: Any, at: dt.datetime, due_at: dt.datetime | None = None, lock: bool = False
) -> list[MemberCheck]:
    """Each member, with every reason why the step called `name` (schedule, publish, unschedule) cannot be taken with
    it."""
    return [
        MemberCheck(member, _member_refusals(member, name, by=by, at=at, due_at=due_at))
        for member in members(release, lock=lock)
    ]


def _member_refusals(member: Member, name: str, *, by: Any, at: dt.datetime, due_at: dt.datetime | None) -> list[str]:
    item = member.item
    if isinstance(item, Publishable):
        attempt = Attempt(item, member.edition, by=by, at=at, due_at=due_at, is_in_release=True)
        return refusals(STEPS[name], attempt)
    if not is_allowed(by, item, "change"):
        return [_("Your role does not allow this.")]
    return [] if name == "unschedule" else row_errors(item)


def row_errors(item: PubliclyTimed) -> list[str]:
    """What keeps a row that only comes and goes from being shown."""
    try:
        item.full_clean()
    except ValidationError as error:
        return error.messages
    return []


def find_clash(release: Release, *, at: dt.datetime) -> str:
    """Why they cannot go out together although each of them could alone; "" where they can."""
    try:
        with snapshots.dry_run():
            fresh = Release.objects.get(pk=release.pk)
            publish_release(fresh, members(fresh), by=None, at=at)
    except (IntegrityError, ValidationError):
        return _("They cannot go out together: two of them want the same number or address.")
    return ""


def visible_name(user: Any, item: PubliclyTimed) -> str:
    """What the item is called for somebody who may see it; else no more than that it is there."""
    return str(item) if can_view(user, type(item)) else _("something that your role does not show")


@transaction.atomic
def perform_release_step(
    name: str, release: Release, *, by: Any, at: dt.datetime | None = None, due_at: dt.datetime | None = None
) -> Release:
    """Take the step called `name` with everything in the release; return it as it stands then. Raises ValidationError
    with every reason why not."""
    at = at or timezone.now()
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.stage not in START_STAGES[name]:
        raise ValidationError(_("It is not at a stage where this can be done."))
    # Rows that only come and go have no step of their own that would ask for one.
    if name == "schedule" and (reasons := publish_time_errors(due_at, at)):
        raise ValidationError(reasons)
    found = check_members(release, name, by=by, at=at, due_at=due_at, lock=True)
    _raise_refusals(release, found, by=by, at=due_at or at, is_going_out=name != "unschedule")
    held = [check.member for check in found]
    if name == "publish":
        publish_release(release, held, by=by, at=at)
    elif name == "schedule":
        _schedule(release, held, by=by, due_at=due_at)
    else:
        revert_release(release, held)
    log_actions(RELEASE_LOG_ACTIONS[name], [release, *(member.item for member in held)], user=by, detail=release.name)
    return release


def _raise_refusals(
    release: Release, found: list[MemberCheck], *, by: Any, at: dt.datetime, is_going_out: bool
) -> None:
    if is_going_out:
        # Rows that only come and go have no step of their own that would ask.
        found = [MemberCheck(check.member, check.reasons + expiry_errors(check.member.item, at)) for check in found]
    named = [f"“{visible_name(by, check.member.item)}”: {reason}" for check in found for reason in check.reasons]
    reasons = list(dict.fromkeys(named))
    if not found:
        reasons = [_("Nothing is in it.")]
    elif not reasons and is_going_out and (together := find_clash(release, at=at)):
        reasons = [together]
    if reasons:
        raise ValidationError(reasons)


def publish_release(release: Release, found: list[Member], *, by: Any, at: dt.datetime) -> None:
    """Let readers see all of it from `at` on. The caller holds the rows and has checked what has to be checked."""
    for member in found:
        if isinstance(member.item, Publishable) and member.edition:
            steps.publish(lock_item(member.item), member.edition, by=by, at=at)
        else:
            member.item.publish_at = at
            member.item.save()
    release.stage, release.due_at, release.failure = Release.Stage.PUBLISHED, None, ""
    release.published_at, release.published_by = at, by
    release.save()


def _schedule(release: Release, found: list[Member], *, by: Any, due_at: dt.datetime | None) -> None:
    for edition in _member_editions(found):
        edition.is_forced, edition.force_reason = False, ""
        steps.set_stage(edition, Stage.SCHEDULED, due_at=due_at, published_by=by, failure="")
    release.stage, release.due_at, release.failure = Release.Stage.SCHEDULED, due_at, ""
    release.published_by = by
    release.save()


def revert_release(release: Release, found: list[Member], *, failure: str = "") -> None:
    """Back to the desk, all of it. The caller holds the rows."""
    for edition in _member_editions(found):
        steps.set_stage(edition, Stage.DRAFT, due_at=None, failure=failure)
    release.stage, release.due_at, release.failure = Release.Stage.DRAFT, None, failure
    release.save()


def _member_editions(found: list[Member]) -> list[Edition]:
    return [member.edition for member in found if member.edition]
