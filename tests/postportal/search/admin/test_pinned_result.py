import datetime as dt
from html import unescape
from typing import Any

import pytest
from django.test import Client

from postportal.publishing.models import State
from postportal.search.models import PinnedResult
from tests.factories import forms, news, pages, services, staff
from tests.factories import search as make

pytestmark = pytest.mark.django_db
ADD = "/admin/search/pinnedresult/add/"
ITEMS = "/admin/search/pinnedresult/rows/"


def form_errors(response: Any) -> dict[str, Any]:
    errors: dict[str, Any] = response.context["adminform"].form.errors
    return errors


def suggested(browser: Client, term: str) -> dict[str, str]:
    return {row["id"]: row["text"] for row in browser.get(ITEMS, {"term": term}).json()["results"]}


def test_editor_pins_a_result_of_any_kind() -> None:
    browser = staff.sign_in(role="Editor")
    for row in (news.article(), news.person(), services.hotline(), services.stamp_issue(), pages.page()):
        kind = make.pinned_result("for the name", row).kind
        PinnedResult.objects.all().delete()

        response = browser.post(
            ADD, forms.fill_form(browser, ADD, queries="Gold ,  gold line", result=f"{kind}-{row.pk}")
        )

        assert response.status_code == 302, kind
        assert PinnedResult.objects.values_list("queries", "kind", "object_id").get() == (
            "Gold, gold line",
            kind,
            row.pk,
        )


def test_form_shows_the_pinned_item_and_saves_it_again() -> None:
    row = make.pinned_result("gold", news.article("Copper <line>", dateline_on=dt.date(2021, 12, 8)))
    url = f"/admin/search/pinnedresult/{row.pk}/change/"
    browser = staff.sign_in(role="Editor")

    page = unescape(browser.get(url).content.decode())
    response = browser.post(url, forms.fill_form(browser, url, order=3))

    assert f'<option value="article-{row.object_id}" selected>Copper <line> – News, 8 December 2021</option>' in page
    assert response.status_code == 302
    assert PinnedResult.objects.values_list("object_id", "order").get() == (row.object_id, 3)


INVALID = ["", "article-", "article-999", "x-1", "article--1", "article-²", f"article-{10**18}", f"article-{10**30}"]


@pytest.mark.parametrize("result", INVALID)
def test_item_that_does_not_exist_is_an_error_and_the_query_stays(result: str) -> None:
    browser = staff.sign_in(role="Editor")

    response = browser.post(ADD, {**forms.fill_form(browser, ADD, queries="gold"), "result": result})

    assert list(form_errors(response)) == ["result"]
    assert 'value="gold"' in response.content.decode()


def test_item_can_be_pinned_only_once() -> None:
    row = make.pinned_result("gold", news.article())
    browser = staff.sign_in(role="Editor")

    response = browser.post(ADD, forms.fill_form(browser, ADD, queries="silver", result=f"article-{row.object_id}"))

    assert "This result is already pinned. Add the query to the existing entry." in str(form_errors(response))


def test_items_are_suggested_public_or_not() -> None:
    public = news.article("Copper line", dateline_on=dt.date(2021, 12, 8))
    draft = news.article("Copper draft", state=State.DRAFT, dateline_on=dt.date(2020, 1, 2))
    news.article("Silver")
    browser = staff.sign_in(role="Editor")

    assert suggested(browser, "copper") == {
        f"article-{public.pk}": "Copper line – News, 8 December 2021",
        f"article-{draft.pk}": "Copper draft – News, 2 January 2020, not public",
    }
    assert suggested(browser, "") == suggested(browser, '"') == {}


@pytest.mark.parametrize(("role", "status"), [("Editor", 200), ("Publisher", 200), ("Author", 403), ("Viewer", 403)])
def test_items_are_suggested_only_to_staff_who_may_pin_them(role: str, status: int) -> None:
    assert staff.sign_in(role=role).get(ITEMS, {"term": "x"}).status_code == status


def test_list_shows_the_pinned_items() -> None:
    deleted = news.article("Hush")
    make.pinned_result("gone", deleted)
    deleted.delete()
    make.pinned_result("first", news.article("Copper"))

    page = staff.sign_in(role="Editor").get("/admin/search/pinnedresult/").content.decode()

    assert "Copper – News" in page
    assert "deleted item" in page


def test_length_is_checked_after_normalizing() -> None:
    browser = staff.sign_in(role="Editor")
    row = make.pinned_result("gold", news.article())
    url = f"/admin/search/pinnedresult/{row.pk}/change/"

    # Each comma gets a space.
    response = browser.post(url, forms.fill_form(browser, url, queries=",".join(f"w{n}" for n in range(120))))

    assert "at most 500 characters" in str(form_errors(response)["queries"])
