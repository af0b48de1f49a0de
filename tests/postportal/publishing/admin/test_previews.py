"""The page beside the form: of what is typed, of what waits, of any revision; and nobody else's."""

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


def address(row: Any, name: str, *more: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk, *more])


def typed(browser: Client, row: Any, **changes: Any) -> str:
    """The page drawn from the form as somebody typed it."""
    shown = forms.fill_form(browser, address(row, "change"), **changes)
    answer = browser.post(address(row, "preview"), shown)
    assert answer.status_code == 200
    return answer.content.decode()


def rows() -> dict[str, list[dict[str, Any]]]:
    """Everything that a preview might leave behind."""
    models = (Article, StampIssue, Page, Section, Edition, Revision, OutboxEvent, RenderedPreview)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def everything() -> list[Any]:
    return [
        news.article("Old title", slug="old"),
        services.stamp_issue(title="Old title"),
        pages.page(title="Old title"),
    ]


@pytest.mark.parametrize("kind", [0, 1, 2])
def test_typed_text_is_drawn_in_the_public_page_and_nothing_is_saved(kind: int) -> None:
    row, browser = everything()[kind], staff.sign_in()
    shown = forms.fill_form(browser, address(row, "change"), title="New title", standfirst="Just typed.")
    before = rows()

    page = browser.post(address(row, "preview"), shown).content.decode()

    assert ("New title" in page, "Just typed." in page, "Old title" in page) == (True, True, False)
    assert 'class="seen-as"' in page
    assert rows() == before


@pytest.mark.parametrize("fields", STATES)
def test_every_state_is_drawn_as_if_it_went_out_now(fields: dict[str, Any]) -> None:
    article = news.article("The title", standfirst="By rail.", **fields)

    answer = staff.sign_in(role="Viewer").get(address(article, "preview"))

    assert (answer.status_code, "By rail." in answer.content.decode()) == (200, True)


def test_draft_that_lacks_everything_is_drawn_with_stand_ins() -> None:
    browser = staff.sign_in(role="Author")
    new = reverse("admin:news_article_add")

    answer = browser.post(
        reverse("admin:news_article_preview_new"), forms.fill_form(browser, new, title="", section="", dateline_on="")
    )

    page = answer.content.decode()
    assert (answer.status_code, "(no title yet)" in page, "(no section yet)" in page) == (200, True, True)
    assert (Article.objects.count(), Section.objects.filter(name__startswith="(").count()) == (0, 0)


@pytest.mark.parametrize(("kind", "name"), [(1, "services_stampissue"), (2, "pages_page")])
def test_new_item_of_any_kind_is_drawn_without_title_and_address(kind: int, name: str) -> None:
    browser = staff.sign_in()
    shown = forms.fill_form(browser, reverse(f"admin:{name}_add"), title="")

    answer = browser.post(reverse(f"admin:{name}_preview_new"), shown)

    assert (answer.status_code, "(no title yet)" in answer.content.decode()) == (200, True)


def test_emptied_field_is_empty_in_the_preview_and_one_that_makes_no_sense_is_named() -> None:
    page, browser = pages.page(title="Old title", path="about"), staff.sign_in()

    shown = typed(browser, page, title="", path="About us!")

    assert ("Old title" in shown, "(no title yet)" in shown) == (False, True)
    assert "Address: Use small letters, digits and hyphens" in shown


def test_rows_and_tags_are_drawn_as_typed() -> None:
    issue, browser = services.stamp_issue(), staff.sign_in()
    first, second = services.stamp(issue, position=1, name="Ferry"), services.stamp(issue, position=2, name="Van")
    shown = forms.fill_form(browser, address(issue, "change"))
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

    page = browser.post(address(issue, "preview"), shown).content.decode()

    assert [name in page for name in ("Ferryboat", "Van", "Courier", "Nowhere", "night")] == [
        *(True, False, True, False, True)
    ]
    assert [row.name for row in issue.stamps.order_by("position")] == [first.name, second.name]


def test_preview_of_a_correction_begins_with_what_waits() -> None:
    article, browser = news.article("Old title", standfirst="Old words."), staff.sign_in()
    browser.post(
        address(article, "change"),
        forms.fill_form(browser, address(article, "change"), standfirst="Waiting words.", _continue="1"),
    )

    waiting = browser.get(address(article, "preview")).content.decode()
    page = typed(browser, article, title="New title")

    assert ("Waiting words." in waiting, "Old words." in waiting) == (True, False)
    assert ("New title" in page, "Waiting words." in page) == (True, True)
    assert "Old words." in Client().get(article.get_absolute_url()).content.decode()


def test_every_revision_has_a_preview_of_its_own() -> None:
    article, browser = news.article("First title"), staff.sign_in()
    for title in ("Second title", "Third title"):
        change = address(article, "change")
        browser.post(change, forms.fill_form(browser, change, title=title, _continue="1"))

    shown = [browser.get(address(article, "preview_revision", number)) for number in (1, 2, 3, 4)]

    assert [answer.status_code for answer in shown] == [200, 200, 200, 404]
    assert [
        title in answer.content.decode()
        for title, answer in zip(("First title", "Second title", "Third title"), shown, strict=False)
    ] == [True, True, True]


def test_address_that_another_item_has_is_explained() -> None:
    news.article("Other", slug="taken")
    article, browser = news.article("Mine", slug="mine"), staff.sign_in()
    shown = forms.fill_form(browser, address(article, "change"), slug="taken")

    answer = browser.post(address(article, "preview"), shown)

    assert answer.status_code == 409
    assert "Another article of this day has this address." in answer.content.decode()


def test_revision_whose_address_another_item_has_by_now_is_explained() -> None:
    article, browser = news.article("Mine", slug="mine", state=State.DRAFT), staff.sign_in()
    revisions.record_outside_change(article)
    Article.objects.filter(pk=article.pk).update(slug="moved")
    news.article("Other", slug="mine")

    answer = browser.get(address(article, "preview_revision", 1))

    assert answer.status_code == 409
    assert "A number or an address in it belongs to another item by now." in answer.content.decode()


def test_address_that_cannot_be_one_is_explained() -> None:
    article = news.article("Mine", slug="no/such slug", state=State.DRAFT)

    answer = staff.sign_in().get(address(article, "preview"))

    assert (answer.status_code, "no address may contain" in answer.content.decode()) == (409, True)


def test_issue_at_an_address_of_the_programme_is_explained() -> None:
    issue = services.stamp_issue()
    StampIssue.objects.filter(pk=issue.pk).update(slug="1999")

    answer = staff.sign_in().get(address(issue, "preview"))

    assert (answer.status_code, "Another page answers" in answer.content.decode()) == (409, True)


def test_chinese_item_is_drawn_in_chinese() -> None:
    article = news.article("邮政", language="zh-hans", state=State.DRAFT)

    assert '<html lang="zh-Hans">' in staff.sign_in().get(address(article, "preview")).content.decode()


def test_frame_gets_the_page_once_it_was_drawn_and_nobody_else_does() -> None:
    article, writer = news.article("Old title"), staff.account("Editor")
    browser = staff.sign_in(writer)
    shown = forms.fill_form(browser, address(article, "change"), title="New title")

    kept = browser.post(address(article, "preview"), shown, headers=JSON).json()["address"]

    answer = browser.get(kept)
    policy = answer["Content-Security-Policy"].split("; ")
    assert "New title" in answer.content.decode()
    assert '<base target="_blank">' in answer.content.decode()
    assert ("frame-ancestors 'self'" in policy, answer["X-Frame-Options"]) == (True, "SAMEORIGIN")
    assert staff.sign_in(role="Publisher").get(kept).status_code == 404
    assert Client().get(kept).status_code == 302
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11), tick=False):
        assert browser.get(kept).status_code == 404


def test_drawn_pages_do_not_pile_up() -> None:
    article, browser = news.article("Old title"), staff.sign_in()
    shown = forms.fill_form(browser, address(article, "change"))

    for number in range(6):
        browser.post(address(article, "preview"), {**shown, "title": f"Title {number}"}, headers=JSON)

    assert RenderedPreview.objects.count() == 4


def test_previews_are_inert_and_kept_by_nobody() -> None:
    article, browser = news.article("Old title"), staff.sign_in()
    shown = forms.fill_form(browser, address(article, "change"))
    kept = browser.post(address(article, "preview"), shown, headers=JSON).json()["address"]
    revisions.record_outside_change(article)

    answers = [
        browser.get(address(article, "preview")),
        browser.post(address(article, "preview"), shown),
        browser.get(address(article, "preview_revision", 1)),
        browser.get(kept),
    ]

    for answer, ancestors in zip(answers, ["'none'", "'none'", "'none'", "'self'"], strict=True):
        policy = answer["Content-Security-Policy"].split("; ")
        wanted = {"form-action 'none'", "script-src 'none'", f"frame-ancestors {ancestors}"}
        assert (answer.status_code, wanted - set(policy)) == (200, set())
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert '<meta name="robots" content="noindex, nofollow, noarchive">' in answer.content.decode()
        assert set(answer.cookies) <= {"sessionid"}


def test_reader_never_sees_the_bar(client: Client) -> None:
    page = client.get(news.article("Title").get_absolute_url()).content.decode()

    assert ("seen-as" in page, "noindex" in page) == (False, False)


def test_empty_post_is_a_page_and_no_error() -> None:
    article, browser = news.article("T", standfirst="S"), staff.sign_in()
    news.mention(news.person(), article=article)

    answer = browser.post(address(article, "preview"), {})

    assert answer.status_code == 200


def test_published_item_shows_the_preview_of_its_next_version(client: Client) -> None:
    article, writer = news.article("Old title", standfirst="S"), staff.account("Editor")
    browser = staff.sign_in(writer)
    change = address(article, "change")
    browser.post(change, forms.fill_form(browser, change, title="New title", _continue="1"))
    steps.perform("publish", article, by=staff.account("Editor"))

    page = browser.get(address(article, "preview")).content.decode()

    assert "New title" in page
    assert isinstance(article, Publishable)
