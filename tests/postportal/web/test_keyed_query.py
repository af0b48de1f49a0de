import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import Article
from postportal.web.keyed_query import KeyedQuery
from tests.factories import news

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_the_keys_and_values() -> None:
    query = KeyedQuery(
        lambda pks, language: (
            Article.objects.filter(pk__in=pks, language=language).order_by("pk").values_list("pk", "title")
        ),
        takes=(str,),
    )
    first, second = news.article(title="Stamps", language="en"), news.article(title="Mail", language="en")

    assert query.objects([first.pk], "en") == [(first.pk, "Stamps")]
    assert query.objects({second.pk}, "en") == [(second.pk, "Mail")]
    assert query.objects([second.pk], "zh-hans") == []
    assert query.objects([first.pk, second.pk], "en") == [(first.pk, "Stamps"), (second.pk, "Mail")]
    assert query.objects([], "en") == []


def test_query_for_one_key_is_compiled_once() -> None:
    made = []

    def make(pks: list[int]) -> object:
        made.append(pks)
        return Article.objects.filter(pk__in=pks)

    query = KeyedQuery(make)  # type: ignore[arg-type]
    article = news.article()

    with CaptureQueriesContext(connection) as executed:
        for _ in range(3):
            assert query.objects([article.pk]) == [article]

    assert len(executed) == 3
    assert len(made) == 2
