"""Staff errors are staff pages with a way back."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from pytest_django import Settings

from news.models import Article
from postportal.publishing.models import State
from postportal.staff.error_pages import offline_staff_error
from postportal.staff.models import Autosave
from postportal.staff.permissions import change_url
from postportal.urls import urlpatterns as portal
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db
KEY = "a" * 32


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("An internal secret")


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("An internal secret")


def unavailable(request: HttpRequest) -> HttpResponse:
    raise OperationalError


handler400 = "postportal.pages.views.errors.bad_request"
handler403 = "postportal.pages.views.errors.forbidden"
handler404 = "postportal.pages.views.errors.not_found"
handler500 = "postportal.pages.views.errors.server_error"
urlpatterns = [
    path("admin/broken/", broken),
    path("admin/suspicious/", suspicious),
    path("admin/unavailable/", unavailable),
    *portal,
]


@pytest.fixture
def _broken_views(settings: Settings) -> Iterator[None]:
    settings.ROOT_URLCONF = __name__
    return


def sign_in(role: str = "") -> Client:
    browser = staff.sign_in(role=role)
    browser.raise_request_exception = False
    return browser


def assert_staff_page(answer: Any, status: int, title: str) -> str:
    page: str = answer.content.decode()
    assert (answer.status_code, re.findall(r"<h1>(.*?)</h1>", page)) == (status, [title])
    assert 'href="/admin/"' in page
    assert "site-footer" not in page
    assert "no-store" in answer.headers["Cache-Control"]
    assert "secret" not in page
    return page


def test_forbidden_step_leads_back_to_the_item_and_its_list() -> None:
    article = news.article("Boats <b>")

    answer = sign_in("Author").post(reverse("admin:news_article_step", args=[article.pk, "withdraw"]))

    page = assert_staff_page(answer, 403, "You do not have permission to do this")
    assert f'<a href="{change_url(article)}">Boats &lt;b&gt;</a>' in page
    assert '<a href="/admin/news/article/">Articles</a>' in page


def test_links_name_nothing_that_the_user_may_not_view() -> None:
    article = news.article("Hush", state=State.DRAFT, publish_at=None)

    page = assert_staff_page(
        sign_in("Philatelist").get(change_url(article)), 403, "You do not have permission to do this"
    )

    assert "Hush" not in page
    assert ">Articles</a>" not in page


@pytest.mark.parametrize("url", ["/admin/news/article/999/history/compare/", "/admin/no/such/page/"])
def test_missing_page(url: str) -> None:
    assert_staff_page(sign_in().get(url), 404, "Page not found")


def test_wrong_method() -> None:
    article = news.article()

    answer = sign_in().get(reverse("admin:news_article_restore", args=[article.pk, 1]))

    assert_staff_page(answer, 405, "This page cannot be opened directly")
    assert answer.headers["Allow"] == "POST"


def test_form_without_a_token_that_cannot_be_recovered() -> None:
    article = news.article()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(staff.account(is_superuser=True))

    answer = browser.post(reverse("admin:news_article_step", args=[article.pk, "withdraw"]), {"reason": "x"})

    assert_staff_page(answer, 403, "The form could not be sent")


@pytest.mark.usefixtures("_broken_views")
@pytest.mark.parametrize(
    ("url", "status", "title"),
    [
        ("/admin/broken/", 500, "Sorry, something went wrong"),
        ("/admin/unavailable/", 503, "Sorry, something went wrong"),
        ("/admin/suspicious/", 400, "There is a problem with this request"),
    ],
)
def test_broken_page_says_nothing_of_what_broke(url: str, status: int, title: str) -> None:
    answer = Client(raise_request_exception=False).get(url)

    assert_staff_page(answer, status, title)
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_page_for_a_broken_database_asks_it_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        page = offline_staff_error(503).content.decode()

    assert 'href="/admin/"' in page


def test_form_above_the_limits_is_a_staff_page_that_says_where_the_text_is(settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
    url = reverse("admin:news_article_add")

    answer = sign_in().post(url, f"body={'x' * 2 * 1024 * 1024}", content_type="application/x-www-form-urlencoded")

    page = assert_staff_page(answer, 413, "The form is too large")
    assert "up to 2 MB of text and 5000 fields" in page


def test_too_many_fields_are_too_large() -> None:
    fields = "&".join(f"f{number}=" for number in range(5001))

    answer = sign_in().post(reverse("admin:news_article_add"), fields, content_type="application/x-www-form-urlencoded")

    assert_staff_page(answer, 413, "The form is too large")


def test_text_above_the_length_of_a_page_comes_back_and_is_autosaved() -> None:
    article, browser = news.article("Old", standfirst="S"), sign_in()
    body = f"<p>{'邮' * 500_000}</p>"
    fields = {**forms.fill_form(browser, change_url(article), title="New", body=body), "_form_key": KEY}

    answer = browser.post(change_url(article), {**fields, "_continue": "1"})
    autosaved = browser.post(reverse("admin:news_article_autosave", args=[article.pk]), fields)

    form = answer.context["adminform"].form
    assert form.errors == {
        "body": ["This text is too long: it has 500,007 characters. Shorten it to 500,000, or split it."]
    }
    assert (form["body"].value(), form["title"].value()) == (body, "New")
    assert (autosaved.status_code, Autosave.objects.count()) == (200, 1)
    assert Article.objects.get().title == "Old"


def test_autosave_above_the_limit_is_refused_in_a_way_that_the_page_understands(settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024
    url = reverse("admin:news_article_autosave", args=[news.article().pk])

    answer = sign_in().post(url, f"body={'x' * 2048}", content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 413


@pytest.mark.parametrize("role", ["", "Author"])
def test_form_tells_its_script_the_limits(role: str) -> None:
    page = sign_in(role).get(reverse("admin:news_article_add")).content.decode()

    assert 'data-max-bytes="8388608" data-max-fields="5000"' in page
