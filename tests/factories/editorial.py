"""Work that lies on somebody's desk, brought there by the steps that people take."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from news.models import Article
from postportal.publishing.models import State
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import steps
from tests.factories import news

HOUR = dt.timedelta(hours=1)


def draft(title: str, *, by: User, **fields: Any) -> Article:
    fields = {"standfirst": "By rail.", "publish_at": None, "created_by": by, **fields}
    article = news.article(title, state=State.DRAFT, **fields)
    revisions.keep(article, snapshots.take(article), by=by)
    return article


def submitted(title: str, *, by: User, **fields: Any) -> Article:
    return steps.take("submit", draft(title, by=by, **fields), by=by)


def scheduled(title: str, *, by: User, then: User, due_at: dt.datetime | None = None, **fields: Any) -> Article:
    due_at = due_at or timezone.now() + HOUR
    return steps.take("schedule", submitted(title, by=by, **fields), by=then, due_at=due_at)


def correction(article: Article, *, by: User, **changes: Any) -> Article:
    revisions.note_found(article)
    content = snapshots.take(article)
    content["fields"] |= changes
    revisions.keep(article, content, by=by)
    return article


def forced(title: str, *, by: User, writer: User | None = None, reason: str = "Roads are closed.") -> Article:
    return steps.take("force", draft(title, by=writer or by), by=by, reason=reason)
