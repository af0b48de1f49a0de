import pytest
from django.contrib import admin
from django.urls import reverse

from news.models import Article
from postportal.pages.models import Page
from postportal.publishing.admin import PubliclyTimedAdmin, PublishableAdmin, VersionedAdmin
from services.models import StampIssue
from tests.factories import news, staff

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
    assert whole["Location"] == reverse("admin:news_article_change", args=[article.pk]) + "#comments"


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
