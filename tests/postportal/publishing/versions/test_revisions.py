"""Recording of revisions and editions."""

import pytest

from postportal.publishing.models import Edition, Revision, State
from postportal.publishing.versions import revisions, snapshots
from tests.factories import editorial, news, staff

pytestmark = pytest.mark.django_db


def test_unchanged_content_makes_no_revision() -> None:
    editor = staff.account("Editor")
    article = editorial.draft_article("Night mail", by=editor)

    assert revisions.record_revision(article, snapshots.serialize(article), by=editor) is None
    assert revisions.current_version(article) == 1


def test_content_of_a_live_item_is_stored_as_unpublished_changes() -> None:
    editor, article = staff.account("Editor"), news.article("Old", standfirst="By rail.")
    content = snapshots.serialize(article)
    content["fields"]["title"] = "New"

    made = revisions.record_revision(article, content, by=editor, note="Shorter")

    edition = Edition.objects.get()
    article.refresh_from_db()
    assert made is not None
    assert (made.number, made.note, made.edition) == (1, "Shorter", edition)
    assert (article.title, edition.content, list(edition.writers.all())) == ("Old", content, [editor])
    assert revisions.current_content(article) == content


def test_content_of_a_draft_is_not_stored_in_the_edition() -> None:
    editorial.draft_article("Night mail", by=staff.account("Editor"))

    assert Edition.objects.get().content is None


def test_new_revision_removes_approval_and_failure() -> None:
    editor = staff.account("Editor")
    article = editorial.draft_article("Night mail", by=editor)
    Edition.objects.update(approved_at=news.LONG_AGO, approved_by=editor, failure="Add a standfirst.")
    content = snapshots.serialize(article)
    content["fields"]["title"] = "Night train"

    revisions.record_revision(article, content, by=editor)

    edition = Edition.objects.get()
    assert (edition.approved_at, edition.approved_by, edition.failure) == (None, None, "")


def test_change_outside_of_the_admin_is_recorded_once() -> None:
    editor = staff.account("Editor")
    article = editorial.draft_article("Night mail", by=editor)
    article.title = "Imported"
    article.save()

    revisions.record_outside_change(article)
    revisions.record_outside_change(article)

    assert list(Revision.objects.order_by("number").values_list("kind", "note", "by__username")) == [
        ("saved", "", editor.username),
        ("found", "", None),
    ]


def test_edition_is_started_once_and_numbered() -> None:
    editor, article = staff.account("Editor"), news.article()
    first = revisions.get_or_start_edition(article, by=editor)
    assert revisions.get_or_start_edition(article, by=editor) == first

    revisions.discard_edition(first)

    assert (first.stage, first.content, revisions.open_edition(article)) == ("discarded", None, None)
    assert revisions.get_or_start_edition(article, by=editor).number == 2


def test_item_without_revisions_has_version_zero() -> None:
    assert revisions.current_version(news.article(state=State.DRAFT)) == 0
