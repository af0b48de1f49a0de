"""People and organizations in a few articles, with what the pages of these articles show of them."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet

from news.models import Article, Mention
from news.models.mention import load_what_is_not_frozen
from postportal.web.compiled_query import CompiledQuery

MAX_ARTICLES = 10


def mentions_in(articles: Sequence[Article], *, at: dt.datetime) -> list[Mention]:
    """Return the mentions in at most MAX_ARTICLES articles, in their order, whose person or organization is public at
    the time `at`. They are loaded with one query if what they show is stored, or else as by `with_positions`."""
    place = {article.pk: n for n, article in enumerate(articles)}
    keys = [*place, *[0] * (MAX_ARTICLES - len(place))]
    mentions: list[Mention] = _mentions.objects(at, *keys) if place else []
    for mention in mentions:
        mention.article = articles[place[mention.article_id]]
    load_what_is_not_frozen(mentions, at=at)
    return sorted(mentions, key=lambda mention: (place[mention.article_id], mention.order, mention.pk))


def _mentions_query(at: dt.datetime, *articles: int) -> QuerySet[Mention]:
    mentions = Mention.objects.filter(article__in=articles).with_public_subject(at)
    return mentions.select_related("person__portrait", "organization__logo").order_by()


_mentions = CompiledQuery(_mentions_query, takes=(dt.datetime, *[int] * MAX_ARTICLES))
