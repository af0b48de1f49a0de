"""Filing: at once, with a revision, and without making anybody a writer."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.models import Article
from postportal.audit.models import Entry
from postportal.outbox.models import OutboxEvent
from postportal.publishing.models import Edition, Revision, State
from postportal.publishing.versions import revisions
from postportal.publishing.workflow import steps
from postportal.publishing.workflow.filing import Filing, file_item, file_items
from postportal.publishing.workflow.updates import last_public_name
from postportal.staff.permissions import change_url
from tests.factories import editorial, forms, news, staff
from tests.postportal.publishing.revision_pages import messages_of

pytestmark = pytest.mark.django_db


def newest(row: Any) -> Revision:
    revision = Revision.objects.of(row).newest_first().first()
    assert revision is not None
    return revision


@pytest.mark.parametrize("state", [State.PUBLISHED, State.WITHDRAWN, State.UNPUBLISHED, State.DRAFT, State.SCHEDULED])
def test_row_of_every_state_is_filed_at_once_and_opens_no_edition(state: str) -> None:
    reason = "Wrong" if state in (State.WITHDRAWN, State.UNPUBLISHED) else ""
    article = news.article("Boats", state=state, tags=["rail"], withdrawal_reason=reason)
    section, user = news.section("Company news"), staff.account("Editor")
    before = Article.objects.get()

    filing = Filing(add_tags=("boats",), remove_tags=("RAIL",), columns={"section": section, "source": None})
    assert file_item(article, filing, by=user, note="Sorted")

    article.refresh_from_db()
    assert (sorted(article.tags.names()), article.section, article.source) == (["boats"], section, None)
    assert (article.state, article.publish_at, article.changed_at) == (state, before.publish_at, before.changed_at)
    assert not Edition.objects.exists()
    revision = newest(article)
    assert (revision.kind, revision.by, revision.note, revision.content["tags"]) == (
        "filed",
        user,
        "Sorted",
        {"tags": ["boats"]},
    )


def test_unpublished_changes_get_the_same_change_without_a_new_writer() -> None:
    writer, publisher = staff.account("Editor"), staff.account("Publisher")
    article = editorial.correction(news.article("Boats", tags=["rail"], standfirst="S"), by=writer, title="More boats")
    steps.perform("submit", article, by=writer)
    steps.perform("approve", article, by=staff.account("Editor"))

    file_item(article, Filing(add_tags=("night",), remove_tags=("rail",)), by=publisher)

    edition = Edition.objects.get()
    assert (list(edition.writers.all()), edition.stage, edition.approved_at is None) == ([writer], "review", False)
    assert (edition.content["tags"], edition.content["fields"]["title"]) == ({"tags": ["night"]}, "More boats")
    assert last_public_name(article) == "Boats"
    steps.perform("publish", article, by=publisher)
    article.refresh_from_db()
    assert (article.title, list(article.tags.names())) == ("More boats", ["night"])


def test_scheduled_correction_is_filed_and_stays_scheduled() -> None:
    writer = staff.account("Editor")
    article = editorial.correction(news.article("Boats", standfirst="S"), by=writer, title="More boats")
    due_at = editorial.timezone.now() + editorial.ONE_HOUR
    steps.perform("schedule", article, by=staff.account("Publisher"), due_at=due_at)

    file_item(article, Filing(add_tags=("night",)), by=writer)

    edition = Edition.objects.get()
    assert (edition.stage, edition.due_at, edition.content["tags"]) == ("scheduled", due_at, {"tags": ["night"]})


def test_tag_that_a_draft_holds_already_becomes_public_without_a_second_spelling() -> None:
    article = news.article("Boats", standfirst="S")
    writer = staff.account("Editor")
    revisions.record_outside_change(article)
    content = revisions.current_content(article)
    revisions.record_revision(article, {**content, "tags": {"tags": ["Night"]}}, by=writer)

    assert file_item(article, Filing(add_tags=("night",)), by=staff.account("Publisher"))

    assert list(article.tags.names()) == ["night"]
    assert Edition.objects.get().content["tags"] == {"tags": ["night"]}


def test_nothing_new_changes_nothing() -> None:
    article = news.article("Boats", tags=["rail"])
    modified_at = article.modified_at

    done, refused = file_items([article], Filing(add_tags=("rail",)), by=staff.account("Editor"))

    article.refresh_from_db()
    assert (done, refused, article.modified_at) == ([], {}, modified_at)
    assert not Entry.objects.filter(action="file").exists()


def test_refusal_of_one_row_does_not_undo_the_others() -> None:
    first, live, gone = news.article("First", state=State.DRAFT), news.article("Live"), news.article("Gone")
    missing = Article.objects.get(pk=gone.pk)
    gone.delete()

    done, refused = file_items([first, live, missing], Filing(columns={"section": None}), by=staff.account("Editor"))

    assert done == [first]
    assert refused == {
        live: ["A published article must have a title and a section."],
        missing: ["Someone deleted this item."],
    }
    assert list(Article.objects.filter(section=None)) == [first]
    assert list(Entry.objects.filter(action="file").values_list("item_name", "detail")) == [("First", "section")]


def test_search_and_other_handlers_are_told() -> None:
    article = news.article("Boats")
    OutboxEvent.objects.all().delete()

    file_item(article, Filing(columns={"source": news.source()}), by=staff.account("Editor"))

    assert OutboxEvent.objects.filter(model_label="news.article", object_id=article.pk).exists()


def test_each_row_costs_the_same_number_of_queries() -> None:
    user, counts = staff.account("Editor"), []
    for number in (1, 2, 6):
        rows = [news.article(f"Row {number} {row}", tags=["rail"]) for row in range(number)]
        section = news.section(f"Section {number}")
        filing = Filing(add_tags=("night",), remove_tags=("rail",), columns={"section": section})
        file_items([news.article(tags=["rail"])], filing, by=user)
        with CaptureQueriesContext(connection) as queries:
            file_items(rows, filing, by=user)
        counts.append(len(queries))

    per_row = counts[1] - counts[0]
    assert counts[2] - counts[1] == 4 * per_row
    assert per_row < 40


def save(row: Any, browser: Client, **changes: Any) -> Any:
    fields = forms.fill_form(browser, change_url(row), **changes)
    return browser.post(change_url(row), {**fields, "_continue": "1"}, follow=True)


def test_tags_in_the_form_of_a_live_item_are_public_at_once() -> None:
    article = news.article("Boats", standfirst="S", tags=["rail"])

    answer = save(article, staff.sign_in(role="Editor"), tags=["night", "rail"])

    assert sorted(article.tags.names()) == ["night", "rail"]
    assert "Readers now see the new tags." in messages_of(answer)
    assert (newest(article).kind, Edition.objects.count()) == ("filed", 0)


def test_tags_in_the_form_change_the_draft_of_somebody_else_without_writing_it() -> None:
    writer, publisher = staff.account("Editor"), staff.account("Publisher")
    article = editorial.correction(news.article("Boats", standfirst="S"), by=writer, title="More boats")
    browser = staff.sign_in(publisher)

    save(article, browser, tags=["night"])

    assert list(article.tags.names()) == ["night"]
    edition = Edition.objects.get()
    assert (list(edition.writers.all()), edition.content["tags"]) == ([writer], {"tags": ["night"]})
    answer = save(article, browser, _step="publish")
    assert "“More boats” was published." in messages_of(answer)


def test_tags_of_a_draft_do_not_block_the_publication_of_it() -> None:
    publisher = staff.account("Publisher")
    article = editorial.submitted_article("Boats", by=staff.account("Author"))

    save(article, staff.sign_in(publisher), tags=["night"])

    steps.perform("publish", article, by=publisher)
    article.refresh_from_db()
    assert (article.state, list(article.tags.names())) == (State.PUBLISHED, ["night"])


def test_tags_that_change_with_the_text_wait_with_it() -> None:
    article, editor = news.article("Boats", standfirst="S"), staff.account("Editor")

    save(article, staff.sign_in(editor), tags=["night"], title="More boats")

    edition = Edition.objects.get()
    assert (list(article.tags.names()), edition.content["tags"]) == ([], {"tags": ["night"]})
    assert list(edition.writers.all()) == [editor]


def test_author_who_tags_an_own_draft_stays_its_writer() -> None:
    author = staff.account("Author")
    article = editorial.draft_article("Boats", by=author)

    save(article, staff.sign_in(author), tags=["night"])

    assert (list(article.tags.names()), newest(article).kind) == (["night"], "saved")
