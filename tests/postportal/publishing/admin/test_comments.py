from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from postportal.publishing.models import Comment
from postportal.publishing.models.comment import MAX_COMMENT_LENGTH
from postportal.publishing.workflow import steps
from postportal.publishing.workflow.notifications import recipients
from tests.factories import editorial, forms, news, staff
from tests.postportal.publishing.conftest import queue_entries
from tests.postportal.publishing.revision_pages import IDS, ITEMS, admin_url, messages_of

pytestmark = pytest.mark.django_db


def comment(browser: Client, row: Any, text: str, **headers: str) -> Any:
    return browser.post(admin_url(row, "comment"), {"text": text}, follow=True, headers=headers or None)


@pytest.mark.parametrize("make", ITEMS, ids=IDS)
def test_comment_is_shown_under_the_form_until_it_is_done(make: Any) -> None:
    row, browser = make(), staff.sign_in()

    answer = comment(browser, row, "Who <b>says</b> so?")

    added = Comment.objects.get()
    page = browser.get(admin_url(row, "change")).content.decode()
    assert answer.redirect_chain == [(f"{admin_url(row, 'change')}#comments", 302)]
    assert "Who &lt;b&gt;says&lt;/b&gt; so?" in page
    browser.post(admin_url(row, "comment_done", added.pk))
    added.refresh_from_db()
    assert added.done_at
    assert admin_url(row, "comment_done", added.pk) not in browser.get(admin_url(row, "change")).content.decode()


def test_comment_by_script_leaves_unsaved_text_alone() -> None:
    article, browser = news.article(), staff.sign_in()

    answer = browser.post(admin_url(article, "comment"), {"text": "Why?"}, headers={"Accept": "application/x-panel"})

    assert next(template.name for template in answer.templates) == "admin/publishing/_comments.html"
    assert "<p>Why?</p>" in answer.content.decode()


@pytest.mark.parametrize("text", ["", " \n ", "x" * (MAX_COMMENT_LENGTH + 1), "a\x00b"])
def test_blank_or_too_long_comment_is_refused_with_a_reason(text: str) -> None:
    article, browser = news.article(), staff.sign_in()

    answer = comment(browser, article, text)

    assert Comment.objects.count() == 0
    assert len(messages_of(answer)) == 1


def test_refused_comment_stays_in_its_field() -> None:
    article, browser = news.article(), staff.sign_in()
    text = "word " * MAX_COMMENT_LENGTH

    answer = browser.post(admin_url(article, "comment"), {"text": text}, headers={"Accept": "application/x-panel"})

    page = answer.content.decode()
    assert text.strip() in page
    assert "at most" in page.split('id="id_comment_text_error"')[1].split("</ul>")[0]


def test_refused_reply_stays_in_its_field(newsroom: dict[str, User]) -> None:
    article, browser = editorial.draft_article("Quiet wires", by=newsroom["Ann"]), staff.sign_in(newsroom["Ed"])
    comment(browser, article, "Who says so?")
    fields = {"text": "word " * MAX_COMMENT_LENGTH, "answers": Comment.objects.get().pk}

    page = browser.post(admin_url(article, "comment"), fields).content.decode()

    reply = page.split('<details class="reply" open>')[1].split("</details>")[0]
    assert "word word" in reply
    assert "at most" in reply.split('id="id_comment_text_error"')[1].split("</ul>")[0]


@pytest.mark.parametrize(("role", "status"), [("Author", 200), ("Editor", 200), ("Viewer", 403), ("Service desk", 403)])
def test_viewers_cannot_comment(role: str, status: int) -> None:
    article = news.article("Quiet wires")
    browser = staff.sign_in(role=role)

    answer = comment(browser, article, "Why?")

    assert answer.status_code == status
    assert Comment.objects.count() == (status == 200)
    # A page that refuses names an item only to those who may view it.
    assert role != "Service desk" or "Quiet wires" not in answer.content.decode()


def test_viewer_reads_comments() -> None:
    article = news.article()
    comment(staff.sign_in(role="Editor"), article, "Why so late?")

    assert "Why so late?" in staff.sign_in(role="Viewer").get(admin_url(article, "change")).content.decode()


def test_comment_of_another_item_is_not_marked_as_done() -> None:
    one, other, browser = news.article(), news.article(), staff.sign_in()
    comment(browser, one, "Why?")

    answer = browser.post(admin_url(other, "comment_done", Comment.objects.get().pk))

    assert answer.status_code == 404
    assert Comment.objects.get().done_at is None


def test_reason_of_a_return_is_on_the_home_and_in_the_form(newsroom: dict[str, User]) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ann"])
    steps.perform("submit", article, by=newsroom["Ann"])
    steps.perform("return", article, by=newsroom["Ed"], reason="Who says so?")

    (mine,) = queue_entries("my-drafts", newsroom["Ann"])
    (asked,) = queue_entries("comments", newsroom["Ann"])
    page = staff.sign_in(newsroom["Ann"]).get(admin_url(article, "change")).content.decode()
    assert (mine.detail, asked.detail) == ("Who says so?", "Who says so?")
    assert "Returned to the writer" in page
    assert queue_entries("comments", newsroom["Ed"]) == []


def test_own_comment_hides_no_comment_of_a_colleague(newsroom: dict[str, User]) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ann"])
    comment(staff.sign_in(newsroom["Ed"]), article, "Who says so?")
    comment(staff.sign_in(newsroom["Ann"]), article, "Is this too long?")

    (asked,) = queue_entries("comments", newsroom["Ann"])

    assert asked.detail == "Who says so?"


def test_marking_a_comment_as_done_mails_nobody_again(django_capture_on_commit_callbacks: Any) -> None:
    row, browser = ITEMS[0](), staff.sign_in()
    comment(browser, row, "Who says so?")

    with django_capture_on_commit_callbacks() as callbacks:
        for _time in range(2):
            browser.post(admin_url(row, "comment_done", Comment.objects.get().pk))

    assert callbacks == []


def test_submitting_again_marks_the_return_as_done(newsroom: dict[str, User]) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ann"])
    steps.perform("submit", article, by=newsroom["Ann"])
    steps.perform("return", article, by=newsroom["Ed"], reason="Who says so?")

    steps.perform("submit", article, by=newsroom["Ann"])

    assert Comment.objects.get(kind=Comment.Kind.RETURNED).done_by == newsroom["Ann"]
    assert queue_entries("comments", newsroom["Ann"]) == []


def test_note_for_colleagues_is_the_comment_of_the_submission(newsroom: dict[str, User]) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ann"])
    browser = staff.sign_in(newsroom["Ann"])
    fields = forms.fill_form(browser, admin_url(article, "change"))

    browser.post(admin_url(article, "change"), {**fields, "_step": "submit", "save_note": "Figures from the ministry."})

    assert Comment.objects.get(kind=Comment.Kind.SUBMITTED).text == "Figures from the ministry."


def test_form_has_constant_queries_for_any_number_of_comments() -> None:
    article, browser = news.article(), staff.sign_in()

    def queries() -> int:
        browser.get(admin_url(article, "change"))
        with CaptureQueriesContext(connection) as captured:
            browser.get(admin_url(article, "change"))
        return len(captured)

    def comment_of_another(text: str) -> None:
        staff.sign_in(role="Editor").post(admin_url(article, "comment"), {"text": text})

    comment_of_another("First")
    one = queries()
    for number in range(20):
        comment_of_another(f"No {number}")

    assert (queries(), Comment.objects.filter(kind=Comment.Kind.REMARK).count()) == (one, 21)


def test_comment_at_words_of_the_text_says_when_they_are_gone(newsroom: dict[str, User]) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ann"], body="<p>The van leaves at 9.</p>")
    reviewer, writer = staff.sign_in(newsroom["Ed"]), staff.sign_in(newsroom["Ann"])

    reviewer.post(admin_url(article, "comment"), {"text": "From where?", "quote": "leaves  at 9"})

    added, url = Comment.objects.get(), admin_url(article, "change")
    assert (added.field, added.quote, added.before) == ("body", "leaves at 9", "Thevan")
    page = writer.get(url).content.decode()
    assert 'data-comment-place="body"' in page
    assert "The text was changed" not in page
    writer.post(url, {**forms.fill_form(writer, url, body="<p>The van has left.</p>"), "_continue": "1"})
    page = writer.get(url).content.decode()
    assert "The text was changed: these words are no longer in it." in page
    assert "leaves at 9" in page


def test_mentioned_colleague_is_told_and_finds_the_comment_until_it_is_done(newsroom: dict[str, User]) -> None:
    article, eve = editorial.draft_article("Quiet wires", by=newsroom["Ann"]), newsroom["Eve"]
    browser = staff.sign_in(newsroom["Ed"])

    browser.post(admin_url(article, "comment"), {"text": "@Eve, is this so? @Vic may not know."})

    added = Comment.objects.get()
    assert list(added.mentioned.all()) == [eve]
    assert eve in recipients(added)
    assert [entry.detail for entry in queue_entries("mentions", eve)] == ["@Eve, is this so? @Vic may not know."]
    browser.post(admin_url(article, "comment_done", added.pk))
    assert queue_entries("mentions", eve) == []


def test_reply_is_shown_with_its_comment_and_is_done_with_it(newsroom: dict[str, User]) -> None:
    article, browser = editorial.draft_article("Quiet wires", by=newsroom["Ann"]), staff.sign_in(newsroom["Ed"])
    comment(browser, article, "Who says so?")
    asked = Comment.objects.get()
    ann = staff.sign_in(newsroom["Ann"])
    for text in ("The council.", "Its clerk."):
        # The second answers the first.
        answered = Comment.objects.latest("pk").pk
        ann.post(admin_url(article, "comment"), {"text": text, "answers": answered, "quote": "x"})

    page = browser.get(admin_url(article, "change"))

    assert [reply.text for reply in asked.replies.order_by("pk")] == ["The council.", "Its clerk."]
    assert page.context["unresolved_count"] == 1
    assert "The council." in page.content.decode()
    assert browser.post(admin_url(article, "comment_done", asked.replies.all()[0].pk)).status_code == 404


@pytest.mark.parametrize("answers", ["0", "-1", "9" * 30, "x", "' OR 1"])
def test_reply_to_nothing_is_refused_or_a_comment(newsroom: dict[str, User], answers: str) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ann"])

    answer = staff.sign_in(newsroom["Ed"]).post(admin_url(article, "comment"), {"text": "So?", "answers": answers})

    assert "So?" in answer.content.decode()
    assert not Comment.objects.filter(answers__isnull=False).exists()
