"""Factories for all models whose rows are public for a time, in every state they can be in."""

import datetime as dt
from collections.abc import Callable
from itertools import count
from typing import Any

from django.apps import apps
from django.utils import timezone

from postportal.publishing.models import PubliclyTimed, Publishable, State
from tests.factories import news, pages, services

_number = count(1)

# Label of the model -> factory. `name` is what readers see of the row; `slug` must not contain it.
FACTORIES: dict[str, Callable[..., Any]] = {
    "news.appointment": lambda name, slug, **fields: news.appointment(label=name, **fields),
    "news.article": lambda name, slug, **fields: news.article(name, slug=slug, **fields),
    "news.handover": lambda name, slug, **fields: news.handover(label=name, **fields),
    "news.organization": lambda name, slug, **fields: news.organization(name, slug=slug, **fields),
    "news.person": lambda name, slug, **fields: news.person(name, slug=slug, **fields),
    "news.plannedchange": lambda name, slug, **fields: news.planned_change(new_name=name, **fields),
    "pages.page": lambda name, slug, **fields: pages.page(name, path=slug, **fields),
    "pages.servicenotice": lambda name, slug, **fields: pages.notice(name, **fields),
    "services.hotline": lambda name, slug, **fields: services.hotline(name, slug=slug, is_on_every_page=True, **fields),
    "services.stampissue": lambda name, slug, **fields: _stamp_issue(name, slug=slug, **fields),
}


def public_models() -> list[type[PubliclyTimed]]:
    """Return the models whose rows become public and stop being public."""
    return [model for model in apps.get_models() if issubclass(model, PubliclyTimed)]


def public_item(label: str, name: str, **fields: Any) -> Any:
    """Make a row of the model, with children that have pages or pictures of their own."""
    return FACTORIES[label](name, f"row-{next(_number):05}", **fields)


def _stamp_issue(name: str, **fields: Any) -> Any:
    issue = services.stamp_issue(name, **fields)
    services.stamp(issue, name=f"{name} stamp")
    services.partner_stamp(issue, name=f"{name} partner")
    return issue


def states(model: type[PubliclyTimed]) -> dict[str, dict[str, Any]]:
    """Return the fields of a row in every state, by a name for the state. Times are relative to now."""
    now = timezone.now()
    past, future, long_ago = now - dt.timedelta(days=1), now + dt.timedelta(days=1), now - dt.timedelta(days=2)
    if not issubclass(model, Publishable):
        return {
            "public": {"publish_at": past},
            "public until later": {"publish_at": past, "expire_at": future},
            "embargoed": {"publish_at": future},
            "without a time": {"publish_at": None},
            "expired": {"publish_at": long_ago, "expire_at": past},
        }
    removed = {"withdrawal_reason": "Recalled for an error.", "withdrawn_at": past}
    return {
        "published": {"state": State.PUBLISHED, "publish_at": past},
        "published until later": {"state": State.PUBLISHED, "publish_at": past, "expire_at": future},
        "schedule reached": {"state": State.SCHEDULED, "publish_at": past},
        "draft": {"state": State.DRAFT, "publish_at": None},
        "draft with a past time": {"state": State.DRAFT, "publish_at": past},
        "scheduled": {"state": State.SCHEDULED, "publish_at": future},
        "embargoed": {"state": State.PUBLISHED, "publish_at": future},
        "expired": {"state": State.PUBLISHED, "publish_at": long_ago, "expire_at": past},
        "expired schedule": {"state": State.SCHEDULED, "publish_at": long_ago, "expire_at": past},
        "withdrawn": {"state": State.WITHDRAWN, "publish_at": long_ago, **removed},
        "withdrawn before publication": {"state": State.WITHDRAWN, "publish_at": future, **removed},
        "unpublished": {"state": State.UNPUBLISHED, "publish_at": long_ago, **removed},
        "unpublished before publication": {"state": State.UNPUBLISHED, "publish_at": future, **removed},
    }


# Names of the states in which lists show a row; the pages of withdrawn items stay, and gone items answer 410.
LISTED = {"public", "public until later", "published", "published until later", "schedule reached"}
WITH_PAGE = LISTED | {"withdrawn"}
GONE = {"expired", "expired schedule", "unpublished"}
