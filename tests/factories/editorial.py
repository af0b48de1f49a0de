"""Articles brought to a stage of the workflow by performing its steps."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from news.models import Article
from postportal.publishing.models import State
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import steps
from tests.factories import news

ONE_HOUR = dt.timedelta(hours=1)


def draft_article(title: str, *, by: User, **fields: Any) -> Article:
    fields = {"standfirst": "By rail.", "publish_at": None, "created_by": by, **fields}
    article = news.article(title, state=State.DRAFT, **fields)
    revisions.record_revision(article, snapshots.serialize(article), by=by)
    return article


def submitted_article(title: str, *, by: User, **fields: Any) -> Article:
    return steps.perform("submit", draft_article(title, by=by, **fields), by=by)


def scheduled_article(
    title: str, *, by: User, scheduled_by: User, due_at: dt.datetime | None = None, **fields: Any
) -> Article:
    due_at = due_at or timezone.now() + ONE_HOUR
    return steps.perform("schedule", submitted_article(title, by=by, **fields), by=scheduled_by, due_at=due_at)


def correction(article: Article, *, by: User, **changes: Any) -> Article:
    revisions.record_outside_change(article)
    content = snapshots.serialize(article)
    content["fields"] |= changes
    revisions.record_revision(article, content, by=by)
    return article


def forced_article(title: str, *, by: User, writer: User | None = None, reason: str = "Roads are closed.") -> Article:
    return steps.perform("force", draft_article(title, by=writer or by), by=by, reason=reason)
