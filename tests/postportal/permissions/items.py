"""Items at every place where work on them can stand, each with a version, a comment and a preview link."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from postportal.publishing.models import Comment, State
from postportal.publishing.models.preview_link import new_link
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import steps
from postportal.publishing.workflow.comments import say
from tests.factories import editorial, news, pages, services

HOUR = dt.timedelta(hours=1)
MAKERS: dict[str, Callable[..., Any]] = {
    "article": lambda **fields: news.article("Hush", standfirst="By rail.", **fields),
    "page": lambda **fields: pages.page("Hush", **fields),
    "issue": lambda **fields: services.stamp_issue("Hush", slug="hush", **fields),
}
STATES = ("own", "draft", "review", "approved", "scheduled", "live", "beside", "withdrawn", "unpublished")


def made(kind: str, state: str, *, actor: User, writer: User, chief: User) -> Any:
    """The item in the state, written by `writer` (but for "own", by `actor`) and moved on by `chief`."""
    row = _MADE[state](MAKERS[kind], actor if state == "own" else writer, chief)
    row = type(row)._default_manager.get(pk=row.pk)
    revisions.note_found(row)
    edition = revisions.open_edition(row)
    say(Comment.Kind.REMARK, row, edition, by=chief, at=timezone.now(), text="Who says so?")
    new_link(row, edition, by=chief, at=timezone.now(), expires_at=timezone.now() + HOUR)
    return row


def _draft(make: Any, writer: User, chief: User) -> Any:
    row = make(state=State.DRAFT, publish_at=None, created_by=writer)
    revisions.keep(row, snapshots.take(row), by=writer)
    return row


def _review(make: Any, writer: User, chief: User) -> Any:
    return steps.take("submit", _draft(make, writer, chief), by=chief)


def _approved(make: Any, writer: User, chief: User) -> Any:
    return steps.take("approve", _review(make, writer, chief), by=chief)


def _scheduled(make: Any, writer: User, chief: User) -> Any:
    row = _approved(make, writer, chief)
    return steps.take("schedule", row, by=chief, due_at=timezone.now() + HOUR)


def _live(make: Any, writer: User, chief: User) -> Any:
    return make(created_by=writer)


def _beside(make: Any, writer: User, chief: User) -> Any:
    return editorial.correction(_live(make, writer, chief), by=writer, title="Hush, corrected")


def _taken_down(step: str) -> Any:
    return lambda make, writer, chief: steps.take(step, _live(make, writer, chief), by=chief, reason="Wrong.")


_MADE: dict[str, Callable[[Any, User, User], Any]] = {
    "own": _draft,
    "draft": _draft,
    "review": _review,
    "approved": _approved,
    "scheduled": _scheduled,
    "live": _live,
    "beside": _beside,
    "withdrawn": _taken_down("withdraw"),
    "unpublished": _taken_down("unpublish"),
}
