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


def test_rows_are_those_of_the_given_time() -> None:
    query = CompiledQuery(lambda at: Article.objects.hidden(at).values_list("pk"))
    article = news.article(publish_at=NOON, expire_at=NOON + dt.timedelta(days=1))
    other_zone = NOON.astimezone(dt.timezone(dt.timedelta(hours=8)))

    assert query.rows(NOON - INSTANT) == [(article.pk,)]
    assert query.rows(NOON) == query.rows(other_zone) == []
    assert query.rows(NOON + dt.timedelta(days=1)) == [(article.pk,)]


def test_query_is_compiled_once_and_executed_each_time() -> None:
    times = []
    query = CompiledQuery(lambda at: times.append(at) or Article.objects.published(at).values_list("pk"))  # type: ignore[func-returns-value]

    with CaptureQueriesContext(connection) as executed:
        for _ in range(3):
            query.rows(NOON)

    assert len(executed) == 3
    assert len(times) == 2


def test_value_derived_from_the_time_is_rejected() -> None:
    query = CompiledQuery(
        lambda at: Article.objects.filter(dateline_on=at.date()).annotate(at=Value("x")).values_list("pk")
    )

    with pytest.raises(ValueError, match="derived from the time"):
        query.rows(NOON)
