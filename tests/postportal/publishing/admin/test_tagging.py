from typing import Any

import pytest
from django.urls import reverse

from news.models import Article
from postportal.publishing.models import Revision, State
from postportal.publishing.versions import revisions
from tests.factories import forms, news, services, staff
from tests.postportal.publishing.revision_pages import messages_of

pytestmark = pytest.mark.django_db
LIST = "admin:news_article_changelist"


def add_tags(*rows: Any, role: str = "Editor", listing: str = LIST, **fields: Any) -> Any:
    data = {"action": "tag_selected", **forms.selected_rows(*rows), **fields}
    return staff.sign_in(role=role).post(reverse(listing), data, follow=True)


def test_confirmation_page_shows_the_effect() -> None:
    draft = news.article("A draft", state=State.DRAFT, publish_at=None)
    live = news.article("Known <b>")

    answer = add_tags(draft, live)

    page = answer.content.decode()
    assert "see them once the changes are published:</p><ul><li>Known &lt;b&gt;</li></ul>" in page
    assert "<p>Drafts. The tags are added immediately:</p><ul><li>A draft</li></ul>" in page
    assert Revision.objects.count() == 0


def test_drafts_are_tagged_and_live_items_get_a_draft() -> None:
    draft = news.article("A draft", state=State.DRAFT, publish_at=None, tags=["rail mail"])
    live = news.article("Live", tags=["rail mail"])

    answer = add_tags(draft, live, add_tags="night，2026, night")

    assert messages_of(answer) == [
        "Tags were added to 2 items.",
        "Readers will see the new tags of live items once you publish them.",
    ]
    assert sorted(draft.tags.names()) == ["2026", "night", "rail mail"]
    assert sorted(live.tags.names()) == ["rail mail"]
    assert revisions.current_content(live)["tags"]["tags"] == ["2026", "night", "rail mail"]
    assert Revision.objects.of(live).newest_first()[0].note == "Tags: 2026, night"


def test_recent_tag_is_one_click() -> None:
    news.article("Before", tags=["night <mail>"])
    draft = news.article("A draft", state=State.DRAFT, publish_at=None)
    offered = add_tags(draft).content.decode()

    # The blank field comes before the button.
    add_tags(draft, add_tags=["", "night <mail>,"])

    assert '<button type="submit" class="button" name="add_tags" value="night &lt;mail&gt;,">' in offered
    assert list(draft.tags.names()) == ["night <mail>"]


def test_existing_tags_change_nothing() -> None:
    draft = news.article("A draft", state=State.DRAFT, publish_at=None, tags=["rail mail"])

    answer = add_tags(draft, add_tags="rail mail,")

    assert messages_of(answer) == ["Tags were added to 0 items."]
    assert sorted(draft.tags.names()) == ["rail mail"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "This field is required."),
        (" , ，", "Enter at least one tag."),
        ("x" * 101, "A tag can have at most 100 characters."),
    ],
)
def test_invalid_tags_are_explained(text: str, error: str) -> None:
    draft = news.article("A draft", state=State.DRAFT, publish_at=None)

    answer = add_tags(draft, add_tags=text)

    assert answer.context["form"].errors == {"add_tags": [error]}
    assert draft.tags.count() == 0


def test_author_tags_only_own_drafts() -> None:
    author = staff.account("Author")
    own = news.article("Own", state=State.DRAFT, publish_at=None, created_by=author)
    other = news.article("Other", state=State.DRAFT, publish_at=None)
    data = {"action": "tag_selected", **forms.selected_rows(own, other)}
    browser = staff.sign_in(author)

    confirmation = browser.post(reverse(LIST), data)
    browser.post(reverse(LIST), {**data, "add_tags": "night"})

    assert [row.title for row in confirmation.context["unchangeable"]] == ["Other"]
    assert list(Article.objects.filter(tags__name="night")) == [own]


def test_no_form_if_no_item_can_be_changed() -> None:
    other = news.article("Other", state=State.DRAFT, publish_at=None)

    answer = add_tags(other, role="Author", add_tags="night")

    assert "You cannot change these items now." in answer.content.decode()
    assert 'value="Add tags"' not in answer.content.decode()
    assert other.tags.count() == 0


def test_viewer_has_no_such_action() -> None:
    draft = news.article("A draft", state=State.DRAFT, publish_at=None)

    add_tags(draft, role="Viewer", add_tags="night")

    assert draft.tags.count() == 0


def test_item_saved_since_the_list_was_shown_is_skipped() -> None:
    draft = news.article("A draft", state=State.DRAFT, publish_at=None)

    answer = add_tags(draft, add_tags="night", **{f"_version_{draft.pk}": "7"})

    assert "may have changed since you opened this page" in messages_of(answer)[0]
    assert draft.tags.count() == 0


def test_stamp_issues_can_be_tagged() -> None:
    issue = services.stamp_issue(state=State.DRAFT, publish_at=None)

    add_tags(issue, role="Philatelist", listing="admin:services_stampissue_changelist", add_tags="rail")

    assert list(issue.tags.names()) == ["rail"]


def test_list_has_a_button_for_each_action_with_delete_last() -> None:
    news.article("A draft", state=State.DRAFT, publish_at=None)

    page = staff.sign_in(role="Publisher").get(reverse(LIST)).content.decode()

    numbered = [
        f'name="index" value="{number}">{label}<'
        for number, label in enumerate(["Publish", "Unpublish", "Add tags…", "Delete selected articles"], 1)
    ]
    assert [text in page for text in numbered] == [True] * 4
