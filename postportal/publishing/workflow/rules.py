"""Which step may follow which, who may take it, and every reason why not."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.models import Edition, PubliclyTimed, Publishable, State
from postportal.publishing.models.edition import Stage
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.revisions import open_edition

# How an item stands for those who work on it: the stage of its open edition, else what its row says.
LIVE, WITHDRAWN, UNPUBLISHED = "live", State.WITHDRAWN.value, State.UNPUBLISHED.value
DRAFT, REVIEW, SCHEDULED = Stage.DRAFT.value, Stage.REVIEW.value, Stage.SCHEDULED.value


@dataclass(frozen=True)
class Attempt:
    """Somebody wants to take a step."""

    item: Publishable
    edition: Edition | None
    by: Any
    at: dt.datetime
    due_at: dt.datetime | None = None
    reason: str = ""
    # Everything in its release goes out in the same second.
    is_in_release: bool = False


Rule = Callable[[Attempt], list[str]]


@dataclass(frozen=True)
class Step:
    """A step of the work: where it starts, the right it needs, and what else has to be true."""

    name: str
    label: str | Promise
    start_stages: frozenset[str]
    permission: str
    rules: tuple[Rule, ...] = ()
    is_reason_needed: bool = False


def stage_of(item: Publishable, edition: Edition | None) -> str:
    if edition and edition.is_open:
        return edition.stage
    return {State.PUBLISHED: LIVE, State.SCHEDULED: SCHEDULED}.get(State(item.state), item.state)


def is_allowed(user: Any, item: models.Model, right: str) -> bool:
    """True where the user has the right ("change", "publish", "control") over items of this kind."""
    options = item._meta
    return bool(user.is_active and user.has_perm(f"{options.app_label}.{right}_{options.model_name}"))


# Rules ----------------------------------------------------------------------------------------------------------------


def require_complete(attempt: Attempt) -> list[str]:
    """Everything that readers would miss, and everything the database would refuse."""
    item, edition = attempt.item, attempt.edition
    if edition is None or edition.content is None:
        return _readiness_errors(item)
    stored = type(item)._default_manager.get(pk=item.pk)
    try:
        with snapshots.dry_run():
            snapshots.apply_content(stored, edition.content, is_final=True)
            return _readiness_errors(stored)
    except IntegrityError:
        return [_("A number or an address in it belongs to another item by now.")]


def _readiness_errors(item: Publishable) -> list[str]:
    # In a copy of its own: a check may fill fields, and a refused item stays as it is.
    stored = type(item)._default_manager.get(pk=item.pk)
    found = [*stored.missing_for_readers()]
    try:
        stored.full_clean(exclude=["withdrawal_reason"])
    except ValidationError as error:
        found += [
            f"{_field_prefix(stored, name)}{message}"
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return found


def _field_prefix(item: Publishable, name: str) -> str:
    names = {field.name: field.verbose_name for field in item._meta.concrete_fields}
    return f"{names[name]}: " if name in names else ""


def require_second_person(attempt: Attempt) -> list[str]:
    """Nobody publishes alone: somebody who did not write it has approved it, or is the one who takes the step."""
    edition = attempt.edition
    if edition is None or edition.approved_at or not edition.is_written_by(attempt.by):
        return []
    return [_("You wrote some of it, so somebody else has to approve it first.")]


def forbid_own_approval(attempt: Attempt) -> list[str]:
    if attempt.edition and attempt.edition.is_written_by(attempt.by):
        return [_("You wrote some of it, so somebody else has to approve it.")]
    return []


def require_unreviewed(attempt: Attempt) -> list[str]:
    if Edition.objects.of(attempt.item).unreviewed().exists():
        return []
    return [_("Nothing of it was published without review.")]


def require_uninvolved_approver(attempt: Attempt) -> list[str]:
    """What was forced out is approved afterwards by somebody who had no part in it."""
    forced = Edition.objects.of(attempt.item).unreviewed()
    if forced.exists() and not forced.not_involving(attempt.by).exists():
        return [_("You wrote it or let it out, so somebody else has to approve it.")]
    return []


def protect_embargo(attempt: Attempt) -> list[str]:
    """What is scheduled goes out when it was said to; only who may force lets it out earlier."""
    is_scheduled = stage_of(attempt.item, attempt.edition) == SCHEDULED
    if is_scheduled and not is_allowed(attempt.by, attempt.item, "control"):
        return [_("It is under embargo, and only a publisher may lift that.")]
    return []


def protect_unpublished(attempt: Attempt) -> list[str]:
    """Whoever may take something down is who may put it up again."""
    is_down = attempt.item.state == State.UNPUBLISHED
    if is_down and not is_allowed(attempt.by, attempt.item, "control"):
        return [_("It was unpublished, and only a publisher may show it again.")]
    return []


def require_future(attempt: Attempt) -> list[str]:
    return publish_time_errors(attempt.due_at, attempt.at)


def publish_time_errors(due_at: dt.datetime | None, at: dt.datetime) -> list[str]:
    """What is wrong with a moment to go out at, asked at the moment `at`."""
    if due_at is None:
        return [_("Say when it goes out.")]
    return [] if due_at > at else [_("The moment it should go out at has passed.")]


def require_later_expiry(attempt: Attempt) -> list[str]:
    return expiry_errors(attempt.item, attempt.due_at or attempt.at)


def expiry_errors(item: PubliclyTimed, at: dt.datetime) -> list[str]:
    """What becomes public at `at` must not have gone away by then. A correction changes no beginning."""
    is_known = isinstance(item, Publishable) and item.is_edited_in_edition
    is_over = not is_known and item.expire_at is not None and item.expire_at <= at
    return [_("“Public until” comes before the moment it goes out.")] if is_over else []


def forbid_in_release(attempt: Attempt) -> list[str]:
    """What is in a release goes out with it, or not at all."""
    edition = attempt.edition
    if attempt.is_in_release or edition is None or edition.release is None:
        return []
    return [_("It goes out with “%(release)s”. Take it out of the release first.") % {"release": edition.release}]


def require_unpublished_changes(attempt: Attempt) -> list[str]:
    beside = attempt.edition and attempt.edition.content is not None
    return [] if beside else [_("Nothing waits beside what readers see.")]


def _step(name: str, label: Any, start: set[str], right: str, *rules: Rule, is_reason_needed: bool = False) -> Step:
    return Step(name, label, frozenset(start), right, rules, is_reason_needed)


STEPS = {
    step.name: step
    for step in (
        _step("submit", gettext_lazy("Submit for review"), {DRAFT}, "change", require_complete),
        _step("return", gettext_lazy("Return to the writer"), {REVIEW}, "publish", is_reason_needed=True),
        _step("approve", gettext_lazy("Approve"), {REVIEW}, "publish", forbid_own_approval, require_complete),
        _step(
            *("publish", gettext_lazy("Publish now"), {DRAFT, REVIEW, SCHEDULED, UNPUBLISHED}, "publish"),
            *(
                forbid_in_release,
                protect_embargo,
                protect_unpublished,
                require_second_person,
                require_later_expiry,
                require_complete,
            ),
        ),
        _step(
            *("schedule", gettext_lazy("Schedule"), {DRAFT, REVIEW, UNPUBLISHED}, "publish"),
            *(
                forbid_in_release,
                require_future,
                protect_unpublished,
                require_second_person,
                require_later_expiry,
                require_complete,
            ),
        ),
        _step(
            "unschedule",
            gettext_lazy("Take back the schedule"),
            {SCHEDULED},
            "publish",
            forbid_in_release,
            protect_embargo,
        ),
        _step(
            *(
                "force",
                gettext_lazy("Publish without review"),
                {DRAFT, REVIEW},
                "control",
                forbid_in_release,
                require_later_expiry,
                require_complete,
            ),
            is_reason_needed=True,
        ),
        _step(
            *("review", gettext_lazy("Approve afterwards"), {LIVE, WITHDRAWN}, "publish"),
            *(require_unreviewed, require_uninvolved_approver),
        ),
        _step("withdraw", gettext_lazy("Withdraw"), {LIVE}, "control", is_reason_needed=True),
        _step("unpublish", gettext_lazy("Unpublish"), {LIVE, WITHDRAWN}, "control", is_reason_needed=True),
        _step("reinstate", gettext_lazy("Show again"), {WITHDRAWN}, "control"),
        _step("discard", gettext_lazy("Discard the draft"), {DRAFT, REVIEW}, "change", require_unpublished_changes),
    )
}
# What is done to the item as readers know it, whatever is being written beside it.
LIVE_ROW_STEPS = {"withdraw", "unpublish", "reinstate", "review"}
# Not even offered where there is nothing to do.
OFFER_CONDITIONS: dict[str, Rule] = {"discard": require_unpublished_changes, "review": require_unreviewed}


def refusals(step: Step, attempt: Attempt) -> list[str]:
    """Every reason why the step cannot be taken; none where it can. A missing right is the only reason then: it says
    nothing about the item."""
    if not is_allowed(attempt.by, attempt.item, step.permission):
        return [_("Your role does not allow this.")]
    edition = None if step.name in LIVE_ROW_STEPS else attempt.edition
    found = []
    if stage_of(attempt.item, edition) not in step.start_stages:
        found.append(_("It is not at a stage where this can be done."))
    if step.is_reason_needed and not attempt.reason.strip():
        found.append(_("Say why."))
    for rule in step.rules:
        found += rule(attempt)
    return list(dict.fromkeys(found))


def possible_steps(item: Publishable, *, by: Any) -> list[Step]:
    """The steps that somebody may try from where the item stands. Trying may still be refused, with the reasons."""
    edition, found = open_edition(item), []
    for step in STEPS.values():
        stands = stage_of(item, None if step.name in LIVE_ROW_STEPS else edition)
        if stands not in step.start_stages or not is_allowed(by, item, step.permission):
            continue
        attempt = Attempt(item=item, edition=edition, by=by, at=timezone.now())
        if not (step.name in OFFER_CONDITIONS and OFFER_CONDITIONS[step.name](attempt)):
            found.append(step)
    return found
