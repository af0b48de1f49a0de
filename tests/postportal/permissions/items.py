"""Items at every stage of the workflow, each with a revision, a comment and a preview link."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from postportal.publishing.models import Comment, State
from postportal.publishing.models.preview_link import create_link
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import steps
from postportal.publishing.workflow.comments import add_comment
from tests.factories import editorial, news, pages, services

ONE_HOUR = dt.timedelta(hours=1)
FACTORIES: dict[str, Callable[..., Any]] = {
    "article": lambda **fields: news.article("Hush", standfirst="By rail.", **fields),
    "page": lambda **fields: pages.page("Hush", **fields),
    "issue": lambda **fields: services.stamp_issue("Hush", slug="hush", **fields),
}
OWN_STATES = ("own", "own_live")


def make_item(kind: str, state: str, *, actor: User, writer: User, chief: User) -> Any:
    """Make an item in the state, written by `writer` (by `actor` for its own) and moved on by `chief`."""
    row = _MAKE_IN_STATE[state](FACTORIES[kind], actor if state in OWN_STATES else writer, chief)
    row = type(row)._default_manager.get(pk=row.pk)
    revisions.record_outside_change(row)
    edition = revisions.open_edition(row)
    add_comment(Comment.Kind.REMARK, row, edition, by=chief, at=timezone.now(), text="Who says so?")
    create_link(row, edition, by=chief, at=timezone.now(), expires_at=timezone.now() + ONE_HOUR)
    return row


def _draft(make: Any, writer: User, chief: User) -> Any:
    row = make(state=State.DRAFT, publish_at=None, created_by=writer)
    revisions.record_revision(row, snapshots.serialize(row), by=writer)
    return row


def _review(make: Any, writer: User, chief: User) -> Any:
    return steps.perform("submit", _draft(make, writer, chief), by=chief)


def _approved(make: Any, writer: User, chief: User) -> Any:
    return steps.perform("approve", _review(make, writer, chief), by=chief)


def _scheduled(make: Any, writer: User, chief: User) -> Any:
    row = _approved(make, writer, chief)
    return steps.perform("schedule", row, by=chief, due_at=timezone.now() + ONE_HOUR)


def _live(make: Any, writer: User, chief: User) -> Any:
    return make(created_by=writer)


def _correction(make: Any, writer: User, chief: User) -> Any:
    return editorial.correction(_live(make, writer, chief), by=writer, title="Hush, corrected")


def _withdrawn_by(step: str) -> Any:
    return lambda make, writer, chief: steps.perform(step, _live(make, writer, chief), by=chief, reason="Wrong.")


_MAKE_IN_STATE: dict[str, Callable[[Any, User, User], Any]] = {
    "own": _draft,
    "own_live": _correction,
    "draft": _draft,
    "review": _review,
    "approved": _approved,
    "scheduled": _scheduled,
    "live": _live,
    "correction": _correction,
    "withdrawn": _withdrawn_by("withdraw"),
    "unpublished": _withdrawn_by("unpublish"),
}
