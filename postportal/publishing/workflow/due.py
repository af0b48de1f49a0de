"""Publication of scheduled items, releases and planned changes, by the first request after their time. Other apps
register what else becomes due."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any, NamedTuple

from django.apps import apps
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
from postportal.publishing.workflow import changes, releases
from postportal.publishing.workflow.comments import add_comment
from postportal.publishing.workflow.planned import make_due, planned_models
from postportal.publishing.workflow.release_members import Member, members
from postportal.publishing.workflow.rules import Attempt, expiry_errors, require_complete
from postportal.web.compiled_query import CompiledQuery

logger = logging.getLogger(__name__)


class _Due(NamedTuple):
    """`rows` returns what is due by a time, with a column `due_at`, and `process` does it to the row with a key. It has
    to look again, because another request may have been faster."""

    rows: Callable[[dt.datetime], Any]
    process: Callable[[int, dt.datetime], None]


_registered: dict[str, _Due] = {}


def register_due(kind: str, *, rows: Callable[[dt.datetime], Any], process: Callable[[int, dt.datetime], None]) -> None:
    _registered[kind] = _Due(rows, process)


def publish_due(at: dt.datetime) -> None:
    """Publish everything scheduled up to `at`. Called before every page, so that no background process is needed. What
    has become invalid is not published, and its editors are told why."""
    for _due_at, key, kind in _due_query.rows(at):
        try:
            if kind in _PUBLISHERS:
                _PUBLISHERS[kind](key, at)
            elif kind in _registered:
                _registered[kind].process(key, at)
            else:
                make_due(apps.get_model(kind), key, at)
        except Exception:
            # The page is shown as it was, and the next request tries again.
            logger.exception("The %s %s is due and could not be published", kind, key)


def _all_due(at: dt.datetime) -> Any:
    """Return time, key and kind of everything due, the earliest first, in one query."""
    parts = [_columns(Release.objects.due(at), "release")]
    parts += [_columns(model.objects.due(at), model._meta.label) for model in planned_models()]
    parts += [_columns(due.rows(at), kind) for kind, due in _registered.items()]
    return _columns(Edition.objects.due(at), "edition").union(*parts, all=True).order_by("due_at", "pk")


_due_query = CompiledQuery(_all_due)


def _columns(rows: Any, kind: str) -> Any:
    return rows.order_by().annotate(due_kind=Value(kind, CharField())).values_list("due_at", "pk", "due_kind")


@transaction.atomic
def _publish_due_edition(key: int, at: dt.datetime) -> None:
    due = Edition.objects.filter(pk=key).due(at)
    found = due.defer("content").first()
    # The item is locked before the edition, as by every step: in the other order, a step and a request could deadlock.
    item = lock_item(found.item) if found and found.item else None
    edition = due.select_for_update().first()
    if edition is None:
        return  # Another request was faster.
    if item is None:
        discard_edition(edition)
        return
    publish_at = edition.due_at or at
    errors = expiry_errors(item, publish_at) + require_complete(Attempt(item=item, edition=edition, by=None, at=at))
    if errors:
        failure = "\n".join(errors)
        changes.revert_to_draft(item, edition, failure=failure)
        add_comment(Comment.Kind.FAILED, item, edition, by=None, at=at, text=failure)
    else:
        changes.publish_edition(item, edition, by=edition.published_by, at=publish_at)
        with without_request():
            log_action(Action.PUBLISH, user=edition.published_by, item=item)


@transaction.atomic
def _publish_due_release(key: int, at: dt.datetime) -> None:
    release = Release.objects.select_for_update().filter(pk=key).due(at).first()
    if release is None:
        return  # Another request was faster.
    found = members(release, lock=True)
    publish_at = release.due_at or at
    checks = [
        releases.MemberCheck(member, _member_errors(member, at) + expiry_errors(member.item, publish_at))
        for member in found
    ]
    release_error = ""
    if not found:
        release_error = _("The release is empty.")
    elif not any(check.reasons for check in checks):
        release_error = releases.find_clash(release, at=publish_at)
    if release_error or any(check.reasons for check in checks):
        _fail_release(release, checks, release_error, at=at)
        return
    by = release.published_by
    releases.publish_release(release, found, by=by, at=publish_at)
    with without_request():
        log_actions(Action.RELEASE, [release, *(member.item for member in found)], user=by, detail=release.name)


def _member_errors(member: Member, at: dt.datetime) -> list[str]:
    if not isinstance(member.item, Publishable):
        return releases.row_errors(member.item)
    if member.edition is None or member.edition.stage != Stage.SCHEDULED:
        return [_("This item is no longer scheduled.")]
    return require_complete(Attempt(item=member.item, edition=member.edition, by=None, at=at))


def _fail_release(release: Release, checks: list[releases.MemberCheck], release_error: str, *, at: dt.datetime) -> None:
    """Revert the release to a draft and comment on each item. `release_error` is a fault of no single member."""
    named = [f"“{check.member.item}”: {reason}" for check in checks for reason in check.reasons]
    releases.revert_release(release, [check.member for check in checks], failure=release_error or "\n".join(named))
    headline = _("The release “%(release)s” was not published.") % {"release": release}
    for check in checks:
        item, edition = check.member.item, check.member.edition
        if isinstance(item, Publishable) and edition:
            # Not the reasons of other members: editors of this item may have no permission to view those.
            failure = release_error or "\n".join(check.reasons) or _("Another item in the release was not ready.")
            changes.set_stage(edition, Stage.DRAFT, failure=failure)
            add_comment(Comment.Kind.FAILED, item, edition, by=None, at=at, text=f"{headline}\n{failure}")


_PUBLISHERS = {"edition": _publish_due_edition, "release": _publish_due_release}
