"""Query plans: lists are read from an index in their order, and never sorted."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection

from news.models import Article
from news.models.article import ArticleQuerySet
from tests.factories import news

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 26, 8, 0, tzinfo=dt.UTC)
LISTS: dict[str, Callable[[ArticleQuerySet], ArticleQuerySet]] = {
    "all": lambda rows: rows,
    "section": lambda rows: rows.filter(section=1),
    "source": lambda rows: rows.filter(source=1),
    "later": lambda rows: rows.later_than(Article(dateline_on=AT.date(), publish_at=AT, pk=1)),
}


def plan(rows: ArticleQuerySet) -> str:
    if connection.vendor == "postgresql":
        # With few rows PostgreSQL prefers to sort the table. The test checks that it does not have to.
        with connection.cursor() as cursor:
            for way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    return rows.explain()


@pytest.mark.parametrize("name", LISTS)
def test_list_is_read_from_an_index_without_sorting(name: str) -> None:
    news.article()
    public = Article.objects.published(AT).filter(language="en")
    rows = LISTS[name](public)

    found = plan(rows.oldest_first()[:20] if name == "later" else rows.newest_first()[:20])

    assert "Sort" not in found
    assert "TEMP B-TREE" not in found
    assert "article_" in found
