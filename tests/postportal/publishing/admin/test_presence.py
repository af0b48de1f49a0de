"""Who has an item open, as others see it."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from news.models import Article
from postportal.publishing.models import Presence, State
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


def form_of(row: Any) -> str:
    return reverse("admin:news_article_change", args=[row.pk])


def ping(browser: Client, row: Any, **said: Any) -> Any:
    return browser.post(reverse("admin:news_article_presence", args=[row.pk]), said)


def li_wen() -> Client:
    return staff.sign_in(staff.account("Editor", first_name="Li", last_name="Wen"))


def seen(browser: Client, row: Any) -> list[str]:
    return list(browser.get(form_of(row)).context["presence"]["others"])


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, ["Li Wen has just opened this."]),
        (1, ["Li Wen has had this open for 1 minute."]),
        (4, ["Li Wen has had this open for 4 minutes."]),
    ],
)
def test_form_says_who_else_has_it_open_and_for_how_long(minutes: int, said: list[str]) -> None:
    article, first, second = news.article(), li_wen(), staff.sign_in(role="Editor")
    with time_machine.travel(NOON, tick=False) as clock:
        first.get(form_of(article))
        for _ in range(minutes * 3):
            clock.shift(20)
            assert ping(first, article).json() == {"others": [], "saved": ""}

        assert seen(second, article) == said
        assert seen(second, news.article()) == []
        assert ping(second, article).json()["others"] == said


def test_who_is_silent_for_a_minute_is_gone_and_comes_back_anew() -> None:
    article, first, second = news.article(), li_wen(), staff.sign_in(role="Editor")
    with time_machine.travel(NOON, tick=False) as clock:
        first.get(form_of(article))
        clock.shift(59)
        before = seen(second, article)
        clock.shift(1)
        after = seen(second, article)
        clock.shift(60)
        ping(first, article)

        assert (before, after) == (["Li Wen has just opened this."], [])
        assert seen(second, article) == ["Li Wen has just opened this."]


def test_who_leaves_is_gone_at_once() -> None:
    article, first = news.article(), li_wen()
    first.get(form_of(article))

    answer = ping(first, article, leave="1")

    assert (answer.json(), Presence.objects.count()) == ({}, 0)


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_presence_survives_what_waits_beside_the_item(state: str) -> None:
    article, first = news.article("Old", state=state, standfirst="By rail."), li_wen()
    first.post(form_of(article), {**forms.fill_form(first, form_of(article)), "title": "New", "_continue": "1"})
    Presence.objects.all().delete()

    first.get(form_of(article))

    assert Presence.objects.count() == 1


def test_who_may_only_look_is_told_and_not_listed() -> None:
    article, first, viewer = news.article(), li_wen(), staff.sign_in(role="Viewer")
    first.get(form_of(article))

    page = viewer.get(form_of(article))

    assert page.context["presence"] == {"address": "", "others": ["Li Wen has just opened this."]}
    assert Presence.objects.count() == 1
    assert ping(viewer, article).status_code == 403


@pytest.mark.parametrize(("key", "status"), [(9999, 404), ("x", 404), ("9" * 30, 404)])
def test_presence_at_nothing_is_refused(key: Any, status: int) -> None:
    address = reverse("admin:news_article_presence", args=[key])

    assert staff.sign_in().post(address).status_code == status


def test_presence_is_not_written_by_reading_its_address() -> None:
    article = news.article()

    answer = staff.sign_in().get(reverse("admin:news_article_presence", args=[article.pk]))

    assert (answer.status_code, Presence.objects.count()) == (404, 0)


def test_open_form_is_told_when_somebody_saves() -> None:
    article, first, second = news.article("Old"), li_wen(), staff.sign_in(role="Editor")
    version = second.get(form_of(article)).context["version"]
    first.post(form_of(article), {**forms.fill_form(first, form_of(article)), "title": "New", "_continue": "1"})

    answers = [ping(browser, article, _version=version).json()["saved"] for browser in (first, second)]

    assert answers == ["", "Li Wen has saved it meanwhile. When you save, you see both texts."]
    assert ping(second, article, _version="x").json()["saved"] == ""


def test_names_are_inert() -> None:
    article, second = news.article(), staff.sign_in(role="Editor")
    staff.sign_in(staff.account("Editor", first_name="<b>", last_name="&")).get(form_of(article))

    assert "<b> &" not in second.get(form_of(article)).content.decode()
    assert Article.objects.count() == 1
