"""Hostile titles in the form of every model with a slug, saved without a URL, and the pages that readers get."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone, translation
from taggit.models import Tag

from postportal.publishing.models import Publishable, State
from postportal.web.languages import language_of_path
from postportal.web.slugged import Slugged
from tests.factories import forms, news, services, staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TITLES = [
    *(
        "...",
        "★",
        "📮",
        "_",
        "-",
        "?",
        "#",
        "%2e",
        "/",
        "a/b.c",
        "<b>",
        "\u202edlo",
        "a\u00adb",
        "\u30fc",
        "e\u0301cole",
    ),
    *("刘爱力", "नमस्ते", "สวัสดี", "İ", "2016", "Year not known", "T.46"),
    *("zh-hans", "zh", "en", "static", "media", "admin", "api", "feeds", "news", "search", "preview", "healthz"),
    *("x" * 80, "邮" * 40, "नि" * 40),
]
# Label of the model -> name of the column with the name, and what else its form needs.
FORMS: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "news.article": ("title", lambda: {"section": str(news.section().pk), "standfirst": "By rail."}),
    "news.section": ("name", dict),
    "news.source": ("name", dict),
    "news.person": ("family_name", dict),
    "news.organization": ("name", dict),
    "pages.page": ("title", dict),
    "services.service": ("name", dict),
    "services.hotline": ("purpose", lambda: {"service": str(services.service().pk)}),
    "services.stampissue": ("title", dict),
    "taggit.tag": ("name", dict),
}
# Their pages are lists of articles, and nobody has written one yet.
LISTS = {"news.source", "taggit.tag"}


def test_every_model_with_a_slug_is_tried() -> None:
    labels = {model._meta.label_lower for model in apps.get_models() if issubclass(model, Slugged)}

    assert set(FORMS) == {*labels, "taggit.tag"}


@pytest.mark.parametrize("label", FORMS)
def test_any_title_can_be_saved_without_a_url_and_has_a_page(label: str) -> None:
    column, others = FORMS[label]
    model: Any = apps.get_model(label)
    browser, url = staff.sign_in(), reverse(f"admin:{label.replace('.', '_')}_add")
    fields = {**forms.fill_form(browser, url), **others()}
    existing = set(model.objects.values_list("pk", flat=True))

    for title in TITLES:
        answer = browser.post(url, {**fields, column: title})
        assert answer.status_code == 302, (title, answer.context["errors"])

    rows = model.objects.exclude(pk__in=existing).order_by("pk")
    if issubclass(model, Publishable):
        rows.update(state=State.PUBLISHED, publish_at=timezone.now() - dt.timedelta(hours=1))
    urls = [reverse("news:tag", args=[row.slug]) if model is Tag else row.get_absolute_url() for row in rows]
    assert len(set(urls)) == len(TITLES)
    assert all(len(address) <= 500 for address in urls)
    reader = Client()
    for row, address in zip(rows, urls, strict=True):
        answer = reader.get(address)
        assert (answer.status_code, leads_to(row, address, answer.text)) == (404 if label in LISTS else 200, True), (
            address
        )


def leads_to(row: Any, address: str, text: str) -> bool:
    """Return True if the URL is that of the row in its route, or of a place on the page that has this text."""
    path, _hash, fragment = unquote(address).partition("#")
    if fragment:
        return f'id="{fragment}"' in text
    with translation.override(language_of_path(path)):
        return str(getattr(row, getattr(row, "slug_field", "slug"))) in resolve(path).kwargs.values()


def test_same_title_again_gets_a_number() -> None:
    browser, url = staff.sign_in(role="Author"), reverse("admin:news_article_add")
    fields = forms.fill_form(browser, url, title="Weather notice")

    answers = [browser.post(url, fields).status_code for _ in range(2)]

    assert answers == [302, 302]
    slugs = apps.get_model("news.article").objects.values_list("slug", flat=True)
    assert sorted(slugs) == ["weather-notice", "weather-notice-2"]


def test_error_of_a_url_opens_its_fieldset() -> None:
    news.article("Night mail", dateline_on=timezone.localdate())
    browser, url = staff.sign_in(), reverse("admin:news_article_add")

    answer = browser.post(url, forms.fill_form(browser, url, title="Other", slug="night-mail"))

    (fieldset,) = [each for each in answer.context["adminform"] if "slug" in str(each.fields)]
    assert answer.context["adminform"].form.errors["slug"] == [
        "Another article with this date already uses this URL. Choose another."
    ]
    assert not fieldset.is_collapsible


@pytest.mark.parametrize("label", FORMS)
def test_no_script_makes_a_url_of_its_own(label: str) -> None:
    url = reverse(f"admin:{label.replace('.', '_')}_add")

    assert not staff.sign_in().get(url).context["adminform"].prepopulated_fields
