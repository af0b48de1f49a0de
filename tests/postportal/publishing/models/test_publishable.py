"""The visibility rule, and the constraints of publishable items."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from news.models import Article, Person
from postportal.publishing.models import State
from tests.factories import news

NOON = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "at", "shown"),
    [
        ({"state": State.PUBLISHED, "publish_at": NOON}, NOON, True),
        ({"state": State.PUBLISHED, "publish_at": NOON}, NOON - SECOND, False),
        ({"state": State.PUBLISHED, "publish_at": NOON, "expire_at": NOON + SECOND}, NOON, True),
        ({"state": State.PUBLISHED, "publish_at": NOON, "expire_at": NOON + SECOND}, NOON + SECOND, False),
        ({"state": State.DRAFT, "publish_at": NOON}, NOON + SECOND, False),
        ({"state": State.DRAFT, "publish_at": None}, NOON, False),
        ({"state": State.UNPUBLISHED, "publish_at": NOON, "withdrawal_reason": "Wrong date"}, NOON + SECOND, False),
    ],
)
def test_article_is_public_from_publication_until_expiry(
    fields: dict[str, object], at: dt.datetime, shown: bool
) -> None:
    article = news.article(**fields)

    assert list(Article.objects.published(at)) == ([article] if shown else [])
    assert article.is_visible(at) is shown
    hidden = [row for rows in Article.objects.hidden_querysets(at) for row in rows]
    assert set(hidden) == set(Article.objects.hidden(at)) == (set() if shown else {article})


def test_person_under_embargo_is_hidden_until_the_publication_time() -> None:
    person = news.person(publish_at=NOON)

    assert list(Person.objects.published(NOON - SECOND)) == []
    assert list(Person.objects.published(NOON)) == [person]


def test_published_article_without_a_time_is_published_now() -> None:
    before = timezone.now()

    article = news.article(publish_at=None)

    assert article.publish_at is not None
    assert before <= article.publish_at <= timezone.now()


def test_unpublishing_needs_a_reason() -> None:
    article = news.article()
    article.state = State.UNPUBLISHED

    with pytest.raises(ValidationError) as refusal:
        article.full_clean()

    assert list(refusal.value.message_dict) == ["withdrawal_reason"]


def test_unpublishing_without_a_reason_is_refused_by_the_database() -> None:
    article = news.article()

    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(state=State.UNPUBLISHED)


def test_expiry_before_publication_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        news.article(publish_at=NOON, expire_at=NOON)


def test_unpublished_article_is_gone_only_if_it_was_public() -> None:
    known = news.article(state=State.UNPUBLISHED, withdrawal_reason="Printed in error")
    never_public = news.article(state=State.UNPUBLISHED, withdrawal_reason="Printed in error", publish_at=None)
    embargoed = news.article(
        state=State.UNPUBLISHED, withdrawal_reason="Printed in error", publish_at=timezone.now() + dt.timedelta(days=1)
    )

    assert [row.is_gone(timezone.now()) for row in (known, never_public, embargoed)] == [True, False, False]


def test_republishing_clears_the_time_of_withdrawal() -> None:
    article = news.article(state=State.UNPUBLISHED, withdrawal_reason="Printed in error")

    article.state = State.PUBLISHED
    article.save()

    assert article.withdrawn_at is None
