from typing import Any

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from news.models import Article, Mention
from postportal.publishing.admin.unsaved_form import apply_unsaved
from postportal.publishing.models import State
from postportal.publishing.previews.rendering import CannotRender
from postportal.publishing.versions import snapshots
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db


def unsaved(article: Article, **changes: Any) -> tuple[dict[str, Any], list[str]]:
    """Return the content of the article with the open form applied, and the notes. Everything is rolled back."""
    browser, address = staff.sign_in(), reverse("admin:news_article_change", args=[article.pk])
    request = RequestFactory().post(address, forms.fill_form(browser, address, **changes))
    request.user = staff.account(is_superuser=True)
    with snapshots.dry_run():
        item, notes = apply_unsaved(admin.site._registry[Article], request, Article.objects.get(pk=article.pk))
        return snapshots.serialize(item), notes


def test_form_is_applied_and_undone() -> None:
    article = news.article("Old", state=State.DRAFT, tags=["rail"])

    content, notes = unsaved(article, title="New", tags=["night"])

    assert (content["fields"]["title"], content["tags"], notes) == ("New", {"tags": ["night"]}, [])
    article.refresh_from_db()
    assert (article.title, list(article.tags.names())) == ("Old", ["rail"])


def test_required_field_that_is_blank_is_blank() -> None:
    article = news.article("Old", state=State.DRAFT, body="<p>By rail.</p>")

    content, notes = unsaved(article, dateline_on="", body="")

    assert (content["fields"]["body"], notes) == ("", [])


def test_value_that_is_not_valid_keeps_the_old_one_and_is_noted() -> None:
    article = news.article("Old", state=State.DRAFT)

    content, notes = unsaved(article, title="New", dateline_on="never")

    assert (content["fields"]["dateline_on"], content["fields"]["title"]) == ("2021-12-08", "New")
    assert len(notes) == 1
    assert notes[0].endswith(": Enter a valid date.")


def test_rows_are_added_changed_and_removed() -> None:
    article = news.article(state=State.DRAFT)
    removed, changed = news.mention(news.person(), article=article), news.mention(news.person(), article=article)
    added = news.organization()
    fields = {
        "mentions-TOTAL_FORMS": 3,
        "mentions-0-DELETE": "on",
        "mentions-1-label": "Ms Zhou",
        "mentions-2-organization": added.pk,
        "mentions-2-order": 7,
        "mentions-2-label": "",
        "mentions-2-article": article.pk,
    }

    content, notes = unsaved(article, **fields)

    rows = {row["pk"]: row for row in content["parts"]["mentions"]}
    assert (removed.pk in rows, rows[changed.pk]["label"], notes) == (False, "Ms Zhou", [])
    assert [row["organization"] for pk, row in rows.items() if pk != changed.pk] == [added.pk]
    assert set(Mention.objects.values_list("pk", "label")) == {(removed.pk, ""), (changed.pk, "")}


def test_row_with_an_error_is_left_out_and_noted() -> None:
    article = news.article(state=State.DRAFT)
    fields = {
        "mentions-TOTAL_FORMS": 1,
        "mentions-0-organization": news.organization().pk,
        "mentions-0-order": "last",
        "mentions-0-label": "",
        "mentions-0-article": article.pk,
    }

    content, notes = unsaved(article, **fields)

    assert (content["parts"]["mentions"], notes) == ([], ["Order: Enter a whole number."])


def test_url_of_another_item_cannot_be_rendered() -> None:
    news.article("Other", slug="taken")
    article = news.article("Old", slug="first")

    with pytest.raises(CannotRender, match=r"Another item already uses|address|URL"):
        unsaved(article, slug="taken")
    assert Article.objects.get(pk=article.pk).slug == "first"
