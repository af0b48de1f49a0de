import datetime as dt

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
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

    with pytest.raises(ValueError, match="derived from a parameter"):
        query.rows(NOON)


def test_rows_are_those_of_the_given_text() -> None:
    query = CompiledQuery(
        lambda at, text: Article.objects.published(at).filter(title__in=[text, Concat(Value(text), Value(" now"))]),
        takes=(dt.datetime, str),
    )
    first, second = news.article("Stamps"), news.article("Parcels now")

    assert [row[0] for row in query.rows(second.publish_at, "Stamps")] == [first.pk]
    assert [row[0] for row in query.rows(second.publish_at, "Parcels")] == [second.pk]
    assert query.rows(second.publish_at, "Letters' OR 1=1") == []


def test_value_derived_from_the_text_is_rejected() -> None:
    query = CompiledQuery(lambda at, text: Article.objects.filter(title=f"{text}!"), takes=(dt.datetime, str))

    with pytest.raises(ValueError, match="derived from a parameter"):
        query.rows(NOON, "Stamps")


def test_objects_are_those_of_the_queryset() -> None:
    query = CompiledQuery(
        lambda language, day, pk: (
            Article.objects.select_related("section")
            .defer("body")
            .filter(language=language, dateline_on=day, pk__gt=pk)
            .order_by("pk")
        ),
        takes=(str, dt.date, int),
    )
    first, second = news.article("First"), news.article("Second")

    with CaptureQueriesContext(connection) as executed:
        for article in (first, second):
            found = query.objects("en", article.dateline_on, article.pk - 1)
            assert found[0] == article
            assert (found[0].section, found[0].publish_at) == (article.section, article.publish_at)
            assert found[0].get_deferred_fields() == {"body"}

    assert len(executed) == 2
    assert query.objects("zh-hans", first.dateline_on, 0) == []


def test_prefetched_rows_are_rejected() -> None:
    query = CompiledQuery(lambda at: Article.objects.published(at).prefetch_related("mentions"))

    with pytest.raises(ValueError, match="prefetches rows"):
        query.objects(NOON)


def test_sql_that_depends_on_a_value_is_rejected() -> None:
    query = CompiledQuery(lambda number: Article.objects.all()[:number], takes=(int,))

    with pytest.raises(ValueError, match="depends on a value"):
        query.objects(3)


def test_query_without_values_is_possible() -> None:
    article = news.article()

    assert CompiledQuery(Article.objects.all, takes=()).objects() == [article]
