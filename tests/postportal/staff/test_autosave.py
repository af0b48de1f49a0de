"""What is typed and not saved is kept, offered again, and never mistaken for a save."""

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
    address = reverse(name, args=[row.pk]) if row.pk else reverse(f"{name}_new")
    return browser.post(address, {"_form_key": KEY, **fields})


def change_url(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_what_is_typed_is_kept_beside_item_and_revisions(state: str) -> None:
    article, writer = news.article("Old", state=state), staff.account("Editor")
    before = Article.objects.values().get()

    answer = post_autosave(staff.sign_in(writer), article, title="Half a tit", standfirst="", csrfmiddlewaretoken="x")

    kept = Autosave.objects.get()
    assert (answer.status_code, list(answer.json())) == (200, ["kept_at"])
    assert (kept.object_id, kept.user, kept.data) == (
        article.pk,
        writer,
        f"_form_key={KEY}&title=Half+a+tit&standfirst=",
    )
    assert Article.objects.values().get() == before
    assert (Revision.objects.count(), Edition.objects.count()) == (0, 0)


def test_each_open_form_keeps_its_own_text() -> None:
    browser, article = staff.sign_in(role="Editor"), news.article()
    post_autosave(browser, article, title="one")
    post_autosave(browser, article, title="one more")
    post_autosave(browser, article, title="two", _form_key=OTHER_KEY)

    assert sorted(Autosave.objects.values_list("data", flat=True)) == [
        f"_form_key={KEY}&title=one+more",
        f"_form_key={OTHER_KEY}&title=two",
    ]


def test_keeping_needs_the_right_to_save_the_form() -> None:
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
def test_what_is_no_form_or_too_large_is_not_kept(fields: dict[str, str], status: int) -> None:
    answer = post_autosave(staff.sign_in(), news.article(), **fields)

    assert (answer.status_code, Autosave.objects.count()) == (status, 0)


def test_reading_keeps_nothing() -> None:
    article = news.article()

    answer = staff.sign_in().get(reverse("admin:news_article_autosave", args=[article.pk]))

    assert answer.status_code == 400


def test_nobody_has_more_than_fifty_texts_waiting() -> None:
    browser = staff.sign_in()
    for number in range(52):
        post_autosave(browser, Article(), title=str(number), _form_key=f"{number:032x}")

    kept = Autosave.objects.order_by("pk").values_list("form_key", flat=True)
    assert (len(kept), kept[0]) == (50, f"{2:032x}")


def test_unsaved_text_is_offered_to_its_writer_alone() -> None:
    article, writer = news.article(), staff.account("Editor")
    post_autosave(staff.sign_in(writer), article, title="Half a tit")

    own = staff.sign_in(writer).get(change_url(article)).context["unsaved"]["offers"]
    elsewhere = staff.sign_in(writer).get(change_url(news.article())).context["unsaved"]["offers"]
    others = staff.sign_in(role="Editor").get(change_url(article)).context["unsaved"]["offers"]

    assert ([offer["form_key"] for offer in own], elsewhere, others) == ([KEY], [], [])


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_taken_text_fills_the_form_and_is_saved_from_there(state: str) -> None:
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
    taken = forms.form_values(page)

    assert (page.status_code, page.context["errors"]) == (200, [])
    assert (taken["title"], taken["tags"], taken["mentions-0-organization"]) == ("Half a tit", '"rail"', str(other.pk))
    assert (taken["_form_key"], page.context["unsaved"]["offers"]) == (KEY, [])
    assert Article.objects.get().title == "Old"
    browser.post(change_url(article), {**taken, "tags": ["rail"], "_continue": "1"})
    assert Revision.objects.of(article).newest_first()[0].content["fields"]["title"] == "Half a tit"
    assert Autosave.objects.count() == 0


def test_taken_text_that_lacks_something_is_not_scolded() -> None:
    browser, organization = staff.sign_in(), news.organization()
    post_autosave(browser, organization, name="")

    page = browser.get(change_url(organization) + f"?_take={KEY}")

    assert (page.status_code, list(page.context["errors"])) == (200, [])
    assert Organization.objects.get().name != ""


def test_dropped_text_is_gone_and_only_its_writer_drops_it() -> None:
    article, writer = news.article(), staff.account("Editor")
    post_autosave(staff.sign_in(writer), article, title="Half a tit")
    address = reverse("admin:news_article_drop_unsaved", args=[KEY])

    stranger = staff.sign_in().post(address)
    own = staff.sign_in(writer).post(address)

    assert (stranger.status_code, own.status_code, own["Location"]) == (404, 302, change_url(article))
    assert Autosave.objects.count() == 0


def test_new_item_takes_up_where_it_was_left() -> None:
    browser = staff.sign_in(role="Author")
    add = reverse("admin:news_article_add")
    fields = forms.fill_form(browser, add, title="", body="<p>Half a text</p>", section="", _form_key=KEY)
    post_autosave(browser, Article(), **fields)

    page = browser.get(add)
    taken = browser.get(f"{add}?_take={KEY}")

    assert [offer["form_key"] for offer in page.context["unsaved"]["offers"]] == [KEY]
    assert forms.form_values(taken)["body"] == "<p>Half a text</p>"
    assert Article.objects.count() == 0


def test_passwords_are_never_kept() -> None:
    browser, account = staff.sign_in(), staff.account()

    answer = browser.post(reverse("admin:auth_user_autosave", args=[account.pk]), {"_form_key": KEY})

    assert (answer.status_code, Autosave.objects.count()) == (400, 0)


def test_keys_that_are_none_open_the_form_as_it_is() -> None:
    browser, article = staff.sign_in(), news.article("Old")

    pages = [browser.get(change_url(article) + query) for query in (f"?_take={KEY}", "?_take=%27", "?_take=")]

    assert [page.status_code for page in pages] == [200, 200, 200]
