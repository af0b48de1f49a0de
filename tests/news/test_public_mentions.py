import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from news.models import Mention
from news.public_mentions import mentions_in
from tests.factories import news

pytestmark = pytest.mark.django_db
FUTURE = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)


def test_mentions_are_in_the_order_of_the_articles_and_as_with_positions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first, second = news.article(), news.article()
    person, organization = news.person(), news.organization()
    news.appointment(person=person)
    news.mention(person, article=second, order=2)
    news.mention(organization, article=second, order=1)
    news.mention(person, article=first)
    with django_assert_num_queries(6):
        found = mentions_in([second, first], at=timezone.now())

        assert [(row.article, row.subject) for row in found] == [
            (second, organization),
            (second, person),
            (first, person),
        ]
        subtitles = {row.pk: row.subtitle for row in found}
    assert subtitles == {row.pk: row.subtitle for row in Mention.objects.with_positions(timezone.now())}
    assert any(subtitles.values())


def test_stored_names_take_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    article, person = news.article(), news.person()
    news.appointment(person=person)
    news.mention(person, article=article)
    news.mention(news.organization(), article=article)
    Mention.objects.freeze_shown()

    with django_assert_num_queries(1):
        assert [bool(row.subtitle and row.display_name) for row in mentions_in([article], at=timezone.now())] == [
            True,
            True,
        ]


def test_hidden_people_and_positions_are_left_out() -> None:
    article, shown = news.article(), news.person()
    news.mention(news.person(publish_at=FUTURE), article=article)
    news.mention(shown, article=article)
    news.appointment(person=shown, publish_at=FUTURE)

    assert [(row.subject, row.subtitle) for row in mentions_in([article], at=timezone.now())] == [(shown, "")]


def test_no_articles_have_no_mentions(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert mentions_in([], at=timezone.now()) == []
