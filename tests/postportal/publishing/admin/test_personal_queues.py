"""Queues of what colleagues have given to one person."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from postportal.publishing.models import Comment
from postportal.publishing.workflow import assignments
from postportal.publishing.workflow.comments import add_comment
from tests.factories import editorial, pages, staff
from tests.postportal.publishing.conftest import queue_entries

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def give(row: object, user: User) -> None:
    assignments.assign(row, user, due_on=None, by=None, at=NOW)  # type: ignore[arg-type]
    add_comment(Comment.Kind.REMARK, row, None, by=None, at=NOW, text="@you\nlook", mentioned=[user])  # type: ignore[arg-type]


def test_items_of_all_kinds_are_listed_until_they_are_deleted() -> None:
    editor, author = staff.account("Editor"), staff.account("Author")
    article, page = editorial.draft_article("Wires", by=author), pages.page("About", created_by=author)
    for row in (article, page):
        give(row, editor)

    found = {name: {entry.text for entry in queue_entries(name, editor)} for name in ("assigned", "mentions")}
    assert found == {"assigned": {"Wires", "About"}, "mentions": {"Wires", "About"}}
    assert {entry.detail for entry in queue_entries("mentions", editor)} == {"@you look"}
    article.delete()
    assert [entry.text for entry in queue_entries("assigned", editor)] == ["About"]
    assert [entry.text for entry in queue_entries("mentions", editor)] == ["About"]


def test_reply_is_listed_until_its_comment_is_done() -> None:
    editor = staff.account("Editor")
    article = editorial.draft_article("Wires", by=staff.account("Author"))
    asked = add_comment(Comment.Kind.REMARK, article, None, by=None, at=NOW, text="Why?")
    add_comment(Comment.Kind.REMARK, article, None, by=None, at=NOW, text="Ask @you", mentioned=[editor], answers=asked)

    assert [entry.detail for entry in queue_entries("mentions", editor)] == ["Ask @you"]
    Comment.objects.filter(pk=asked.pk).update(done_at=NOW)
    assert queue_entries("mentions", editor) == []
