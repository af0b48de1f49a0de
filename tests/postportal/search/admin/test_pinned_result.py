"""Editors tell the search what they know."""

import datetime as dt
from html import unescape
from typing import Any

import pytest
from django.test import Client

from postportal.publishing.models import State
from postportal.search.models import PinnedResult, Synonym
from tests.factories import forms, news, pages, services, staff
from tests.factories import search as make

pytestmark = pytest.mark.django_db
ADD = "/admin/search/pinnedresult/add/"
ROWS = "/admin/search/pinnedresult/rows/"


def errors(answer: Any) -> dict[str, Any]:
    found: dict[str, Any] = answer.context["adminform"].form.errors
    return found


def suggested(browser: Client, term: str) -> dict[str, str]:
    return {row["id"]: row["text"] for row in browser.get(ROWS, {"term": term}).json()["results"]}


def test_editor_pins_a_result_of_any_kind() -> None:
    browser = staff.sign_in(role="Editor")
    for row in (news.article(), news.person(), services.hotline(), services.stamp_issue(), pages.page()):
        kind = make.pinned_result("for the name", row).kind
        PinnedResult.objects.all().delete()

        answer = browser.post(
            ADD, forms.fill_form(browser, ADD, queries="Gold ,  gold line", result=f"{kind}-{row.pk}")
        )

        assert answer.status_code == 302, kind
        assert PinnedResult.objects.values_list("queries", "kind", "object_id").get() == (
            "Gold, gold line",
            kind,
            row.pk,
        )


def test_form_shows_what_is_pinned_and_keeps_it() -> None:
    row = make.pinned_result("gold", news.article("Copper <line>", dateline_on=dt.date(2021, 12, 8)))
    address = f"/admin/search/pinnedresult/{row.pk}/change/"
    browser = staff.sign_in(role="Editor")

    page = unescape(browser.get(address).content.decode())
    answer = browser.post(address, forms.fill_form(browser, address, order=3))

    assert f'<option value="article-{row.object_id}" selected>Copper <line> – News, 8 December 2021</option>' in page
    assert answer.status_code == 302
    assert PinnedResult.objects.values_list("object_id", "order").get() == (row.object_id, 3)


NOT_THERE = ["", "article-", "article-999", "x-1", "article--1", "article-²", f"article-{10**18}", f"article-{10**30}"]


@pytest.mark.parametrize("result", NOT_THERE)
def test_result_that_is_not_there_is_refused_and_the_words_stay(result: str) -> None:
    browser = staff.sign_in(role="Editor")

    answer = browser.post(ADD, {**forms.fill_form(browser, ADD, queries="gold"), "result": result})

    assert list(errors(answer)) == ["result"]
    assert 'value="gold"' in answer.content.decode()


def test_result_is_pinned_once() -> None:
    row = make.pinned_result("gold", news.article())
    browser = staff.sign_in(role="Editor")

    answer = browser.post(ADD, forms.fill_form(browser, ADD, queries="silver", result=f"article-{row.object_id}"))

    assert "is pinned already" in str(errors(answer))


def test_rows_are_suggested_whoever_may_see_them_yet() -> None:
    public = news.article("Copper line", dateline_on=dt.date(2021, 12, 8))
    draft = news.article("Copper draft", state=State.DRAFT, dateline_on=dt.date(2020, 1, 2))
    news.article("Silver")
    browser = staff.sign_in(role="Editor")

    assert suggested(browser, "copper") == {
        f"article-{public.pk}": "Copper line – News, 8 December 2021",
        f"article-{draft.pk}": "Copper draft – News, 2 January 2020, readers cannot see it",
    }
    assert suggested(browser, "") == suggested(browser, '"') == {}


@pytest.mark.parametrize(("role", "status"), [("Editor", 200), ("Publisher", 200), ("Author", 403), ("Viewer", 403)])
def test_rows_are_suggested_to_those_who_may_pin_them(role: str, status: int) -> None:
    assert staff.sign_in(role=role).get(ROWS, {"term": "x"}).status_code == status


def test_list_names_results() -> None:
    gone = news.article("Hush")
    make.pinned_result("gone", gone)
    gone.delete()
    make.pinned_result("first", news.article("Copper"))

    page = staff.sign_in(role="Editor").get("/admin/search/pinnedresult/").content.decode()

    assert "Copper – News" in page
    assert "nothing: the item is deleted" in page


def test_editor_adds_synonyms_and_is_told_what_is_wrong() -> None:
    browser = staff.sign_in(role="Editor")
    address = "/admin/search/synonym/add/"

    refused = browser.post(address, forms.fill_form(browser, address, words="parcel, parcels"))
    saved = browser.post(address, forms.fill_form(browser, address, words=" parcel，package ,parcel"))
    again = browser.post(address, forms.fill_form(browser, address, words="parcel, package"))

    assert errors(refused)["words"] == ["Give 2 to 20 words or phrases that differ, with commas between them."]
    assert saved.status_code == 302
    assert Synonym.objects.get().words == "parcel, package"
    assert errors(again)["words"] == ["These words are there already."]


def test_address_fills_the_forms_in() -> None:
    browser = staff.sign_in(role="Editor")

    assert 'value="gold line"' in browser.get(f"{ADD}?queries=gold+line").content.decode()
    assert 'value="gold"' in browser.get("/admin/search/synonym/add/?words=gold").content.decode()


def test_words_are_measured_as_they_are_kept() -> None:
    """Commas get a space, and a ligature is the letters it stands for."""
    browser = staff.sign_in(role="Editor")
    row = make.pinned_result("gold", news.article())
    pin, synonym = f"/admin/search/pinnedresult/{row.pk}/change/", "/admin/search/synonym/add/"

    long = browser.post(pin, forms.fill_form(browser, pin, queries=",".join(f"w{number}" for number in range(120))))
    longer = browser.post(synonym, forms.fill_form(browser, synonym, words="gold, " + "\ufdfa" * 20))

    assert "at most 500 characters" in str(errors(long)["queries"])
    assert "at most 300 characters" in str(errors(longer)["words"])
