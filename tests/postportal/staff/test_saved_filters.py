"""Saved filters: private or shared, and only of lists that the user may view."""

from typing import Any

import pytest

from postportal.staff.models import MAX_SAVED_FILTERS, SavedFilter
from tests.factories import news, staff

pytestmark = pytest.mark.django_db
LIST = "/admin/news/article/"


def save(
    browser: Any, name: str = "Drafts", url: str = LIST, query: str = "visibility=draft&p=3&q=rail", **fields: str
) -> Any:
    return browser.post(f"{url}?{query}", {"name": name, "_save_filter": "1", **fields})


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
    assert '<form method="post" action="?q=rail">' in browser.get("/admin/news/article/?q=rail&p=0").content.decode()


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


def test_list_must_be_viewable() -> None:
    assert save(staff.sign_in(role="Service desk")).status_code == 403
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("name", "reason"), [("", "This field is required."), ("x" * 81, "at most 80 characters")], ids=["blank", "long"]
)
def test_refused_name_stays_in_its_field_on_the_same_list(name: str, reason: str) -> None:
    shown = news.article("Rail by night")
    news.article("Harbour")

    page = save(staff.sign_in(), name, query="q=rail", is_shared="on")

    text = page.content.decode()
    assert not SavedFilter.objects.exists()
    assert [row.pk for row in page.context["cl"].result_list] == [shown.pk]
    assert f'name="name" value="{name}"' in text or not name
    assert reason in text.split('id="id_filter_name_error"')[1].split("</ul>")[0]
    assert 'name="is_shared" id="id_filter_is_shared" checked' in text
    assert "<details open>" in text


def test_same_name_replaces_and_the_number_is_limited() -> None:
    user = staff.account("Editor")
    browser = staff.sign_in(user)
    for query in ("q=one", "q=two"):
        save(browser, query=query)
    [row] = SavedFilter.objects.all()
    SavedFilter.objects.bulk_create(
        SavedFilter(user=user, name=f"Filter {number}", content_type=row.content_type)
        for number in range(MAX_SAVED_FILTERS - 1)
    )

    page = save(browser, "One more").content.decode()
    save(browser, query="q=three")
    row.refresh_from_db()

    assert "Remove one first." in page
    assert 'value="One more"' in page
    assert (row.query, SavedFilter.objects.count()) == ("q=three", MAX_SAVED_FILTERS)


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


def test_filter_with_a_zero_byte_is_refused_as_every_such_url() -> None:
    assert save(staff.sign_in(), query="q=%00").status_code == 400
    assert not SavedFilter.objects.exists()
