from typing import Any

import pytest
from django.contrib import admin
from django.http import HttpRequest
from django.test import Client
from django.urls import resolve, reverse

from news.models import Article, Section
from postportal.publishing.models import State
from postportal.staff.autosave import AutosavePanel
from postportal.staff.model_admin import PortalAdmin
from postportal.staff.panels import Panel
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db


class NotingPanel(Panel):
    """Notes what it is told, and adds a header and a variable to the page."""

    def __init__(self, model_admin: Any) -> None:
        super().__init__(model_admin)
        self.notes: list[tuple[str, Any]] = []

    def context(self, request: HttpRequest, item: Any) -> dict[str, Any]:
        self.notes.append(("context", item))
        return {"noted": True}

    def headers(self) -> dict[str, str]:
        return {"X-Noted": "yes"}

    def on_form_saved(self, request: HttpRequest, item: Any) -> None:
        self.notes.append(("saved", item))


@pytest.fixture
def noting(monkeypatch: pytest.MonkeyPatch) -> NotingPanel:
    model_admin: Any = admin.site._registry[Section]
    panel = NotingPanel(model_admin)
    monkeypatch.setattr(model_admin, "panel_objects", [panel, *model_admin.panel_objects])
    return panel


def test_panel_adds_context_and_headers_to_the_form(noting: NotingPanel) -> None:
    section = news.section()

    page = staff.sign_in().get(reverse("admin:news_section_change", args=[section.pk]))

    assert (page.context["noted"], page["X-Noted"]) == (True, "yes")
    assert noting.notes == [("context", section)]


def test_panel_is_told_of_a_save_and_not_of_a_form_that_is_not_valid(noting: NotingPanel) -> None:
    section, browser = news.section(), staff.sign_in()
    address = reverse("admin:news_section_change", args=[section.pk])

    browser.post(address, forms.fill_form(browser, address, name=""))
    refused = [note for note in noting.notes if note[0] == "saved"]
    browser.post(address, forms.fill_form(browser, address, name="Messages"))

    assert (refused, noting.notes[-1]) == ([], ("saved", section))


def test_urls_of_a_panel_come_before_those_of_the_admin_and_are_for_staff() -> None:
    panel = AutosavePanel(admin.site._registry[Section])

    address = panel.url("autosave", 7)

    assert address == "/admin/news/section/7/autosave/"
    assert resolve(address).url_name == "news_section_autosave"
    assert "/admin/login/" in Client().post(address)["Location"]


@pytest.mark.parametrize(
    ("role", "expected"), [("Viewer", (False, False)), ("Author", (True, False)), ("Editor", (True, True))]
)
def test_form_can_be_written_by_those_who_may_save_it(role: str, expected: tuple[bool, bool]) -> None:
    panel = AutosavePanel(admin.site._registry[Article])
    request = HttpRequest()
    request.user = staff.account(role)
    draft_of_somebody_else = news.article(state=State.DRAFT)

    assert (panel.can_write(request, None), panel.can_write(request, draft_of_somebody_else)) == expected


def test_every_model_admin_makes_its_own_panels() -> None:
    ours = [model_admin for model_admin in admin.site._registry.values() if isinstance(model_admin, PortalAdmin)]

    for model_admin in ours:
        assert [type(panel) for panel in model_admin.panel_objects] == model_admin.panels
        assert {panel.model_admin for panel in model_admin.panel_objects} == {model_admin}
    assert len(ours) == len(admin.site._registry)
