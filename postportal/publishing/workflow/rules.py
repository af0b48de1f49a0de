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

from postportal.publishing.models import Edition, Publishable, State, Timed
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
    is_with_release: bool = False


Rule = Callable[[Attempt], list[str]]


@dataclass(frozen=True)
class Step:
    """A step of the work: where it starts, the right it needs, and what else has to be true."""

    name: str
    label: str | Promise
    start: frozenset[str]
    right: str
    rules: tuple[Rule, ...] = ()
    is_reason_needed: bool = False


def place(item: Publishable, edition: Edition | None) -> str:
    if edition and edition.is_open:
        return edition.stage
    return {State.PUBLISHED: LIVE, State.SCHEDULED: SCHEDULED}.get(State(item.state), item.state)


def is_allowed(user: Any, item: models.Model, right: str) -> bool:
    """True where the user has the right ("change", "publish", "control") over items of this kind."""
    options = item._meta
    return bool(user.is_active and user.has_perm(f"{options.app_label}.{right}_{options.model_name}"))


# Rules ----------------------------------------------------------------------------------------------------------------


def complete(attempt: Attempt) -> list[str]:
    """Everything that readers would miss, and everything the database would refuse."""
    item, edition = attempt.item, attempt.edition
    if edition is None or edition.content is None:
        return _faults(item)
    stored = type(item)._default_manager.get(pk=item.pk)
    try:
        with snapshots.rehearsal():
            snapshots.apply(stored, edition.content, is_final=True)
            return _faults(stored)
    except IntegrityError:
        return [_("A number or an address in it belongs to another item by now.")]


def _faults(item: Publishable) -> list[str]:
    # In a copy of its own: a check may fill fields, and a refused item stays as it is.
    stored = type(item)._default_manager.get(pk=item.pk)
    found = [*stored.missing_for_readers()]
    try:
        stored.full_clean(exclude=["withdrawal_reason"])
    except ValidationError as error:
        found += [
            f"{_field_name(stored, name)}{message}"
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return found


def _field_name(item: Publishable, name: str) -> str:
    names = {field.name: field.verbose_name for field in item._meta.concrete_fields}
    return f"{names[name]}: " if name in names else ""


def seen_by_another(attempt: Attempt) -> list[str]:
    """Nobody publishes alone: somebody who did not write it has approved it, or is the one who takes the step."""
    edition = attempt.edition
    if edition is None or edition.approved_at or not edition.is_written_by(attempt.by):
        return []
    return [_("You wrote some of it, so somebody else has to approve it first.")]


def not_own(attempt: Attempt) -> list[str]:
    if attempt.edition and attempt.edition.is_written_by(attempt.by):
        return [_("You wrote some of it, so somebody else has to approve it.")]
    return []


def something_unreviewed(attempt: Attempt) -> list[str]:
    if Edition.objects.of(attempt.item).unreviewed().exists():
        return []
    return [_("Nothing of it was published without review.")]


def forced_by_another(attempt: Attempt) -> list[str]:
    """What was forced out is approved afterwards by somebody who had no part in it."""
    forced = Edition.objects.of(attempt.item).unreviewed()
    if forced.exists() and not forced.not_by(attempt.by).exists():
        return [_("You wrote it or let it out, so somebody else has to approve it.")]
    return []


def embargo_kept(attempt: Attempt) -> list[str]:
    """What is scheduled goes out when it was said to; only who may force lets it out earlier."""
    is_scheduled = place(attempt.item, attempt.edition) == SCHEDULED
    if is_scheduled and not is_allowed(attempt.by, attempt.item, "control"):
        return [_("It is under embargo, and only a publisher may lift that.")]
    return []


def may_come_back(attempt: Attempt) -> list[str]:
    """Whoever may take something down is who may put it up again."""
    is_down = attempt.item.state == State.UNPUBLISHED
    if is_down and not is_allowed(attempt.by, attempt.item, "control"):
        return [_("It was unpublished, and only a publisher may show it again.")]
    return []


def in_future(attempt: Attempt) -> list[str]:
    return moment_faults(attempt.due_at, attempt.at)


def moment_faults(due_at: dt.datetime | None, at: dt.datetime) -> list[str]:
    """What is wrong with a moment to go out at, asked at the moment `at`."""
    if due_at is None:
        return [_("Say when it goes out.")]
    return [] if due_at > at else [_("The moment it should go out at has passed.")]


def ends_later(attempt: Attempt) -> list[str]:
    return end_faults(attempt.item, attempt.due_at or attempt.at)


def end_faults(item: Timed, at: dt.datetime) -> list[str]:
    """What becomes public at `at` must not have gone away by then. A correction changes no beginning."""
    is_known = isinstance(item, Publishable) and item.is_edited_beside
    is_over = not is_known and item.expire_at is not None and item.expire_at <= at
    return [_("“Public until” comes before the moment it goes out.")] if is_over else []


def may_go_alone(attempt: Attempt) -> list[str]:
    """What is in a release goes out with it, or not at all."""
    edition = attempt.edition
    if attempt.is_with_release or edition is None or edition.release is None:
        return []
    return [_("It goes out with “%(release)s”. Take it out of the release first.") % {"release": edition.release}]


def something_waits(attempt: Attempt) -> list[str]:
    beside = attempt.edition and attempt.edition.content is not None
    return [] if beside else [_("Nothing waits beside what readers see.")]


def _step(name: str, label: Any, start: set[str], right: str, *rules: Rule, is_reason_needed: bool = False) -> Step:
    return Step(name, label, frozenset(start), right, rules, is_reason_needed)


STEPS = {
    step.name: step
    for step in (
        _step("submit", gettext_lazy("Submit for review"), {DRAFT}, "change", complete),
        _step("return", gettext_lazy("Return to the writer"), {REVIEW}, "publish", is_reason_needed=True),
        _step("approve", gettext_lazy("Approve"), {REVIEW}, "publish", not_own, complete),
        _step(
            *("publish", gettext_lazy("Publish now"), {DRAFT, REVIEW, SCHEDULED, UNPUBLISHED}, "publish"),
            *(may_go_alone, embargo_kept, may_come_back, seen_by_another, ends_later, complete),
        ),
        _step(
            *("schedule", gettext_lazy("Schedule"), {DRAFT, REVIEW, UNPUBLISHED}, "publish"),
            *(may_go_alone, in_future, may_come_back, seen_by_another, ends_later, complete),
        ),
        _step("unschedule", gettext_lazy("Take back the schedule"), {SCHEDULED}, "publish", may_go_alone, embargo_kept),
        _step(
            *(
                "force",
                gettext_lazy("Publish without review"),
                {DRAFT, REVIEW},
                "control",
                may_go_alone,
                ends_later,
                complete,
            ),
            is_reason_needed=True,
        ),
        _step(
            *("review", gettext_lazy("Approve afterwards"), {LIVE, WITHDRAWN}, "publish"),
            *(something_unreviewed, forced_by_another),
        ),
        _step("withdraw", gettext_lazy("Withdraw"), {LIVE}, "control", is_reason_needed=True),
        _step("unpublish", gettext_lazy("Unpublish"), {LIVE, WITHDRAWN}, "control", is_reason_needed=True),
        _step("reinstate", gettext_lazy("Show again"), {WITHDRAWN}, "control"),
        _step("discard", gettext_lazy("Discard the draft"), {DRAFT, REVIEW}, "change", something_waits),
    )
}
# What is done to the item as readers know it, whatever is being written beside it.
ON_THE_ROW = {"withdraw", "unpublish", "reinstate", "review"}
# Not even offered where there is nothing to do.
OFFERED_WHERE: dict[str, Rule] = {"discard": something_waits, "review": something_unreviewed}


def refusals(step: Step, attempt: Attempt) -> list[str]:
    """Every reason why the step cannot be taken; none where it can. A missing right is the only reason then: it says
    nothing about the item."""
    if not is_allowed(attempt.by, attempt.item, step.right):
        return [_("Your role does not allow this.")]
    edition = None if step.name in ON_THE_ROW else attempt.edition
    found = []
    if place(attempt.item, edition) not in step.start:
        found.append(_("It is not at a stage where this can be done."))
    if step.is_reason_needed and not attempt.reason.strip():
        found.append(_("Say why."))
    for rule in step.rules:
        found += rule(attempt)
    return list(dict.fromkeys(found))


def possible(item: Publishable, *, by: Any) -> list[Step]:
    """The steps that somebody may try from where the item stands. Trying may still be refused, with the reasons."""
    edition, found = open_edition(item), []
    for step in STEPS.values():
        stands = place(item, None if step.name in ON_THE_ROW else edition)
        if stands not in step.start or not is_allowed(by, item, step.right):
            continue
        attempt = Attempt(item=item, edition=edition, by=by, at=timezone.now())
        if not (step.name in OFFERED_WHERE and OFFERED_WHERE[step.name](attempt)):
            found.append(step)
    return found
