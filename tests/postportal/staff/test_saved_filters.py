"""Saved filters: private or shared, and only of lists that the user may view."""

from typing import Any

import pytest

from postportal.staff.models import MAX_SAVED_FILTERS, SavedFilter
from tests.factories import news, staff

pytestmark = pytest.mark.django_db
SAVE = "/admin/filters/news/article/"


def save(browser: Any, name: str = "Drafts", url: str = SAVE, **fields: str) -> Any:
    return browser.post(url, {"name": name, "query": "visibility=draft&p=3&q=rail", **fields})


def test_filter_is_saved_shown_and_removed() -> None:
    browser = staff.sign_in(role="Editor")

    answer = save(browser)
    page = browser.get(answer["Location"]).content.decode()
    home = browser.get("/admin/").content.decode()
    row = SavedFilter.objects.get()
    removed = browser.post(f"/admin/filters/{row.pk}/remove/")

    assert answer["Location"] == "/admin/news/article/?visibility=draft&q=rail"
    link = '<a href="/admin/news/article/?visibility=draft&amp;q=rail"'
    assert f'{link} aria-current="true">Drafts</a>' in page
    assert f"{link}>Drafts</a>" in home
    assert (removed["Location"], SavedFilter.objects.count()) == ("/admin/news/article/", 0)


def test_list_offers_to_save_what_is_filtered() -> None:
    browser = staff.sign_in()

    assert "Save this filter" not in browser.get("/admin/news/article/").content.decode()
    assert (
        '<input type="hidden" name="query" value="q=rail">'
        in browser.get("/admin/news/article/?q=rail&p=0").content.decode()
    )


def test_private_filter_is_seen_by_its_owner_and_a_shared_one_by_all_who_may_view_the_list() -> None:
    owner = staff.sign_in(role="Editor")
    save(owner, "Private")
    save(owner, "Shared", is_shared="on")
    editor, desk = staff.sign_in(role="Editor"), staff.sign_in(role="Service desk")

    pages = [browser.get("/admin/").content.decode() for browser in (owner, editor, desk)]

    assert [(">Private<" in page, ">Shared<" in page) for page in pages] == [
        (True, True),
        (False, True),
        (False, False),
    ]


def test_others_cannot_remove_it_and_administrators_can() -> None:
    save(staff.sign_in(role="Editor"), is_shared="on")
    url = f"/admin/filters/{SavedFilter.objects.get().pk}/remove/"

    assert staff.sign_in(role="Publisher").post(url).status_code == 404
    assert staff.sign_in().get(url).status_code == 405
    assert staff.sign_in().post(url).status_code == 302


@pytest.mark.parametrize("url", ["/admin/filters/news/article/", "/admin/filters/pages/nothing/"])
def test_list_must_be_viewable(url: str) -> None:
    assert save(staff.sign_in(role="Service desk"), url=url).status_code in (403, 404)
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("name", ["", "x" * 81])
def test_name_is_needed(name: str) -> None:
    save(staff.sign_in(), name)

    assert not SavedFilter.objects.exists()


def test_same_name_replaces_and_the_number_is_limited() -> None:
    user = staff.account("Editor")
    browser = staff.sign_in(user)
    for query in ("q=one", "q=two"):
        save(browser, query=query)
    [row] = SavedFilter.objects.all()
    SavedFilter.objects.bulk_create(
        SavedFilter(user=user, name=f"Filter {number}", content_type=row.content_type)
        for number in range(MAX_SAVED_FILTERS)
    )

    save(browser, "One more")

    assert (row.query, SavedFilter.objects.count()) == ("q=two", MAX_SAVED_FILTERS + 1)


def test_saved_filter_that_is_no_longer_valid_shows_everything() -> None:
    news.article("Night mail")
    browser = staff.sign_in()

    save(browser)
    SavedFilter.objects.update(query="nonsense__x=1")

    answer = browser.get(SavedFilter.objects.get().url, follow=True)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "created_by__password__startswith=a",
        "nonsense__x=1",
        "dateline_on__year=99999999",
        "section__id__exact=abc",
        "q=%00",
        f"q={'a' * 3000}",
    ],
)
def test_filter_that_the_list_refuses_is_not_saved(query: str) -> None:
    browser = staff.sign_in(role="Viewer")
    news.section("News")
    news.section("Views")

    answer = save(browser, query=query, is_shared="on")

    assert not SavedFilter.objects.exists()
    page = browser.get(answer["Location"], follow=True)
    assert page.status_code == 200
    assert "saved" in page.content.decode()
