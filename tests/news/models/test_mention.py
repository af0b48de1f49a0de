import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from news.models import Mention
from tests.factories import news

pytestmark = pytest.mark.django_db

FUTURE = timezone.now() + dt.timedelta(days=30)


def test_subtitle_is_the_position_on_the_date_of_the_article() -> None:
    article = news.article(dateline_on=dt.date(2021, 12, 8))
    person = news.person()
    bureau = news.organization("Post Bureau")
    for label, start, end in [("Deputy", 2016, 2020), ("Director", 2021, 2021), ("Adviser", 2022, 2030)]:
        news.appointment(
            person=person,
            position=news.position(label, organization=bureau),
            from_on=dt.date(start, 1, 1),
            until_on=dt.date(end, 12, 31),
        )
    news.mention(person, article=article)

    assert [row.subtitle for row in article.mentions.with_positions(timezone.now())] == ["Director, Post Bureau"]


def test_subtitle_leaves_out_appointments_under_embargo() -> None:
    article = news.article()
    person = news.person()
    news.appointment(person=person, publish_at=FUTURE, from_on=dt.date(2020, 1, 1))
    news.mention(person, article=article)

    assert [row.subtitle for row in article.mentions.with_positions(timezone.now())] == [""]
    assert [row.subtitle for row in article.mentions.with_positions(FUTURE)] != [""]


def test_people_and_organizations_under_embargo_are_left_out() -> None:
    article = news.article()
    public = [
        news.mention(news.person(), article=article),
        news.mention(news.organization(), article=article, order=1),
    ]
    news.mention(news.person(publish_at=FUTURE), article=article)
    news.mention(news.organization(publish_at=FUTURE), article=article)

    assert list(article.mentions.with_public_subject(timezone.now())) == public
    assert article.mentions.with_public_subject(FUTURE).count() == 4


def test_query_count_is_the_same_for_one_and_many_mentions(django_assert_num_queries: object) -> None:
    for number in (1, 10):
        article = news.article()
        for _ in range(number):
            person = news.person()
            news.appointment(person=person)
            news.mention(person, article=article)
        with django_assert_num_queries(2):  # type: ignore[operator]
            assert all(row.subtitle for row in article.mentions.with_positions(timezone.now()))


def test_mention_of_both_or_neither_is_refused() -> None:
    article, person, organization = news.article(), news.person(), news.organization()

    for fields in ({}, {"person": person, "organization": organization}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mention.objects.create(article=article, **fields)


def test_person_is_mentioned_once() -> None:
    article, person = news.article(), news.person()
    news.mention(person, article=article)

    with pytest.raises(IntegrityError), transaction.atomic():
        news.mention(person, article=article)
