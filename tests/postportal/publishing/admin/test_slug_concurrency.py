from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import close_old_connections
from django.urls import reverse
from taggit.models import Tag

from news.models import Article
from tests.factories import forms, news, staff
from tests.postportal.publishing.conftest import read_in_thread

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 4


def prepare_add(user: User, url: str, **fields: Any) -> Callable[[], int]:
    """Return a function that submits the form of a new row, filled in before."""
    browser = staff.sign_in(user)
    data = forms.fill_form(browser, url, **fields)

    def save() -> int:
        close_old_connections()
        return int(browser.post(url, data).status_code)

    return save


def test_drafts_of_one_title_saved_at_once_get_numbers(at_once: Any) -> None:
    url = reverse("admin:news_article_add")
    works = [prepare_add(staff.account("Author"), url, title="Weather notice") for _ in range(WRITERS)]

    assert at_once(*works) == [302] * WRITERS

    slugs = read_in_thread(lambda: sorted(Article.objects.values_list("slug", flat=True)))
    assert slugs == ["weather-notice", "weather-notice-2", "weather-notice-3", "weather-notice-4"]


def test_drafts_with_one_typed_url_saved_at_once_are_saved_once(at_once: Any) -> None:
    url = reverse("admin:news_article_add")
    works = [
        prepare_add(staff.account("Author"), url, title=f"Notice {number}", slug="notice") for number in range(WRITERS)
    ]

    assert sorted(at_once(*works)) == [200] * (WRITERS - 1) + [302]


def test_tags_saved_at_once_have_different_urls(at_once: Any) -> None:
    names = ["Rail", "Rail!", "Rail?", "Rail."]
    articles = [news.article() for _ in names]

    def tag(article: Article, name: str) -> None:
        close_old_connections()
        article.tags.add(name)

    at_once(*(lambda pair=pair: tag(*pair) for pair in zip(articles, names, strict=True)))

    assert read_in_thread(lambda: Tag.objects.values("slug").distinct().count()) == len(names)
