"""Registry of content that other apps add to the page of a row, so that the page does not import those apps."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import models

RelatedContext = Callable[[Any, dt.datetime], dict[str, Any]]


class RelatedContent(NamedTuple):
    """A template, and the function that returns its context for a row at a time."""

    template: str
    context: RelatedContext


_sources: dict[str, list[RelatedContent]] = defaultdict(list)


def register_related_content(model_label: str, *, template: str) -> Callable[[RelatedContext], RelatedContext]:
    """Return a decorator that shows `template` on the page of each row of the model, such as "news.person"."""

    def register(context: RelatedContext) -> RelatedContext:
        _sources[model_label].append(RelatedContent(template, context))
        return context

    return register


def related_content_for(row: models.Model) -> list[RelatedContent]:
    """Return the content registered for the model of `row`, in order of registration."""
    return list(_sources.get(row._meta.label_lower, ()))
