"""State of an imported article: what other systems mean by draft, private, pending and scheduled."""

import datetime as dt
from enum import StrEnum
from typing import Any

from news.models import Article
from postportal.publishing.models import State


class LineState(StrEnum):
    """State that a line gives its article. If several keys differ, the most cautious counts."""

    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    DRAFT = "draft"


_WORDS = {
    **dict.fromkeys(("published", "publish", "public", "live"), LineState.PUBLISHED),
    **dict.fromkeys(("scheduled", "future"), LineState.SCHEDULED),
    **dict.fromkeys(("draft", "auto-draft", "pending", "private", "review", "password", "protected"), LineState.DRAFT),
}
_KEYS = ("state", "status", "visibility")


def read_state(data: dict[str, Any], *, problems: list[str]) -> LineState | None:
    """Return the state that the keys state, status, visibility and password give, or None if they are missing. A value
    that is not known is added to `problems`: guessing could make something public."""
    found = []
    for key in _KEYS:
        value = data.get(key)
        if value in (None, ""):
            continue
        state = _WORDS.get(value.strip().lower().replace("_", "-")) if isinstance(value, str) else None
        if state is None:
            problems.append(f"{key}: not one of {', '.join(_WORDS)}")
        else:
            found.append(state)
    if data.get("password") not in (None, "", False):
        found.append(LineState.DRAFT)
    return max(found, key=list(LineState).index, default=None)


def state_for(article: Article, wanted: LineState | None, *, publish_at: dt.datetime | None, at: dt.datetime) -> State:
    """Return the state of the article once the line is written at `at`. Nothing becomes public unless it is published
    and its time has come."""
    if article.state in (State.WITHDRAWN, State.UNPUBLISHED):
        return State(article.state)
    if wanted is None and article.pk and article.state == State.DRAFT:
        return State.DRAFT
    if wanted is LineState.DRAFT or publish_at is None:
        return State.DRAFT
    if publish_at > at:
        return State.SCHEDULED
    # Planned and never published: only a person can tell whether it still should be.
    is_overdue = wanted is LineState.SCHEDULED and article.state == State.DRAFT
    return State.DRAFT if is_overdue else State.PUBLISHED


def refusal_of_state(article: Article, state: State, *, at: dt.datetime) -> str:
    """Return why the article must not get the state, or "". Only a person takes something back from readers, because
    they have to be told why."""
    if article.is_visible(at) and state != State.PUBLISHED:
        return f"state: the line says {state}, but readers already see the article; unpublish it first"
    return ""
