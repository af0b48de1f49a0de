"""Autosave of form data, and offering it when the form is opened again."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from news.models import Article, Organization
from postportal.publishing.models import Edition, Revision, State
from postportal.staff.autosave import MAX_DATA_LENGTH
from postportal.staff.models import Autosave
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db
KEY, OTHER_KEY = "a" * 32, "b" * 32


def post_autosave(browser: Client, row: Any, **fields: Any) -> Any:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_autosave"
    url = reverse(name, args=[row.pk]) if row.pk else reverse(f"{name}_new")
    return browser.post(url, {"_form_key": KEY, **fields})


def change_url(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_autosave_changes_neither_item_nor_revisions(state: str) -> None:
    article, writer = news.article("Old", state=state), staff.account("Editor")
    before = Article.objects.values().get()

    answer = post_autosave(staff.sign_in(writer), article, title="Half a tit", standfirst="", csrfmiddlewaretoken="x")

    stored = Autosave.objects.get()
    assert (answer.status_code, list(answer.json())) == (200, ["autosaved_at"])
    assert (stored.object_id, stored.user, stored.data) == (
        article.pk,
        writer,
        f"_form_key={KEY}&title=Half+a+tit&standfirst=",
    )
    assert Article.objects.values().get() == before
    assert (Revision.objects.count(), Edition.objects.count()) == (0, 0)


def test_each_open_form_has_its_own_autosave() -> None:
    browser, article = staff.sign_in(role="Editor"), news.article()
    post_autosave(browser, article, title="one")
    post_autosave(browser, article, title="one more")
    post_autosave(browser, article, title="two", _form_key=OTHER_KEY)

    assert sorted(Autosave.objects.values_list("data", flat=True)) == [
        f"_form_key={KEY}&title=one+more",
        f"_form_key={OTHER_KEY}&title=two",
    ]


def test_autosave_requires_permission_to_save_the_form() -> None:
    others = news.article(state=State.DRAFT)
    author, viewer = staff.sign_in(role="Author"), staff.sign_in(role="Viewer")

    answers = [
        post_autosave(author, others, title="x").status_code,
        post_autosave(viewer, others, title="x").status_code,
        post_autosave(viewer, Article(), title="x").status_code,
        post_autosave(author, Article(), title="x").status_code,
        post_autosave(staff.sign_in(), Article(pk=9999), title="x").status_code,
        post_autosave(Client(), others, title="x").status_code,
    ]

    assert (answers, Autosave.objects.count()) == ([403, 403, 403, 200, 404, 302], 1)


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"_form_key": "x"}, 400), ({"_form_key": KEY.upper()}, 400), ({"body": "x" * MAX_DATA_LENGTH}, 413)],
)
def test_invalid_and_too_large_autosaves_are_refused(fields: dict[str, str], status: int) -> None:
    answer = post_autosave(staff.sign_in(), news.article(), **fields)

    assert (answer.status_code, Autosave.objects.count()) == (status, 0)


def test_autosave_by_get_is_refused() -> None:
    article = news.article()

    answer = staff.sign_in().get(reverse("admin:news_article_autosave", args=[article.pk]))

    assert answer.status_code == 400


def test_oldest_autosaves_beyond_fifty_are_deleted() -> None:
    browser = staff.sign_in()
    for number in range(52):
        post_autosave(browser, Article(), title=str(number), _form_key=f"{number:032x}")

    stored = Autosave.objects.order_by("pk").values_list("form_key", flat=True)
    assert (len(stored), stored[0]) == (50, f"{2:032x}")


def test_autosave_is_offered_only_to_its_user() -> None:
    article, writer = news.article(), staff.account("Editor")
    post_autosave(staff.sign_in(writer), article, title="Half a tit")

    own = staff.sign_in(writer).get(change_url(article)).context["autosave"]["offers"]
    elsewhere = staff.sign_in(writer).get(change_url(news.article())).context["autosave"]["offers"]
    others = staff.sign_in(role="Editor").get(change_url(article)).context["autosave"]["offers"]

    assert ([offer["form_key"] for offer in own], elsewhere, others) == ([KEY], [], [])


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_restored_autosave_fills_the_form_and_can_be_saved(state: str) -> None:
    article, other = news.article("Old", state=state, standfirst="By rail."), news.organization()
    browser = staff.sign_in(role="Editor")
    shown = forms.fill_form(browser, change_url(article))
    row = {
        "mentions-TOTAL_FORMS": 1,
        "mentions-0-organization": other.pk,
        "mentions-0-order": 1,
        "mentions-0-label": "",
    }
    post_autosave(browser, article, **{**shown, **row, "title": "Half a tit", "tags": ["rail"], "_form_key": KEY})

    page = browser.get(change_url(article) + f"?_take={KEY}")
    restored = forms.form_values(page)

    assert (page.status_code, page.context["errors"]) == (200, [])
    assert (restored["title"], restored["tags"], restored["mentions-0-organization"]) == (
        "Half a tit",
        '"rail"',
        str(other.pk),
    )
    assert (restored["_form_key"], page.context["autosave"]["offers"]) == (KEY, [])
    assert Article.objects.get().title == "Old"
    browser.post(change_url(article), {**restored, "tags": ["rail"], "_continue": "1"})
    assert Revision.objects.of(article).newest_first()[0].content["fields"]["title"] == "Half a tit"
    assert Autosave.objects.count() == 0


def test_restored_autosave_is_shown_without_errors() -> None:
    browser, organization = staff.sign_in(), news.organization()
    post_autosave(browser, organization, name="")

    page = browser.get(change_url(organization) + f"?_take={KEY}")

    assert (page.status_code, list(page.context["errors"])) == (200, [])
    assert Organization.objects.get().name != ""


def test_autosave_is_discarded_only_by_its_user() -> None:
    article, writer = news.article(), staff.account("Editor")
    post_autosave(staff.sign_in(writer), article, title="Half a tit")
    url = reverse("admin:news_article_discard_autosave", args=[KEY])

    others = staff.sign_in().post(url)
    own = staff.sign_in(writer).post(url)

    assert (others.status_code, own.status_code, own["Location"]) == (404, 302, change_url(article))
    assert Autosave.objects.count() == 0


def test_autosave_of_a_new_item_can_be_restored() -> None:
    browser = staff.sign_in(role="Author")
    add = reverse("admin:news_article_add")
    fields = forms.fill_form(browser, add, title="", body="<p>Half a text</p>", section="", _form_key=KEY)
    post_autosave(browser, Article(), **fields)

    page = browser.get(add)
    restored = browser.get(f"{add}?_take={KEY}")

    assert [offer["form_key"] for offer in page.context["autosave"]["offers"]] == [KEY]
    assert forms.form_values(restored)["body"] == "<p>Half a text</p>"
    assert Article.objects.count() == 0


def test_password_forms_are_not_autosaved() -> None:
    browser, account = staff.sign_in(), staff.account()

    answer = browser.post(reverse("admin:auth_user_autosave", args=[account.pk]), {"_form_key": KEY})

    assert (answer.status_code, Autosave.objects.count()) == (400, 0)


def test_unknown_form_key_shows_the_saved_form() -> None:
    browser, article = staff.sign_in(), news.article("Old")

    pages = [browser.get(change_url(article) + query) for query in (f"?_take={KEY}", "?_take=%27", "?_take=")]

    assert [page.status_code for page in pages] == [200, 200, 200]
