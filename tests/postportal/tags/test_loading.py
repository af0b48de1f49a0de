import pytest
from pytest_django import DjangoAssertNumQueries

from news.models import Article
from postportal.tags.loading import load_tags
from tests.factories import news, services

pytestmark = pytest.mark.django_db


def test_tags_of_all_rows_take_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    news.article("First", tags=["Rail", "Night"])
    news.article("Second", tags=["Rail"])
    third = news.article("Third")
    # Another model may have rows with the same keys.
    services.stamp_issue(pk=third.pk).tags.add("Stamps")
    rows = list(Article.objects.order_by("pk"))

    with django_assert_num_queries(1):
        load_tags(rows)

    with django_assert_num_queries(0):
        assert [sorted(str(tag) for tag in row.tags.all()) for row in rows] == [["Night", "Rail"], ["Rail"], []]


def test_no_rows_need_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        load_tags([])
