"""Authors of an item: who may edit it, and what handing over changes."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from news.models import Article
from postportal.audit.models import Entry
from postportal.publishing.models import Comment, authored_by
from postportal.publishing.workflow import authors
from postportal.publishing.workflow.notifications import recipients
from tests.factories import editorial, staff
from tests.postportal.publishing.conftest import person, queue_entries

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_creator_is_the_author_until_somebody_else_is_added(newsroom: dict[str, User]) -> None:
    ann, bob = newsroom["Ann"], person("Author", "Bob")
    article = editorial.draft_article("Quiet wires", by=ann)
    assert (authors.authors_of(article), authors.is_author(article, bob)) == ([ann], False)

    authors.add_author(article, bob, by=ann, at=NOW)
    authors.add_author(article, bob, by=ann, at=NOW)

    assert authors.authors_of(article) == [ann, bob]
    assert list(Article.objects.filter(authored_by(Article, [bob.pk]))) == [article]
    (comment,) = Comment.objects.of(article)
    assert (comment.kind, recipients(comment)) == (Comment.Kind.AUTHOR, [bob])
    assert [entry.text for entry in queue_entries("my-drafts", bob)] == ["Quiet wires"]


def test_item_that_is_handed_over_is_the_colleagues(newsroom: dict[str, User]) -> None:
    ann, bob = newsroom["Ann"], person("Author", "Bob")
    article = editorial.draft_article("Quiet wires", by=ann)

    authors.hand_over(article, bob, by=ann, at=NOW, note="The figures are missing.")

    assert authors.authors_of(article) == [bob]
    (comment,) = Comment.objects.of(article)
    assert (comment.text, recipients(comment)) == ("The figures are missing.", [bob])
    assert queue_entries("my-drafts", ann) == []
    assert [entry.text for entry in queue_entries("my-drafts", bob)] == ["Quiet wires"]
    assert Entry.objects.latest("number").detail == "→ Bob: The figures are missing."
    # She wrote it all the same.
    assert article.created_by == ann


def test_reviewer_hands_over_for_all_authors_and_back(newsroom: dict[str, User]) -> None:
    ann, bob, ed = newsroom["Ann"], person("Author", "Bob"), newsroom["Ed"]
    article = editorial.draft_article("Quiet wires", by=ann)
    authors.add_author(article, bob, by=ann, at=NOW)

    authors.hand_over(article, newsroom["Eve"], by=ed, at=NOW)
    assert authors.authors_of(article) == [newsroom["Eve"]]

    authors.hand_over(article, ann, by=ed, at=NOW)
    assert authors.authors_of(article) == [ann]


def test_last_author_is_not_removed(newsroom: dict[str, User]) -> None:
    ann, bob = newsroom["Ann"], person("Author", "Bob")
    article = editorial.draft_article("Quiet wires", by=ann)
    authors.add_author(article, bob, by=ann, at=NOW)

    authors.remove_author(article, ann, by=bob)
    with pytest.raises(ValidationError):
        authors.remove_author(article, bob, by=bob)

    assert authors.authors_of(article) == [bob]


def test_item_does_not_come_back_when_the_new_author_is_deleted() -> None:
    ann, bob = staff.account("Author"), staff.account("Author")
    article = editorial.draft_article("Quiet wires", by=ann)
    authors.hand_over(article, bob, by=ann, at=NOW)

    bob.delete()

    assert (authors.authors_of(article), authors.is_author(article, ann)) == ([], False)
    assert not Article.objects.filter(authored_by(Article, [ann.pk])).exists()
