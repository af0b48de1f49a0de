from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from news.archive import count_archive
from news.models import Article
from postportal.audit.models import Entry
from postportal.publishing.models import Edition, Revision, State
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

    page = add_tags(draft, live).content.decode()

    assert "<p>2 items will be changed immediately.</p>" in page
    assert "Readers will see the change immediately:</p><ul><li>Known &lt;b&gt;</li></ul>" in page
    assert "<p>Items that readers cannot see yet:</p><ul><li>A draft</li></ul>" in page
    assert Revision.objects.count() == 0


def test_drafts_and_live_items_are_tagged_at_once() -> None:
    draft = news.article("A draft", state=State.DRAFT, publish_at=None, tags=["rail mail"])
    live = news.article("Live", tags=["rail mail"])

    answer = add_tags(draft, live, add_tags="night，2026, night")

    assert messages_of(answer) == ["2 items were changed."]
    assert sorted(draft.tags.names()) == sorted(live.tags.names()) == ["2026", "night", "rail mail"]
    assert [Revision.objects.of(row).newest_first()[0].note for row in (draft, live)] == ["Tags: 2026, night"] * 2
    assert Entry.objects.filter(action="file").count() == 2
    assert not Edition.objects.exists()


def test_tags_of_the_selected_items_are_offered_for_removal() -> None:
    first, second = news.article("First", tags=["rail", "night"]), news.article("Second", tags=["night", "day"])
    news.article("Other", tags=["other"])
    data = {"action": "untag_selected", **forms.selected_rows(first, second)}
    browser = staff.sign_in(role="Editor")

    offered = browser.post(reverse(LIST), data)
    answer = browser.post(reverse(LIST), {**data, "remove_tags": ["night"]}, follow=True)

    assert [name for name, _ in offered.context["form"].fields["remove_tags"].choices] == ["day", "night", "rail"]
    assert (list(first.tags.names()), list(second.tags.names())) == (["rail"], ["day"])
    assert messages_of(answer) == ["2 items were changed."]


def test_section_and_source_change_at_once() -> None:
    live, scheduled = news.article("Live"), news.article("Soon", state=State.SCHEDULED)
    section, source = news.section("Company news"), news.source()
    browser = staff.sign_in(role="Editor")

    for action, values in (("change_section", {"section": section.pk}), ("change_source", {"source": source.pk})):
        answer = browser.post(
            reverse(LIST), {"action": action, **forms.selected_rows(live, scheduled), **values}, follow=True
        )
        assert messages_of(answer) == ["2 items were changed."]

    assert {(row.section, row.source) for row in Article.objects.all()} == {(section, source)}
    assert [Revision.objects.of(live).newest_first()[0].note for _ in (1,)] == ["source: China Post"]
    # The time of the scheduled one has come.
    assert count_archive(at=timezone.now(), language="en").sections == [(section, 2)]


def test_source_can_be_removed_and_section_cannot() -> None:
    live = news.article("Live", source=news.source())
    browser = staff.sign_in(role="Editor")
    data = forms.selected_rows(live)

    refused = browser.post(reverse(LIST), {"action": "change_section", "section": "", **data})
    browser.post(reverse(LIST), {"action": "change_source", "source": "", **data})

    live.refresh_from_db()
    assert (refused.context["form"].errors, live.source) == ({"section": ["This field is required."]}, None)
    assert live.section is not None


def test_unknown_section_is_refused() -> None:
    live = news.article("Live")

    answer = staff.sign_in().post(
        reverse(LIST), {"action": "change_section", "section": "999", **forms.selected_rows(live)}
    )

    assert list(answer.context["form"].errors) == ["section"]


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

    assert messages_of(answer) == ["0 items were changed."]
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

    frequent, steps = ["Publish", "Unpublish", "Add tags…"], ["Submit for review…", "Approve…", "Withdraw…"]
    columns = ["Remove tags…", "Change section…", "Change source…", "Change language…"]
    labels = [*frequent, *steps, *columns, "Refresh names from register", "Delete selected articles"]
    numbered = [f'name="index" value="{number}">{label}<' for number, label in enumerate(labels, 1)]
    assert [text for text in numbered if text not in page] == []
