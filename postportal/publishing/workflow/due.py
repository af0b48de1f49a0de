"""What lets scheduled work out in its second, although nothing ran since it was scheduled."""

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.db.models import CharField, Value
from django.utils.translation import gettext as _

from postportal.audit.actions import Action
from postportal.audit.current_request import without_request
from postportal.audit.log import log_action, log_actions
from postportal.publishing.models import Comment, Edition, Publishable, Release
from postportal.publishing.models.edition import Stage
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions.revisions import discard_edition
from postportal.publishing.workflow import releases, steps
from postportal.publishing.workflow.comments import add_comment
from postportal.publishing.workflow.rules import Attempt, expiry_errors, require_complete
from postportal.web.compiled_query import CompiledQuery

logger = logging.getLogger(__name__)


def publish_due(at: dt.datetime) -> None:
    """Put out what is due by `at`. Asked before every page: an edition shows in its second although nothing ran since
    it was scheduled. What has become invalid stays hidden, and its editors are told why."""
    for _moment, key, kind in _due_query.rows(at):
        try:
            _PUBLISHERS[kind](key, at)
        except Exception:
            # Readers get the page as it was; the next request tries again.
            logger.exception("The %s %s is due and could not be put out", kind, key)


def _all_due(at: dt.datetime) -> Any:
    """Moment, key and kind of everything due, the earliest first: one query."""
    editions = _columns(Edition.objects.due(at), "edition")
    return editions.union(_columns(Release.objects.due(at), "release"), all=True).order_by("due_at", "pk")


_due_query = CompiledQuery(_all_due)


def _columns(rows: Any, kind: str) -> Any:
    return rows.order_by().annotate(due_kind=Value(kind, CharField())).values_list("due_at", "pk", "due_kind")


@transaction.atomic
def _publish_edition(key: int, at: dt.datetime) -> None:
    due = Edition.objects.filter(pk=key).due(at)
    found = due.defer("content").first()
    # The item is held first, as every step does it: the other way round, a step and a reader would wait for each other.
    item = lock_item(found.item) if found and found.item else None
    edition = due.select_for_update().first()
    if edition is None:
        return  # Another request was faster.
    if item is None:
        discard_edition(edition)
        return
    moment = edition.due_at or at
    faults = expiry_errors(item, moment) + require_complete(Attempt(item=item, edition=edition, by=None, at=at))
    if faults:
        steps.revert_to_draft(item, edition, failure="\n".join(faults))
        add_comment(Comment.Kind.FAILED, item, edition, by=None, at=at, text="\n".join(faults))
    else:
        steps.publish(item, edition, by=edition.published_by, at=moment)
        with without_request():
            log_action(Action.PUBLISH, user=edition.published_by, item=item)


@transaction.atomic
def _publish_release(key: int, at: dt.datetime) -> None:
    release = Release.objects.select_for_update().filter(pk=key).due(at).first()
    if release is None:
        return  # Another request was faster.
    found = releases.members(release, lock=True)
    moment = release.due_at or at
    checks = [
        releases.MemberCheck(member, _member_errors(member, at) + expiry_errors(member.item, moment))
        for member in found
    ]
    whole = ""
    if not found:
        whole = _("Nothing is in it any more.")
    elif not any(check.reasons for check in checks):
        whole = releases.find_clash(release, at=moment)
    if whole or any(check.reasons for check in checks):
        _fail_release(release, checks, whole, at=at)
        return
    by = release.published_by
    releases.publish_release(release, found, by=by, at=moment)
    with without_request():
        log_actions(Action.RELEASE, [release, *(member.item for member in found)], user=by, detail=release.name)


def _member_errors(member: releases.Member, at: dt.datetime) -> list[str]:
    if not isinstance(member.item, Publishable):
        return releases.row_errors(member.item)
    if member.edition is None or member.edition.stage != Stage.SCHEDULED:
        return [_("It is not scheduled any more.")]
    return require_complete(Attempt(item=member.item, edition=member.edition, by=None, at=at))


def _fail_release(release: Release, checks: list[releases.MemberCheck], whole: str, *, at: dt.datetime) -> None:
    """`whole` is what is wrong with all of it, where no single member is."""
    named = [f"“{check.member.item}”: {reason}" for check in checks for reason in check.reasons]
    releases.revert_release(release, [check.member for check in checks], failure=whole or "\n".join(named))
    held = _("The release “%(release)s” did not go out.") % {"release": release}
    for check in checks:
        item, edition = check.member.item, check.member.edition
        if isinstance(item, Publishable) and edition:
            # Not why the others did not: whoever works on this one may not even know of them.
            failure = whole or "\n".join(check.reasons) or _("Something else in its release was not ready.")
            steps.set_stage(edition, Stage.DRAFT, failure=failure)
            add_comment(Comment.Kind.FAILED, item, edition, by=None, at=at, text=f"{held}\n{failure}")


_PUBLISHERS = {"edition": _publish_edition, "release": _publish_release}
