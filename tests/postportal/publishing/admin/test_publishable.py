import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from postportal.publishing.admin import version_tokens
from postportal.publishing.models import State
from postportal.publishing.workflow.status import Status, status_of
from tests.factories import forms, news, pages, services, staff
from tests.postportal.publishing.conftest import queue_entries

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
# Changed by steps, never by a form.
WORKFLOW_FIELDS = {"state", "publish_at", "withdrawal_reason", "changed_at", "change_note"}


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"state": State.DRAFT}, Status.DRAFT),
        ({"state": State.UNPUBLISHED, "withdrawal_reason": "x"}, Status.UNPUBLISHED),
        ({"state": State.WITHDRAWN, "withdrawal_reason": "x"}, Status.WITHDRAWN),
        ({"state": State.SCHEDULED, "publish_at": NOW + HOUR}, Status.SCHEDULED),
        ({"state": State.SCHEDULED, "publish_at": NOW}, Status.LIVE),
        ({"publish_at": NOW}, Status.LIVE),
        ({"publish_at": NOW + HOUR}, Status.SCHEDULED),
        ({"publish_at": NOW - HOUR, "expire_at": NOW}, Status.EXPIRED),
        ({"publish_at": NOW - HOUR, "expire_at": NOW + HOUR}, Status.LIVE),
    ],
)
def test_status_follows_state_and_time(fields: dict[str, Any], status: Status) -> None:
    assert status_of(news.article(**fields), NOW) == status


def test_status_of_a_row_without_state_follows_its_times() -> None:
    assert status_of(pages.notice(publish_at=NOW + HOUR), NOW) == Status.SCHEDULED
    assert status_of(pages.notice(publish_at=NOW), NOW) == Status.LIVE
    assert status_of(pages.notice(publish_at=NOW - HOUR, expire_at=NOW), NOW) == Status.EXPIRED
    assert status_of(pages.notice(publish_at=None), NOW) == Status.HIDDEN


def test_list_is_filtered_by_status() -> None:
    now = timezone.now()
    news.article("live")
    news.article("draft", state=State.DRAFT)
    news.article("unpublished", state=State.UNPUBLISHED, withdrawal_reason="x")
    news.article("withdrawn", state=State.WITHDRAWN, withdrawal_reason="x")
    news.article("scheduled", publish_at=now + HOUR)
    news.article("expired", publish_at=now - HOUR, expire_at=now - HOUR / 2)
    browser = staff.sign_in(role="Viewer")

    statuses = [status for status in Status.values if status != Status.HIDDEN]
    shown = {status: [row.title for row in listed_rows(browser, status)] for status in (*statuses, "", "nonsense")}

    assert shown == {
        **{status: [status] for status in statuses},
        "": shown[""],
        "nonsense": shown[""],
    }
    assert len(shown[""]) == 6


def listed_rows(browser: Any, status: str) -> Any:
    query = {"visibility": status} if status else {}
    return browser.get(reverse("admin:news_article_changelist"), query).context["cl"].result_list


def test_list_shows_a_badge() -> None:
    news.article(state=State.DRAFT)

    page = staff.sign_in(role="Viewer").get(reverse("admin:news_article_changelist")).content.decode()

    assert '<span class="badge badge-draft">Draft</span>' in page


def admin_form(browser: Any, article: Article) -> Any:
    return browser.get(reverse("admin:news_article_change", args=[article.pk])).context["adminform"]


@pytest.mark.parametrize("role", ["Editor", "Publisher"])
def test_form_has_no_fields_of_the_workflow(role: str) -> None:
    form = admin_form(staff.sign_in(role=role), news.article()).form

    assert set(form.fields) & WORKFLOW_FIELDS == set()


def test_author_has_the_fields_of_the_text() -> None:
    author = staff.account("Author")
    form = admin_form(staff.sign_in(author), news.article(state=State.DRAFT, created_by=author)).form

    assert {"title", "body", "section", "tags"} <= set(form.fields)


def form_fields(article: Article | None = None, **fields: Any) -> dict[str, Any]:
    section = article.section_id if article else news.section().pk
    return {
        "title": "Changed",
        "section": section,
        "language": "en",
        "dateline_on": "2026-03-20",
        "state": "draft",
        "mentions-TOTAL_FORMS": "0",
        "mentions-INITIAL_FORMS": "0",
        "attached_documents-TOTAL_FORMS": "0",
        "attached_documents-INITIAL_FORMS": "0",
        "_version": version_tokens.make_version_token(article),
        **fields,
    }


def test_new_article_of_an_author_is_a_draft_whatever_is_posted() -> None:
    author = staff.account("Author")
    fields = form_fields(state="published", publish_at="2020-01-01T00:00", version="9", created_by="1")

    answer = staff.sign_in(author).post(reverse("admin:news_article_add"), fields)

    article = Article.objects.get()
    assert answer.status_code == 302
    assert (article.state, article.publish_at, article.created_by) == (State.DRAFT, None, author)


@pytest.mark.parametrize(
    ("own", "state", "status"),
    [(True, "draft", 302), (True, "unpublished", 403), (False, "draft", 403), (False, "published", 403)],
)
def test_author_changes_own_drafts_only(own: bool, state: str, status: int) -> None:
    author = staff.account("Author")
    reason = {"withdrawal_reason": "Wrong."} if state == "unpublished" else {}
    article = news.article("Mine", state=state, created_by=author if own else staff.account("Editor"), **reason)

    answer = staff.sign_in(author).post(reverse("admin:news_article_change", args=[article.pk]), form_fields(article))

    article.refresh_from_db()
    assert answer.status_code == status
    assert article.title == ("Changed" if status == 302 else "Mine")


def test_author_corrects_an_own_live_article_for_review() -> None:
    author, editor = staff.account("Author"), staff.account("Editor")
    article, browser = news.article("Mine", standfirst="By rail.", created_by=author), staff.sign_in(author)
    url = reverse("admin:news_article_change", args=[article.pk])
    assert browser.get(url).context["bar"].primary.step == "submit"

    browser.post(url, {**forms.fill_form(browser, url, title="Changed"), "_step": "submit"})

    article.refresh_from_db()
    (waiting,) = queue_entries("reviews", editor)
    page = staff.sign_in(editor).get(url)
    differences = staff.sign_in(editor).get(page.context["compare_url"]).content.decode()
    assert (article.title, waiting.text, waiting.detail) == ("Mine", "Mine", f"Correction submitted by {author}.")
    assert page.context["compare_url"] in page.content.decode().replace("&amp;", "&")
    assert {"Mine", "Changed"} <= set(re.findall(r"\w+", differences))
    # In review it is the reviewer's.
    assert browser.post(url, form_fields(article, title="Again")).status_code == 403


def test_author_files_nothing_that_readers_see() -> None:
    author = staff.account("Author")
    article, other = news.article("Mine", created_by=author), news.section("Other")
    fields = {"action": "change_section", "section": other.pk, **forms.selected_rows(article)}

    staff.sign_in(author).post(reverse("admin:news_article_changelist"), fields)

    article.refresh_from_db()
    assert article.section != other


@pytest.mark.parametrize(("own", "left"), [(True, 0), (False, 1)])
def test_author_deletes_own_drafts_only(own: bool, left: int) -> None:
    author = staff.account("Author")
    article = news.article(state=State.DRAFT, created_by=author if own else None)

    staff.sign_in(author).post(
        reverse("admin:news_article_delete", args=[article.pk]), forms.delete_confirmation(article)
    )

    assert Article.objects.count() == left


def test_author_deletes_nothing_of_others_in_bulk() -> None:
    author = staff.account("Author")
    news.article(state=State.DRAFT, created_by=author)
    theirs = news.article("Secret summit")
    fields = {"action": "delete_selected", **forms.selected_rows(theirs), "post": "yes"}

    answer = staff.sign_in(author).post(reverse("admin:news_article_changelist"), fields)

    assert answer.status_code == 403
    assert "Secret" not in answer.content.decode()
    assert Article.objects.count() == 2


@pytest.mark.parametrize("role", ["Viewer", "Author", "Philatelist"])
def test_bulk_publishing_requires_permission(role: str) -> None:
    article = news.article(state=State.DRAFT)
    fields = {"action": "publish_selected", **forms.selected_rows(article)}

    staff.sign_in(role=role).post(reverse("admin:news_article_changelist"), fields)

    article.refresh_from_db()
    assert article.state == State.DRAFT


def test_rows_of_other_items_cannot_be_moved_here() -> None:
    mine, theirs = news.article("Mine"), news.article("Theirs")
    mention = news.mention(news.person(), article=theirs)
    fields = form_fields(mine, state="published") | {
        "mentions-TOTAL_FORMS": "1",
        "mentions-INITIAL_FORMS": "1",
        "attached_documents-TOTAL_FORMS": "0",
        "attached_documents-INITIAL_FORMS": "0",
        "mentions-0-id": mention.pk,
        "mentions-0-article": mine.pk,
        "mentions-0-person": mention.person_id,
        "mentions-0-order": "5",
    }

    staff.sign_in(role="Editor").post(reverse("admin:news_article_change", args=[mine.pk]), fields)

    mention.refresh_from_db()
    assert (mention.article, mention.order) == (theirs, 0)


@pytest.mark.parametrize(
    ("fields", "is_shown"), [({}, True), ({"state": State.DRAFT}, False), ({"publish_at": NOW + 9999 * HOUR}, False)]
)
def test_view_on_site_is_only_for_visible_items(fields: dict[str, Any], is_shown: bool) -> None:
    article = news.article(**fields)

    page = staff.sign_in().get(reverse("admin:news_article_change", args=[article.pk])).content.decode()

    assert (f'<a class="viewsitelink" href="{article.get_absolute_url()}">' in page) == is_shown


def test_view_on_site_of_a_stamp_follows_its_issue() -> None:
    shown, hidden = services.stamp_issue(), services.stamp_issue(state=State.DRAFT)
    stamps = [services.stamp(issue) for issue in (shown, hidden)]

    found = [
        "viewsitelink" in staff.sign_in().get(reverse("admin:services_stamp_change", args=[stamp.pk])).content.decode()
        for stamp in stamps
    ]

    assert found == [True, False]
