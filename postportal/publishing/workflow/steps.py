"""Taking a step of the workflow: checked, applied, commented and logged in one transaction."""

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from postportal.audit.log import log_action
from postportal.publishing.models import Publishable
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions.revisions import current_version, open_edition
from postportal.publishing.workflow import rules, stages
from postportal.publishing.workflow.comments import add_comment
from postportal.publishing.workflow.definitions import STEPS, Step
from postportal.publishing.workflow.rules import Attempt, Rule
from postportal.publishing.workflow.stages import stage_of
from postportal.staff.permissions import has_model_permission
from postportal.staff.row_limits import is_within_limits


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
    """Take the step called `name` with the item, and return the changed item.

    `reason` is for colleagues, and for readers if the item is withdrawn or unpublished; `note` tells readers what has
    changed; `new_address` is the URL an unpublished item redirects to. `seen_version` is the version the user saw: the
    step is refused if somebody has saved a newer one. Raises ValidationError with all reasons for a refusal."""
    at = at or timezone.now()
    item = lock_item(item)
    if seen_version is not None and current_version(item) != seen_version:
        raise ValidationError(_("Someone saved a newer version. Review it first."))
    step = STEPS[name]
    attempt = Attempt(item=item, edition=open_edition(item), by=by, at=at, due_at=due_at, reason=reason)
    attempt = replace(attempt, note=note, is_minor=is_minor, new_address=new_address)
    reasons = refusals(step, attempt)
    if reasons:
        raise ValidationError(reasons)
    edition = step.apply(attempt)
    if step.comment_kind:
        add_comment(step.comment_kind, item, edition, by=by, at=at, text=reason)
    log_action(step.log_action, user=by, item=item, detail=reason)
    return item


def refusals(step: Step, attempt: Attempt, *, check_input: bool = True) -> list[str]:
    """Return all reasons why the step is refused. Without `check_input`, leave out those that depend on what the user
    enters in the form of the step. A missing permission is the only reason: it says nothing about the item."""
    if not has_model_permission(attempt.by, step.permission, type(attempt.item)):
        return [_("Your role does not allow this.")]
    if not _is_in_reach(attempt):
        return [_("Your account is limited to other sections.")]
    reasons = []
    if _stage_for(step, attempt) not in step.start_stages:
        reasons.append(_("This is not possible at the current stage."))
    if check_input and step.needs_reason and not attempt.reason.strip():
        reasons.append(_("Enter a reason."))
    for rule in (*(step.input_rules if check_input else ()), *step.rules):
        reasons += rule(attempt)
    return list(dict.fromkeys(reasons))


def possible_steps(item: Publishable, *, by: Any) -> list[Step]:
    """Return the steps that the user can try at the item's stage. The rules may still refuse them."""
    return offered_steps(item, by=by)[0]


def offered_steps(item: Publishable, *, by: Any) -> tuple[list[Step], list[str]]:
    """Return the steps that the user can try at the item's stage, and why others are withheld from a user who has the
    permission for them."""
    attempt = Attempt(item=item, edition=open_edition(item), by=by, at=timezone.now())

    if not _is_in_reach(attempt):
        return [], []

    @cache
    def reasons_of(rule: Rule) -> tuple[str, ...]:
        # Several steps have the same rules, and each asks the database.
        return tuple(rule(attempt))

    offered, withheld = [], []
    for step in STEPS.values():
        is_at_stage = _stage_for(step, attempt) in step.start_stages
        if not is_at_stage or not has_model_permission(by, step.permission, item):
            continue
        if any(reasons_of(rule) for rule in step.offer_rules):
            continue
        reasons = [reason for rule in step.explained_rules for reason in reasons_of(rule)]
        withheld += reasons
        offered += [] if reasons else [step]
    return offered, list(dict.fromkeys(withheld))


def first_steps(item: Publishable, *, by: Any) -> list[Step]:
    """Return the steps that can follow the first save of a new item, or of changes to a live one. The user is then a
    writer of the text, and the stage is a draft."""
    return [
        step
        for step in STEPS.values()
        if step.saves_form
        and stages.DRAFT in step.start_stages
        and rules.require_second_person not in step.rules
        and has_model_permission(by, step.permission, item)
    ]


def _is_in_reach(attempt: Attempt) -> bool:
    content = attempt.edition.content if attempt.edition else None
    return is_within_limits(attempt.by, attempt.item, content=content)


def _stage_for(step: Step, attempt: Attempt) -> str:
    return stage_of(attempt.item, None if step.acts_on_live_row else attempt.edition)
