"""Fingerprint of an article: a hash of everything that an import could overwrite."""

from collections.abc import Iterable

from news.models import Article
from postportal.publishing.models import PUBLIC_STATES
from postportal.publishing.versions.imports import fingerprint_of

_FIELDS = (
    *("title", "slug", "standfirst", "body", "section", "source", "credit", "location", "dateline_on", "language"),
    *("lead_image", "translation_of", "publish_at", "expire_at", "correction"),
)


def fingerprint_article(
    article: Article, *, tags: Iterable[int], mentions: Iterable[tuple[int | None, int | None]]
) -> str:
    """Return the fingerprint. `tags` are primary keys, `mentions` pairs of keys of a person and an organization."""
    # A scheduled article is published by the clock, not by an editor.
    state = "public" if article.state in PUBLIC_STATES else article.state
    return fingerprint_of(article, _FIELDS, state, sorted(tags), sorted(mentions, key=_sort_key))


def _sort_key(pair: tuple[int | None, int | None]) -> tuple[int, int]:
    return pair[0] or 0, pair[1] or 0
