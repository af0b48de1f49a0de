"""What is typed and not saved is kept, offered again, and never mistaken for a save."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from news.models import Article, Organization
from postportal.publishing.models import Edition, Revision, State
from postportal.staff.autosave import LARGEST
from postportal.staff.models import Autosave
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db
KEY, OTHER_KEY = "a" * 32, "b" * 32


def keep(browser: Client, row: Any, **fields: Any) -> Any:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_autosave"
    address = reverse(name, args=[row.pk]) if row.pk else reverse(f"{name}_new")
    return browser.post(address, {"_form_key": KEY, **fields})


def form_of(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_what_is_typed_is_kept_beside_item_and_revisions(state: str) -> None:
    article, writer = news.article("Old", state=state), staff.account("Editor")
    before = Article.objects.values().get()

    answer = keep(staff.signed_in(writer), article, title="Half a tit", standfirst="", csrfmiddlewaretoken="x")

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
    browser, article = staff.signed_in(role="Editor"), news.article()
    keep(browser, article, title="one")
    keep(browser, article, title="one more")
    keep(browser, article, title="two", _form_key=OTHER_KEY)

    assert sorted(Autosave.objects.values_list("data", flat=True)) == [
        f"_form_key={KEY}&title=one+more",
        f"_form_key={OTHER_KEY}&title=two",
    ]


def test_keeping_needs_the_right_to_save_the_form() -> None:
    others = news.article(state=State.DRAFT)
    author, viewer = staff.signed_in(role="Author"), staff.signed_in(role="Viewer")

    answers = [
        keep(author, others, title="x").status_code,
        keep(viewer, others, title="x").status_code,
        keep(viewer, Article(), title="x").status_code,
        keep(author, Article(), title="x").status_code,
        keep(staff.signed_in(), Article(pk=9999), title="x").status_code,
        keep(Client(), others, title="x").status_code,
    ]

    assert (answers, Autosave.objects.count()) == ([403, 403, 403, 200, 404, 302], 1)


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"_form_key": "x"}, 400), ({"_form_key": KEY.upper()}, 400), ({"body": "x" * LARGEST}, 413)],
)
def test_what_is_no_form_or_too_large_is_not_kept(fields: dict[str, str], status: int) -> None:
    answer = keep(staff.signed_in(), news.article(), **fields)

    assert (answer.status_code, Autosave.objects.count()) == (status, 0)


def test_reading_keeps_nothing() -> None:
    article = news.article()

    answer = staff.signed_in().get(reverse("admin:news_article_autosave", args=[article.pk]))

    assert answer.status_code == 400


def test_nobody_has_more_than_fifty_texts_waiting() -> None:
    browser = staff.signed_in()
    for number in range(52):
        keep(browser, Article(), title=str(number), _form_key=f"{number:032x}")

    kept = Autosave.objects.order_by("pk").values_list("form_key", flat=True)
    assert (len(kept), kept[0]) == (50, f"{2:032x}")


def test_unsaved_text_is_offered_to_its_writer_alone() -> None:
    article, writer = news.article(), staff.account("Editor")
    keep(staff.signed_in(writer), article, title="Half a tit")

    own = staff.signed_in(writer).get(form_of(article)).context["unsaved"]["offers"]
    elsewhere = staff.signed_in(writer).get(form_of(news.article())).context["unsaved"]["offers"]
    others = staff.signed_in(role="Editor").get(form_of(article)).context["unsaved"]["offers"]

    assert ([offer["form_key"] for offer in own], elsewhere, others) == ([KEY], [], [])


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_taken_text_fills_the_form_and_is_saved_from_there(state: str) -> None:
    article, other = news.article("Old", state=state, standfirst="By rail."), news.organization()
    browser = staff.signed_in(role="Editor")
    shown = forms.filled(browser, form_of(article))
    row = {
        "mentions-TOTAL_FORMS": 1,
        "mentions-0-organization": other.pk,
        "mentions-0-order": 1,
        "mentions-0-label": "",
    }
    keep(browser, article, **{**shown, **row, "title": "Half a tit", "tags": ["rail"], "_form_key": KEY})

    page = browser.get(form_of(article) + f"?_take={KEY}")
    taken = forms.shown(page)

    assert (page.status_code, page.context["errors"]) == (200, [])
    assert (taken["title"], taken["tags"], taken["mentions-0-organization"]) == ("Half a tit", '"rail"', str(other.pk))
    assert (taken["_form_key"], page.context["unsaved"]["offers"]) == (KEY, [])
    assert Article.objects.get().title == "Old"
    browser.post(form_of(article), {**taken, "tags": ["rail"], "_continue": "1"})
    assert Revision.objects.of(article).newest_first()[0].content["fields"]["title"] == "Half a tit"
    assert Autosave.objects.count() == 0


def test_taken_text_that_lacks_something_is_not_scolded() -> None:
    browser, organization = staff.signed_in(), news.organization()
    keep(browser, organization, name="")

    page = browser.get(form_of(organization) + f"?_take={KEY}")

    assert (page.status_code, list(page.context["errors"])) == (200, [])
    assert Organization.objects.get().name != ""


def test_dropped_text_is_gone_and_only_its_writer_drops_it() -> None:
    article, writer = news.article(), staff.account("Editor")
    keep(staff.signed_in(writer), article, title="Half a tit")
    address = reverse("admin:news_article_drop_unsaved", args=[KEY])

    stranger = staff.signed_in().post(address)
    own = staff.signed_in(writer).post(address)

    assert (stranger.status_code, own.status_code, own["Location"]) == (404, 302, form_of(article))
    assert Autosave.objects.count() == 0


def test_new_item_takes_up_where_it_was_left() -> None:
    browser = staff.signed_in(role="Author")
    add = reverse("admin:news_article_add")
    fields = forms.filled(browser, add, title="", body="<p>Half a text</p>", section="", _form_key=KEY)
    keep(browser, Article(), **fields)

    page = browser.get(add)
    taken = browser.get(f"{add}?_take={KEY}")

    assert [offer["form_key"] for offer in page.context["unsaved"]["offers"]] == [KEY]
    assert forms.shown(taken)["body"] == "<p>Half a text</p>"
    assert Article.objects.count() == 0


def test_passwords_are_never_kept() -> None:
    browser, account = staff.signed_in(), staff.account()

    answer = browser.post(reverse("admin:auth_user_autosave", args=[account.pk]), {"_form_key": KEY})

    assert (answer.status_code, Autosave.objects.count()) == (400, 0)


def test_keys_that_are_none_open_the_form_as_it_is() -> None:
    browser, article = staff.signed_in(), news.article("Old")

    pages = [browser.get(form_of(article) + query) for query in (f"?_take={KEY}", "?_take=%27", "?_take=")]

    assert [page.status_code for page in pages] == [200, 200, 200]
