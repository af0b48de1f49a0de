"""Neither an expired session nor an outdated CSRF token loses form data."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from news.models import Article
from postportal.publishing.models import Revision, State
from postportal.staff.models import Autosave
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db
LOGIN, ADD = reverse("admin:login"), reverse("admin:news_article_add")
HERE = {"HTTP_ORIGIN": "http://testserver"}


def change_url(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def editor() -> User:
    user = staff.account("Editor")
    user.set_password("only-for-this-test")
    user.save()
    return user


def log_in(browser: Client, page: Any, user: User, password: str = "only-for-this-test") -> Any:
    held = {name: page.context[name] for name in ("next",)} | {"_kept": page.context["form_data"]}
    return browser.post(page.context["app_path"], {**held, "username": user.username, "password": password})


@pytest.mark.parametrize("state", [None, State.DRAFT, State.PUBLISHED])
def test_form_data_comes_back_after_login(state: str | None) -> None:
    user, other = editor(), news.organization()
    url = change_url(news.article("Old", state=state)) if state else ADD
    fields = forms.fill_form(staff.sign_in(user), url, title="Mine", _continue="1")
    row = {
        "mentions-TOTAL_FORMS": 1,
        "mentions-0-organization": other.pk,
        "mentions-0-order": 1,
        "mentions-0-label": "邮",
    }
    browser = Client()

    login_page = browser.post(url, {**fields, **row, "title": "Mine & 邮政"})
    failed = log_in(browser, login_page, user, password="wrong")
    answer = log_in(browser, failed, user)
    page = browser.get(answer["Location"])

    assert (login_page.status_code, failed.status_code, answer.status_code) == (403, 200, 302)
    assert answer["Location"] == f"{url}?_take={fields['_form_key']}"
    restored = forms.form_values(page)
    assert (restored["title"], restored["mentions-0-label"]) == ("Mine & 邮政", "邮")
    assert (Article.objects.filter(title__startswith="Mine").count(), Revision.objects.count()) == (0, 0)
    browser.post(url, {**restored, "tags": [], "_continue": "1"})
    assert Revision.objects.newest_first()[0].content["fields"]["title"] == "Mine & 邮政"
    assert Autosave.objects.count() == 0


def test_nothing_is_stored_for_anonymous_users() -> None:
    article = news.article("Old")

    page = Client().post(change_url(article), {"title": "<script>alert(1)</script>"})

    assert (page.status_code, Autosave.objects.count()) == (403, 0)
    assert "<script>alert" not in page.content.decode()
    assert 'value="title=%3Cscript%3Ealert%281%29%3C%2Fscript%3E"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("url", ["/admin/", "/admin/auth/user/add/", "/admin/news/article/", "/admin/logout/"])
def test_other_urls_and_password_forms_are_not_held(url: str) -> None:
    page = Client().post(url, {"password1": "secret"}, follow=True)

    assert "password1" not in page.content.decode()


@pytest.mark.parametrize(
    "next_address", ["//elsewhere.example/", "https://elsewhere.example/admin/", "/news/", "x", "//["]
)
def test_form_data_with_an_invalid_next_url_is_ignored(next_address: str) -> None:
    user, browser = editor(), Client()
    fields = {"username": user.username, "password": "only-for-this-test", "_kept": "title=x", "next": next_address}

    answer = browser.post(LOGIN, fields)

    assert (answer.status_code, Autosave.objects.count()) == (302, 0)
    assert "elsewhere" not in answer["Location"]


def test_form_with_an_outdated_csrf_token_is_recovered() -> None:
    user, article = editor(), news.article("Old")
    fields = forms.fill_form(staff.sign_in(user), change_url(article), title="Mine")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)

    page = browser.post(change_url(article), fields, **HERE)
    held = {"_kept": page.context["form_data"], "next": page.context["next"]}
    token = {"csrfmiddlewaretoken": str(page.context["csrf_token"])}
    answer = browser.post(reverse("admin:recover_form"), {**held, **token}, **HERE)

    assert (page.status_code, answer["Location"]) == (403, f"{change_url(article)}?_take={fields['_form_key']}")
    assert forms.form_values(browser.get(answer["Location"]))["title"] == "Mine"
    assert Revision.objects.count() == 0


def test_form_without_session_and_csrf_token_is_held() -> None:
    user, article = editor(), news.article("Old")
    fields = forms.fill_form(staff.sign_in(user), change_url(article), title="Mine")

    page = Client(enforce_csrf_checks=True).post(change_url(article), fields, **HERE)

    assert (page.status_code, "title=Mine" in page.context["form_data"]) == (403, True)


@pytest.mark.parametrize(
    "headers", [{}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_REFERER": "http://evil.example/testserver"}]
)
def test_form_of_another_site_is_not_held(headers: dict[str, str]) -> None:
    article, browser = news.article("Old"), Client(enforce_csrf_checks=True)
    browser.force_login(editor())

    page = browser.post(change_url(article), {"title": "Planted"}, **headers)

    assert (page.status_code, "Planted" in page.content.decode()) == (403, False)


def test_public_form_without_csrf_token_is_refused() -> None:
    page = Client(enforce_csrf_checks=True).post("/contact/", {"text": "Hello"}, **HERE)

    assert (page.status_code, "The form could not be sent" in page.content.decode()) == (403, True)


def test_form_data_of_a_deleted_item_becomes_a_new_item() -> None:
    user, article = editor(), news.article("Old")
    url = change_url(article)
    fields = forms.fill_form(staff.sign_in(user), url, title="Mine")
    browser = Client()
    login_page = browser.post(url, fields)
    article.delete()

    answer = log_in(browser, login_page, user)

    assert answer["Location"] == f"{ADD}?_take={fields['_form_key']}"
    assert forms.form_values(browser.get(answer["Location"]))["title"] == "Mine"


def test_recovery_by_get_redirects_to_the_home() -> None:
    assert staff.sign_in().get(reverse("admin:recover_form"))["Location"] == reverse("admin:index")
