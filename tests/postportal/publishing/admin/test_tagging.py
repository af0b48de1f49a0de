from typing import Any

import pytest
from django.urls import reverse

from news.models import Article
from postportal.publishing.models import Revision, State
from postportal.publishing.versions import revisions
from tests.factories import forms, news, services, staff

pytestmark = pytest.mark.django_db
LIST = "admin:news_article_changelist"


def act(*rows: Any, role: str = "Editor", listing: str = LIST, **fields: Any) -> Any:
    data = {"action": "tag_selected", **forms.selected_rows(*rows), **fields}
    return staff.sign_in(role=role).post(reverse(listing), data, follow=True)


def messages(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_what_will_happen_is_shown_first() -> None:
    draft = news.article("A draft", state=State.DRAFT, publish_at=None)
    live = news.article("Known <b>")

    answer = act(draft, live)

    page = answer.content.decode()
    assert "a draft beside each, until that is published:</p><ul><li>Known &lt;b&gt;</li></ul>" in page
    assert "<p>Not public. The tags are added at once:</p><ul><li>A draft</li></ul>" in page
    assert Revision.objects.count() == 0


def test_drafts_have_the_tags_at_once_and_what_is_live_has_them_waiting() -> None:
    draft = news.article("A draft", state=State.DRAFT, publish_at=None, tags=["rail mail"])
    live = news.article("Live", tags=["rail mail"])

    answer = act(draft, live, add_tags="night，2026, night")

    assert messages(answer) == ["2 items have new tags.", "Readers see the tags of what is live once it is published."]
    assert sorted(draft.tags.names()) == ["2026", "night", "rail mail"]
    assert sorted(live.tags.names()) == ["rail mail"]
    assert revisions.current_content(live)["tags"]["tags"] == ["2026", "night", "rail mail"]
    assert Revision.objects.of(live).newest_first()[0].note == "Tags: 2026, night"


def test_tag_given_last_is_one_click() -> None:
    news.article("Before", tags=["night <mail>"])
    draft = news.article("A draft", state=State.DRAFT, publish_at=None)
    offered = act(draft).content.decode()

    # The field stands before the button, empty.
    act(draft, add_tags=["", "night <mail>,"])

    assert '<button type="submit" class="button" name="add_tags" value="night &lt;mail&gt;,">' in offered
    assert list(draft.tags.names()) == ["night <mail>"]


def test_tags_that_are_there_already_change_nothing() -> None:
    draft = news.article("A draft", state=State.DRAFT, publish_at=None, tags=["rail mail"])

    answer = act(draft, add_tags="rail mail,")

    assert messages(answer) == ["0 items have new tags."]
    assert sorted(draft.tags.names()) == ["rail mail"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "This field is required."),
        (" , ，", "Write at least one tag."),
        ("x" * 101, "A tag has no more than 100 characters."),
    ],
)
def test_tags_that_are_none_are_explained(typed: str, reason: str) -> None:
    draft = news.article("A draft", state=State.DRAFT, publish_at=None)

    answer = act(draft, add_tags=typed)

    assert answer.context["form"].errors == {"add_tags": [reason]}
    assert draft.tags.count() == 0


def test_author_tags_own_drafts_and_nothing_else() -> None:
    author = staff.account("Author")
    own = news.article("Own", state=State.DRAFT, publish_at=None, created_by=author)
    other = news.article("Other", state=State.DRAFT, publish_at=None)
    data = {"action": "tag_selected", **forms.selected_rows(own, other)}
    browser = staff.sign_in(author)

    asked = browser.post(reverse(LIST), data)
    browser.post(reverse(LIST), {**data, "add_tags": "night"})

    assert [row.title for row in asked.context["left_alone"]] == ["Other"]
    assert list(Article.objects.filter(tags__name="night")) == [own]


def test_nothing_in_reach_offers_no_form() -> None:
    other = news.article("Other", state=State.DRAFT, publish_at=None)

    answer = act(other, role="Author", add_tags="night")

    assert "These are not yours to change now" in answer.content.decode()
    assert "Add these tags" not in answer.content.decode()
    assert other.tags.count() == 0


def test_viewer_has_no_such_action() -> None:
    draft = news.article("A draft", state=State.DRAFT, publish_at=None)

    act(draft, role="Viewer", add_tags="night")

    assert draft.tags.count() == 0


def test_item_saved_since_the_list_was_shown_is_left_alone() -> None:
    draft = news.article("A draft", state=State.DRAFT, publish_at=None)

    answer = act(draft, add_tags="night", **{f"_version_{draft.pk}": "7"})

    assert "may have changed since this page was shown" in messages(answer)[0]
    assert draft.tags.count() == 0


def test_stamp_issues_have_themes_added_too() -> None:
    issue = services.stamp_issue(state=State.DRAFT, publish_at=None)

    act(issue, role="Philatelist", listing="admin:services_stampissue_changelist", add_tags="rail")

    assert list(issue.tags.names()) == ["rail"]


def test_list_has_a_button_for_each_action_with_deleting_last() -> None:
    news.article("A draft", state=State.DRAFT, publish_at=None)

    page = staff.sign_in(role="Publisher").get(reverse(LIST)).content.decode()

    numbered = [
        f'name="index" value="{number}">{label}<'
        for number, label in enumerate(["Publish", "Unpublish", "Add tags…", "Delete selected articles"], 1)
    ]
    assert [text in page for text in numbered] == [True] * 4
