"""Comments: which are unresolved, and whose they are."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType

from postportal.publishing.models import Comment
from tests.factories import news, staff

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)


def comment(kind: str = "remark", **fields: object) -> Comment:
    article = news.article()
    content_type = ContentType.objects.get_for_model(article)
    return Comment.objects.create(content_type=content_type, object_id=article.pk, kind=kind, **{"at": NOW, **fields})


@pytest.mark.parametrize("kind", Comment.Kind)
def test_only_comments_that_ask_for_something_are_unresolved(kind: Comment.Kind) -> None:
    row = comment(kind)

    assert row.is_unresolved == Comment.objects.unresolved().exists() == (kind in ("remark", "returned"))


def test_comment_that_is_done_is_resolved() -> None:
    row = comment(done_at=NOW)

    assert (row.is_unresolved, Comment.objects.unresolved().exists()) == (False, False)


def test_oldest_comment_is_first() -> None:
    newer, older = comment(), comment(at=NOW - dt.timedelta(hours=1))

    assert list(Comment.objects.oldest_first()) == [older, newer]
    assert list(Comment.objects.of(older.item)) == [older]  # type: ignore[arg-type]


def test_comment_belongs_to_its_author_only() -> None:
    author = staff.account("Editor")

    assert comment(by=author).is_own(author)
    assert not comment(by=author).is_own(staff.account("Editor"))
    assert not comment().is_own(author)
