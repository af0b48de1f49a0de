import re
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse
from django.utils.html import escape

from news.models import Article
from postportal.pages.models import Page
from postportal.publishing.admin import PubliclyTimedAdmin, PublishableAdmin, VersionedAdmin
from postportal.publishing.models import Comment
from services.models import StampIssue
from tests.factories import news, staff
from tests.factories.public_items import public_item

PANELS_OF_EVERY_ITEM = [
    "HistoryPanel",
    "DeletedPanel",
    "PreviewPanel",
    "PreviewLinksPanel",
    "ChecksPanel",
    "CommentsPanel",
    "PeoplePanel",
    "PresencePanel",
    "StepsPanel",
    "CopiesPanel",
    "ReleaseMembershipPanel",
    "AutosavePanel",
]


ITEMS = [Article, Page, StampIssue]


def names(classes: list[type]) -> list[str]:
    return [each.__name__ for each in classes]


def test_panels_of_an_item_are_these_in_this_order() -> None:
    assert names(PublishableAdmin.panels) == PANELS_OF_EVERY_ITEM
    assert names(PubliclyTimedAdmin.panels) == [
        "HistoryPanel",
        "DeletedPanel",
        "PresencePanel",
        "ReleaseMembershipPanel",
        "AutosavePanel",
    ]
    assert names(VersionedAdmin.panels) == ["HistoryPanel", "DeletedPanel", "PresencePanel", "AutosavePanel"]


@pytest.mark.parametrize(
    ("model", "own"),
    [(Article, ["NameSuggestionsPanel"]), (StampIssue, ["StampUploadPanel", "WarningsPanel"]), (Page, [])],
)
def test_own_panels_of_a_kind_come_first(model: type, own: list[str]) -> None:
    panels = [type(panel) for panel in admin.site._registry[model].panel_objects]  # type: ignore[attr-defined]

    assert names(panels) == [*own, *PANELS_OF_EVERY_ITEM]


def test_only_what_wraps_the_save_is_a_mixin() -> None:
    ours = [each for each in type(admin.site._registry[Article]).__mro__ if not each.__module__.startswith("django")]

    assert names(ours) == [
        "ArticleAdmin",
        "PublishableAdmin",
        "ItemColumns",
        "PubliclyTimedAdmin",
        "VersionedAdmin",
        # Compares the version that the page showed, before the next one applies the unpublished changes.
        "ConflictAdmin",
        "EditingAdmin",
        "PortalAdmin",
        "PortalFormFields",
        "PersonalTimes",
        "NameSearchAdmin",
        "object",
    ]


@pytest.mark.django_db
def test_panel_answers_a_script_with_itself_and_a_browser_with_the_form() -> None:
    browser, article = staff.sign_in(), news.article()
    address = reverse("admin:news_article_comment", args=[article.pk])

    in_place = browser.post(address, {"text": ""}, headers={"Accept": "application/x-panel"})
    whole = browser.post(address, {"text": ""}, headers={"Accept": "text/html"})

    assert (in_place.status_code, in_place.context["is_panel_error"]) == (200, True)
    assert "<html" not in in_place.content.decode()
    done = browser.post(address, {"text": "Why?"}, headers={"Accept": "text/html"})
    change = reverse("admin:news_article_change", args=[article.pk])
    assert (whole.status_code, f'action="{change}"' in whole.content.decode()) == (200, True)
    assert done["Location"] == f"{change}#comments"


LONG = "a word " * 1000


@pytest.mark.django_db
@pytest.mark.parametrize("model", ITEMS)
@pytest.mark.parametrize(
    ("view", "fields"),
    [
        (("comment",), {"text": f"Why {LONG}", "quote": "by rail", "before": "goes ", "field": "body"}),
        (("comment",), {"text": "Why?", "quote": f"by {LONG}"}),
        (("people", "add-author"), {"user": "Nobody we know"}),
        (("people", "hand-over"), {"user": "Nobody we know", "note": "The figures are missing."}),
        (("people", "assign"), {"user": "Nobody we know", "due_on": "2027-01-09", "note": "Until noon."}),
        (("people", "assign"), {"user": "", "due_on": "2027-02-31", "note": "Until noon."}),
    ],
)
def test_refused_form_of_a_panel_keeps_what_was_typed_without_script(
    model: type[Model], view: tuple[str, ...], fields: dict[str, str]
) -> None:
    item = public_item(model._meta.label_lower, "Quiet wires")
    name, *rest = view
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=[item.pk, *rest])

    answer = staff.sign_in().post(url, fields)

    assert answer.status_code == 200
    kept = {field.name: field.value() for form in _panel_forms(answer) if form.is_bound for field in form}
    assert {name: kept[name] for name in fields} == fields
    page = answer.content.decode()
    assert [escape(value) in page for value in fields.values()] == [True] * len(fields)
    # The browser goes to the reason, and the form of the item is as it was.
    assert page.count("autofocus") == 1
    assert not answer.context["adminform"].form.is_bound


def _panel_forms(answer: Any) -> list[Any]:
    names = ("comment_form", "author_form", "hand_over_form", "assign_form")
    return [answer.context[name] for name in names]


@pytest.mark.django_db
def test_refused_reply_stays_with_its_comment_without_script() -> None:
    browser, article = staff.sign_in(), news.article()
    url = reverse("admin:news_article_comment", args=[article.pk])
    browser.post(url, {"text": "Why?"})
    comment = Comment.objects.get()

    page = browser.post(url, {"text": f"Because {LONG}", "answers": comment.pk}).content.decode()

    [reply] = re.findall(r'<details class="reply" open>.*?</details>', page, re.DOTALL)
    assert (LONG.strip() in reply, page.count(LONG.strip())) == (True, 1)
    assert Comment.objects.count() == 1


@pytest.mark.django_db
def test_viewers_get_no_form_with_what_others_may_type() -> None:
    article = news.article()
    answer = staff.sign_in(role="Viewer").post(reverse("admin:news_article_comment", args=[article.pk]), {"text": ""})

    assert answer.status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["7", "x", "9" * 30])
@pytest.mark.parametrize("view", ["comments/", "preview/", "presence/", "share/", "step/publish/", "history/compare/"])
def test_panel_of_an_item_that_does_not_exist_is_not_found(view: str, key: str) -> None:
    browser = staff.sign_in()
    address = f"/admin/news/article/{key}/{view}"

    assert (browser.get(address).status_code, browser.post(address).status_code) in ((404, 404), (404, 405))


@pytest.mark.django_db
def test_history_of_an_item_that_does_not_exist_leads_home_with_a_message() -> None:
    answer = staff.sign_in().get("/admin/news/article/7/history/", follow=True)

    assert answer.redirect_chain == [("/admin/", 302)]
    assert [str(message) for message in answer.context["messages"]] == [
        "article with ID “7” doesn’t exist. Perhaps it was deleted?"
    ]


@pytest.mark.django_db
def test_row_that_is_only_timed_has_no_workflow() -> None:
    person = news.person()

    page = staff.sign_in().get(reverse("admin:news_person_change", args=[person.pk]))

    assert ("form_steps" in page.context, "release_url" in page.context) == (False, True)
