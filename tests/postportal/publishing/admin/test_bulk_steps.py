"""Steps of the workflow with several items, by the same rules as with one."""

from typing import Any

import pytest
from django.urls import reverse

from news.models import Article
from postportal.publishing.models import Edition, State
from tests.factories import editorial, forms, news, pages, staff
from tests.postportal.publishing.revision_pages import messages_of

pytestmark = pytest.mark.django_db


def act(user: Any, action: str, *rows: Any, **fields: Any) -> Any:
    data = {"action": action, **forms.selected_rows(*rows), **fields}
    return staff.sign_in(user).post(reverse("admin:news_article_changelist"), data, follow=True)


def stages() -> dict[str, str]:
    titles = dict(Article.objects.values_list("pk", "title"))
    return {titles[pk]: stage for pk, stage in Edition.objects.values_list("object_id", "stage")}


def test_submit_names_what_will_happen_and_what_is_refused() -> None:
    writer = staff.account("Editor")
    good = editorial.draft_article("Good", by=writer)
    bad = editorial.draft_article("Bad <b>", by=writer, standfirst="")

    page = act(writer, "submit_selected", good, bad).content.decode()
    before = stages()
    answer = act(writer, "submit_selected", good, bad, confirmed="1")

    assert "<li>Bad &lt;b&gt;: Add a standfirst or body text.</li>" in page
    assert "<p>Colleagues who can publish this item are asked to review it.</p><ul><li>Good</li></ul>" in page
    assert before == {"Good": "draft", "Bad <b>": "draft"}
    assert stages() == {"Good": "review", "Bad <b>": "draft"}
    assert messages_of(answer) == [
        "“Bad <b>” was not changed: Add a standfirst or body text.",
        "“Submit for review” done for 1 item.",
    ]


def test_author_submits_only_own_drafts() -> None:
    author = staff.account("Author")
    own = editorial.draft_article("Own", by=author)
    other = editorial.draft_article("Other", by=staff.account("Editor"))

    page = act(author, "submit_selected", own, other)
    act(author, "submit_selected", own, other, confirmed="1")

    assert [row.title for row, _ in page.context["refused"]] == ["Other"]
    assert stages() == {"Own": "review", "Other": "draft"}


def test_nobody_approves_own_work() -> None:
    publisher = staff.account("Publisher")
    own = editorial.submitted_article("Own", by=publisher)
    other = editorial.submitted_article("Other", by=staff.account("Editor"))

    act(publisher, "approve_selected", own, other, confirmed="1")

    approved = Edition.objects.filter(approved_at__isnull=False)
    assert list(approved.values_list("object_id", flat=True)) == [other.pk]


def test_withdraw_needs_a_reason_and_keeps_it_if_all_are_refused() -> None:
    publisher = staff.account("Publisher")
    live, draft = news.article("Live"), editorial.draft_article("Draft", by=publisher)

    empty = act(publisher, "withdraw_selected", live, confirmed="1", reason="")
    refused = act(publisher, "withdraw_selected", draft, confirmed="1", reason="Wrong tariff.")
    act(publisher, "withdraw_selected", live, draft, confirmed="1", reason="Wrong tariff.")

    live.refresh_from_db()
    assert list(empty.context["form"].errors) == ["reason"]
    assert refused.context["form"]["reason"].value() == "Wrong tariff."
    assert (live.state, live.withdrawal_reason) == (State.WITHDRAWN, "Wrong tariff.")


@pytest.mark.parametrize("action", ["approve_selected", "withdraw_selected"])
def test_author_has_no_such_action(action: str) -> None:
    live = news.article("Live")

    act(staff.account("Author"), action, live, confirmed="1", reason="Wrong.")

    live.refresh_from_db()
    assert live.state == State.PUBLISHED


def test_language_of_drafts_changes_and_of_live_items_does_not() -> None:
    editor = staff.account("Editor")
    draft, live = editorial.draft_article("Draft", by=editor), news.article("Live")

    page = act(editor, "change_language", draft, live)
    act(editor, "change_language", draft, live, language="zh-hans")

    assert [row.title for row in page.context["unchangeable"]] == ["Live"]
    assert dict(Article.objects.values_list("title", "language")) == {"Draft": "zh-hans", "Live": "en"}


def test_language_that_is_not_possible_is_refused() -> None:
    editor = staff.account("Editor")
    original = news.article("Original")
    draft = editorial.draft_article("Draft", by=editor, language="zh-hans", translation_of=original)

    answer = act(editor, "change_language", draft, language="en")

    draft.refresh_from_db()
    assert draft.language == "zh-hans"
    assert messages_of(answer)[0].startswith("“Draft” was not changed:")


def test_pages_have_the_actions() -> None:
    page = pages.page()
    data = {"action": "withdraw_selected", "confirmed": "1", "reason": "Old.", **forms.selected_rows(page)}

    staff.sign_in().post(reverse("admin:pages_page_changelist"), data)

    page.refresh_from_db()
    assert page.state == State.WITHDRAWN
