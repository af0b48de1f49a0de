"""Storage of what articles show of people and organizations when they are published."""

from collections.abc import Collection

from news.models import Mention
from postportal.web.keyed_query import KeyedQuery

_not_frozen = KeyedQuery(
    lambda pks: Mention.objects.filter(article__in=pks, frozen_at__isnull=True).order_by().values_list("pk")[:1]
)


def freeze(model: str, pks: Collection[int]) -> None:
    """Store what these articles show of their mentions, after a change, unless they did so before."""
    # Most articles that are saved have none left, and the whole condition takes several times as long.
    if _not_frozen.objects(pks):
        Mention.objects.filter(article__in=pks).freeze_shown()
