import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.imports.slugs import assign_unique_slugs
from news.models import Article
from tests.factories import news as factories

pytestmark = pytest.mark.django_db
DAY = dt.date(2019, 5, 20)


def unsaved(title: str = "Night counters", *, day: dt.date = DAY, **fields: object) -> Article:
    return Article(title=title, dateline_on=day, **fields)


def test_each_article_of_a_day_gets_its_own_slug() -> None:
    factories.article("Night counters", dateline_on=DAY)
    factories.article("Night counters", dateline_on=DAY, slug="night-counters-3")
    articles = [
        unsaved(),
        unsaved(),
        unsaved(day=dt.date(2019, 5, 21)),
        unsaved(language="zh-hans"),
        unsaved("夜间柜台"),
    ]

    assign_unique_slugs(articles)

    assert [article.slug for article in articles] == [
        "night-counters-2",
        "night-counters-4",
        "night-counters",
        "night-counters",
        "夜间柜台",
    ]


def test_article_keeps_its_slug() -> None:
    article = factories.article("Night counters", dateline_on=DAY, slug="at-night")

    assign_unique_slugs([article, unsaved("At night")])

    assert article.slug == "at-night"


def test_article_that_moves_to_another_day_gets_a_unique_slug() -> None:
    factories.article("Night counters", dateline_on=DAY)
    article = factories.article("Night counters", dateline_on=dt.date(2019, 5, 21))
    article.dateline_on = DAY

    assign_unique_slugs([article])

    assert article.slug == "night-counters-2"


def test_query_count_does_not_depend_on_the_number_of_articles() -> None:
    factories.article("Night counters", dateline_on=DAY)
    articles = [unsaved() for _ in range(1000)]

    with CaptureQueriesContext(connection) as queries:
        assign_unique_slugs(articles)

    assert len({article.slug for article in articles}) == 1000
    assert len(queries) <= 3
