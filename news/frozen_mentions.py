"""Storage of what articles show of people and organizations when they are published."""

from collections.abc import Collection

from news.models import Mention


def freeze(model: str, pks: Collection[int]) -> None:
    """Store what these articles show of their mentions, after a change, unless they did so before."""
    Mention.objects.filter(article__in=pks).freeze_shown()
