"""What lets scheduled work out in its second, although nothing ran since it was scheduled."""

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.db.models import CharField, Value
from django.utils.translation import gettext as _

from postportal.audit.actions import Action
from postportal.audit.current_request import by_itself
from postportal.audit.log import record, record_each
from postportal.publishing.models import Comment, Edition, Publishable, Release
from postportal.publishing.models.edition import Stage
from postportal.publishing.models.locking import locked
from postportal.publishing.versions.revisions import discard
from postportal.publishing.workflow import releases, steps
from postportal.publishing.workflow.comments import say
from postportal.publishing.workflow.rules import Attempt, complete, end_faults
from postportal.web.compiled_query import KeptQuery

logger = logging.getLogger(__name__)


def settle_due(at: dt.datetime) -> None:
    """Put out what is due by `at`. Asked before every page: an edition shows in its second although nothing ran since
    it was scheduled. What has become invalid stays hidden, and its editors are told why."""
    for _moment, key, kind in _due.rows(at):
        try:
            _SETTLE[kind](key, at)
        except Exception:
            # Readers get the page as it was; the next request tries again.
            logger.exception("The %s %s is due and could not be put out", kind, key)


def _everything(at: dt.datetime) -> Any:
    """Moment, key and kind of everything due, the earliest first: one query."""
    editions = _columns(Edition.objects.due(at), "edition")
    return editions.union(_columns(Release.objects.due(at), "release"), all=True).order_by("due_at", "pk")


_due = KeptQuery(_everything)


def _columns(rows: Any, kind: str) -> Any:
    return rows.order_by().annotate(due_kind=Value(kind, CharField())).values_list("due_at", "pk", "due_kind")


@transaction.atomic
def _settle_edition(key: int, at: dt.datetime) -> None:
    due = Edition.objects.filter(pk=key).due(at)
    found = due.defer("content").first()
    # The item is held first, as every step does it: the other way round, a step and a reader would wait for each other.
    item = locked(found.item) if found and found.item else None
    edition = due.select_for_update().first()
    if edition is None:
        return  # Another request was faster.
    if item is None:
        discard(edition)
        return
    moment = edition.due_at or at
    faults = end_faults(item, moment) + complete(Attempt(item=item, edition=edition, by=None, at=at))
    if faults:
        steps.hold_back(item, edition, fault="\n".join(faults))
        say(Comment.Kind.FAULT, item, edition, by=None, at=at, text="\n".join(faults))
    else:
        steps.publish(item, edition, by=edition.published_by, at=moment)
        with by_itself():
            record(Action.PUBLISH, user=edition.published_by, item=item)


@transaction.atomic
def _settle_release(key: int, at: dt.datetime) -> None:
    release = Release.objects.select_for_update().filter(pk=key).due(at).first()
    if release is None:
        return  # Another request was faster.
    found = releases.members(release, held=True)
    moment = release.due_at or at
    checks = [releases.Check(member, _faults(member, at) + end_faults(member.item, moment)) for member in found]
    whole = ""
    if not found:
        whole = _("Nothing is in it any more.")
    elif not any(check.reasons for check in checks):
        whole = releases.clash(release, at=moment)
    if whole or any(check.reasons for check in checks):
        _keep_back(release, checks, whole, at=at)
        return
    by = release.published_by
    releases.let_out(release, found, by=by, at=moment)
    with by_itself():
        record_each(Action.RELEASE, [release, *(member.item for member in found)], user=by, detail=release.name)


def _faults(member: releases.Member, at: dt.datetime) -> list[str]:
    if not isinstance(member.item, Publishable):
        return releases.row_faults(member.item)
    if member.edition is None or member.edition.stage != Stage.SCHEDULED:
        return [_("It is not scheduled any more.")]
    return complete(Attempt(item=member.item, edition=member.edition, by=None, at=at))


def _keep_back(release: Release, checks: list[releases.Check], whole: str, *, at: dt.datetime) -> None:
    """`whole` is what is wrong with all of it, where no single member is."""
    named = [f"“{check.member.item}”: {reason}" for check in checks for reason in check.reasons]
    releases.hold_back(release, [check.member for check in checks], fault=whole or "\n".join(named))
    held = _("The release “%(release)s” did not go out.") % {"release": release}
    for check in checks:
        item, edition = check.member.item, check.member.edition
        if isinstance(item, Publishable) and edition:
            # Not why the others did not: whoever works on this one may not even know of them.
            fault = whole or "\n".join(check.reasons) or _("Something else in its release was not ready.")
            steps.move(edition, Stage.DRAFT, fault=fault)
            say(Comment.Kind.FAULT, item, edition, by=None, at=at, text=f"{held}\n{fault}")


_SETTLE = {"edition": _settle_edition, "release": _settle_release}
