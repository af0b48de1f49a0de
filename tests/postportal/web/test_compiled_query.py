"""The statement that is kept says for every moment what the query says."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext

from news.models import Article
from postportal.web.compiled_query import CompiledQuery
from tests.factories import news

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 20, 12, 0, 0, 250_000, tzinfo=dt.UTC)
INSTANT = dt.timedelta(microseconds=1)


def test_kept_statement_answers_for_each_moment() -> None:
    kept = CompiledQuery(lambda at: Article.objects.hidden(at).values_list("pk"))
    article = news.article(publish_at=NOON, expire_at=NOON + dt.timedelta(days=1))
    other_zone = NOON.astimezone(dt.timezone(dt.timedelta(hours=8)))

    assert kept.rows(NOON - INSTANT) == [(article.pk,)]
    assert kept.rows(NOON) == kept.rows(other_zone) == []
    assert kept.rows(NOON + dt.timedelta(days=1)) == [(article.pk,)]


def test_query_is_made_once_and_asked_each_time() -> None:
    made = []
    kept = CompiledQuery(lambda at: made.append(at) or Article.objects.published(at).values_list("pk"))  # type: ignore[func-returns-value]

    with CaptureQueriesContext(connection) as asked:
        for _ in range(3):
            kept.rows(NOON)

    assert len(asked) == 3
    assert len(made) == 2


def test_part_of_the_moment_is_refused() -> None:
    kept = CompiledQuery(
        lambda at: Article.objects.filter(dateline_on=at.date()).annotate(at=Value("x")).values_list("pk")
    )

    with pytest.raises(ValueError, match="moment"):
        kept.rows(NOON)
