import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article, Section
from postportal.outbox.models import OutboxEvent
from postportal.pages.models import Page
from postportal.publishing.models import Edition, Publishable, RenderedPreview, Revision, State
from postportal.publishing.versions import revisions
from postportal.publishing.workflow import steps
from services.models import StampIssue
from tests.factories import forms, news, pages, services, staff
from tests.postportal.publishing.revision_pages import admin_url

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
STATES = [
    {"state": State.DRAFT},
    {"state": State.SCHEDULED, "publish_at": timezone.now() + dt.timedelta(days=3)},
    {"state": State.PUBLISHED},
    {"state": State.PUBLISHED, "expire_at": timezone.now() - dt.timedelta(hours=1)},
    {"state": State.WITHDRAWN, "withdrawal_reason": "Wrong."},
    {"state": State.UNPUBLISHED, "withdrawal_reason": "Wrong."},
]


def preview_unsaved(browser: Client, row: Any, **changes: Any) -> str:
    """Return the preview of the form with these changes."""
    fields = forms.fill_form(browser, admin_url(row, "change"), **changes)
    answer = browser.post(admin_url(row, "preview"), fields)
    assert answer.status_code == 200
    return answer.content.decode()


def stored_rows() -> dict[str, list[dict[str, Any]]]:
    """Return all rows that a preview might leave behind."""
    models = (Article, StampIssue, Page, Section, Edition, Revision, OutboxEvent, RenderedPreview)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def one_of_each_kind() -> list[Any]:
    return [
        news.article("Old title", slug="old"),
        services.stamp_issue(title="Old title"),
        pages.page(title="Old title"),
    ]


@pytest.mark.parametrize("kind", [0, 1, 2])
def test_unsaved_text_is_rendered_in_the_public_page_and_not_saved(kind: int) -> None:
    row, browser = one_of_each_kind()[kind], staff.sign_in()
    shown = forms.fill_form(browser, admin_url(row, "change"), title="New title", standfirst="Not saved.")
    before = stored_rows()

    page = browser.post(admin_url(row, "preview"), shown).content.decode()

    # A stamp issue says what its correction changes.
    text = page.replace("Title was: Old title", "")
    assert ("New title" in text, "Not saved." in text, "Old title" in text) == (True, True, False)
    assert 'class="preview-bar"' in page
    assert stored_rows() == before


@pytest.mark.parametrize("fields", STATES)
def test_every_state_is_rendered_as_if_it_was_published_now(fields: dict[str, Any]) -> None:
    article = news.article("The title", standfirst="By rail.", **fields)

    answer = staff.sign_in(role="Viewer").get(admin_url(article, "preview"))

    assert (answer.status_code, "By rail." in answer.content.decode()) == (200, True)


def test_blank_draft_is_rendered_with_placeholders() -> None:
    browser = staff.sign_in(role="Author")
    new = reverse("admin:news_article_add")

    answer = browser.post(
        reverse("admin:news_article_preview_new"), forms.fill_form(browser, new, title="", section="", dateline_on="")
    )

    page = answer.content.decode()
    assert (answer.status_code, "(no title yet)" in page, "(no section yet)" in page) == (200, True, True)
    assert (Article.objects.count(), Section.objects.filter(name__startswith="(").count()) == (0, 0)


@pytest.mark.parametrize(("kind", "name"), [(1, "services_stampissue"), (2, "pages_page")])
def test_new_item_of_any_kind_is_rendered_without_title_and_slug(kind: int, name: str) -> None:
    browser = staff.sign_in()
    shown = forms.fill_form(browser, reverse(f"admin:{name}_add"), title="")

    answer = browser.post(reverse(f"admin:{name}_preview_new"), shown)

    assert (answer.status_code, "(no title yet)" in answer.content.decode()) == (200, True)


def test_blank_field_is_blank_and_an_invalid_one_is_named() -> None:
    page, browser = pages.page(title="Old title", path="about"), staff.sign_in()

    shown = preview_unsaved(browser, page, title="", path="About us!")

    assert ("Old title" in shown, "(no title yet)" in shown) == (False, True)
    assert "Use lowercase letters, digits and hyphens" in shown


def test_unsaved_rows_and_tags_are_rendered() -> None:
    issue, browser = services.stamp_issue(), staff.sign_in()
    first, second = services.stamp(issue, position=1, name="Ferry"), services.stamp(issue, position=2, name="Van")
    shown = forms.fill_form(browser, admin_url(issue, "change"))
    shown |= {
        "stamps-TOTAL_FORMS": "4",
        "stamps-0-name": "Ferryboat",
        "stamps-1-DELETE": "on",
        "stamps-2-issue": issue.pk,
        "stamps-2-position": "7",
        "stamps-2-name": "Courier",
        "stamps-3-issue": issue.pk,
        "stamps-3-position": "seven",
        "stamps-3-name": "Nowhere",
        "tags": ["night"],
    }

    page = browser.post(admin_url(issue, "preview"), shown).content.decode()

    assert [name in page for name in ("Ferryboat", "Van", "Courier", "Nowhere", "night")] == [
        *(True, False, True, False, True)
    ]
    assert [row.name for row in issue.stamps.order_by("position")] == [first.name, second.name]


def test_preview_of_a_correction_starts_from_the_unpublished_changes() -> None:
    article, browser = news.article("Old title", standfirst="Old words."), staff.sign_in()
    browser.post(
        admin_url(article, "change"),
        forms.fill_form(browser, admin_url(article, "change"), standfirst="Unpublished words.", _continue="1"),
    )

    saved = browser.get(admin_url(article, "preview")).content.decode()
    page = preview_unsaved(browser, article, title="New title")

    assert ("Unpublished words." in saved, "Old words." in saved) == (True, False)
    assert ("New title" in page, "Unpublished words." in page) == (True, True)
    assert "Old words." in Client().get(article.get_absolute_url()).content.decode()


def test_every_revision_has_its_own_preview() -> None:
    article, browser = news.article("First title"), staff.sign_in()
    for title in ("Second title", "Third title"):
        change = admin_url(article, "change")
        browser.post(change, forms.fill_form(browser, change, title=title, _continue="1"))

    shown = [browser.get(admin_url(article, "preview_revision", number)) for number in (1, 2, 3, 4)]

    assert [answer.status_code for answer in shown] == [200, 200, 200, 404]
    assert [
        title in answer.content.decode()
        for title, answer in zip(("First title", "Second title", "Third title"), shown, strict=False)
    ] == [True, True, True]


def test_url_of_another_item_is_explained() -> None:
    news.article("Other", slug="taken")
    article, browser = news.article("Mine", slug="mine"), staff.sign_in()
    shown = forms.fill_form(browser, admin_url(article, "change"), slug="taken")

    answer = browser.post(admin_url(article, "preview"), shown)

    assert answer.status_code == 409
    assert "Another article with this date already uses this URL." in answer.content.decode()


def test_revision_whose_url_another_item_has_taken_is_explained() -> None:
    article, browser = news.article("Mine", slug="mine", state=State.DRAFT), staff.sign_in()
    revisions.record_outside_change(article)
    Article.objects.filter(pk=article.pk).update(slug="moved")
    news.article("Other", slug="mine")

    answer = browser.get(admin_url(article, "preview_revision", 1))

    assert answer.status_code == 409
    assert "Another article with this date already uses this URL. Choose another." in answer.content.decode()


def test_invalid_url_is_explained() -> None:
    article = news.article("Mine", slug="no/such slug", state=State.DRAFT)

    answer = staff.sign_in().get(admin_url(article, "preview"))

    assert (answer.status_code, "characters that are not allowed" in answer.content.decode()) == (409, True)


def test_issue_at_a_url_of_the_programme_is_explained() -> None:
    issue = services.stamp_issue()
    StampIssue.objects.filter(pk=issue.pk).update(slug="1999")

    answer = staff.sign_in().get(admin_url(issue, "preview"))

    assert (answer.status_code, "Another page already uses this URL" in answer.content.decode()) == (409, True)


def test_chinese_item_is_rendered_in_chinese() -> None:
    article = news.article("邮政", language="zh-hans", state=State.DRAFT)

    assert '<html lang="zh-Hans">' in staff.sign_in().get(admin_url(article, "preview")).content.decode()


def test_frame_gets_the_rendered_page_and_nobody_else_does() -> None:
    article, writer = news.article("Old title"), staff.account("Editor")
    browser = staff.sign_in(writer)
    shown = forms.fill_form(browser, admin_url(article, "change"), title="New title")

    frame_url = browser.post(admin_url(article, "preview"), shown, headers=JSON).json()["address"]

    answer = browser.get(frame_url)
    policy = answer["Content-Security-Policy"].split("; ")
    assert "New title" in answer.content.decode()
    assert '<base target="_blank">' in answer.content.decode()
    assert ("frame-ancestors 'self'" in policy, answer["X-Frame-Options"]) == (True, "SAMEORIGIN")
    assert staff.sign_in(role="Publisher").get(frame_url).status_code == 404
    assert Client().get(frame_url).status_code == 302
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11), tick=False):
        assert browser.get(frame_url).status_code == 404


def test_rendered_previews_do_not_accumulate() -> None:
    article, browser = news.article("Old title"), staff.sign_in()
    shown = forms.fill_form(browser, admin_url(article, "change"))

    for number in range(6):
        browser.post(admin_url(article, "preview"), {**shown, "title": f"Title {number}"}, headers=JSON)

    assert RenderedPreview.objects.count() == 4


def test_previews_are_inert_and_not_cached() -> None:
    article, browser = news.article("Old title"), staff.sign_in()
    shown = forms.fill_form(browser, admin_url(article, "change"))
    frame_url = browser.post(admin_url(article, "preview"), shown, headers=JSON).json()["address"]
    revisions.record_outside_change(article)

    answers = [
        browser.get(admin_url(article, "preview")),
        browser.post(admin_url(article, "preview"), shown),
        browser.get(admin_url(article, "preview_revision", 1)),
        browser.get(frame_url),
    ]

    for answer, ancestors in zip(answers, ["'none'", "'none'", "'none'", "'self'"], strict=True):
        policy = answer["Content-Security-Policy"].split("; ")
        expected = {"form-action 'none'", "script-src 'none'", f"frame-ancestors {ancestors}"}
        assert (answer.status_code, expected - set(policy)) == (200, set())
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert '<meta name="robots" content="noindex, nofollow, noarchive">' in answer.content.decode()
        assert set(answer.cookies) <= {"sessionid"}


def test_reader_never_sees_the_banner(client: Client) -> None:
    page = client.get(news.article("Title").get_absolute_url()).content.decode()

    assert ("preview-bar" in page, "noindex" in page) == (False, False)


def test_empty_post_is_a_page_and_no_error() -> None:
    article, browser = news.article("T", standfirst="S"), staff.sign_in()
    news.mention(news.person(), article=article)

    answer = browser.post(admin_url(article, "preview"), {})

    assert answer.status_code == 200


def test_published_item_shows_the_preview_of_its_next_version(client: Client) -> None:
    article, writer = news.article("Old title", standfirst="S"), staff.account("Editor")
    browser = staff.sign_in(writer)
    change = admin_url(article, "change")
    browser.post(change, forms.fill_form(browser, change, title="New title", _continue="1"))
    steps.perform("publish", article, by=staff.account("Editor"))

    page = browser.get(admin_url(article, "preview")).content.decode()

    assert "New title" in page
    assert isinstance(article, Publishable)
