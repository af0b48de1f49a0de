import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from news.models import Article
from postportal.publishing.models import Presence, State
from postportal.staff.permissions import change_url
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


def ping(browser: Client, row: Any, **fields: Any) -> Any:
    return browser.post(reverse("admin:news_article_presence", args=[row.pk]), fields)


def li_wen() -> Client:
    return staff.sign_in(staff.account("Editor", first_name="Li", last_name="Wen"))


def others_at(browser: Client, row: Any) -> list[str]:
    return list(browser.get(change_url(row)).context["presence"]["others"])


@pytest.mark.parametrize(
    ("minutes", "sentences"),
    [
        (0, ["Li Wen has just opened this."]),
        (1, ["Li Wen has had this open for 1 minute."]),
        (4, ["Li Wen has had this open for 4 minutes."]),
    ],
)
def test_form_names_others_who_have_it_open_and_for_how_long(minutes: int, sentences: list[str]) -> None:
    article, first, second = news.article(), li_wen(), staff.sign_in(role="Editor")
    with time_machine.travel(NOON, tick=False) as clock:
        first.get(change_url(article))
        for _ in range(minutes * 3):
            clock.shift(20)
            assert ping(first, article).json() == {"others": [], "saved": ""}

        assert others_at(second, article) == sentences
        assert others_at(second, news.article()) == []
        assert ping(second, article).json()["others"] == sentences


def test_presence_ends_after_a_minute_without_a_ping_and_starts_again() -> None:
    article, first, second = news.article(), li_wen(), staff.sign_in(role="Editor")
    with time_machine.travel(NOON, tick=False) as clock:
        first.get(change_url(article))
        clock.shift(59)
        before = others_at(second, article)
        clock.shift(1)
        after = others_at(second, article)
        clock.shift(60)
        ping(first, article)

        assert (before, after) == (["Li Wen has just opened this."], [])
        assert others_at(second, article) == ["Li Wen has just opened this."]


def test_presence_ends_when_the_form_is_closed() -> None:
    article, first = news.article(), li_wen()
    first.get(change_url(article))

    answer = ping(first, article, leave="1")

    assert (answer.json(), Presence.objects.count()) == ({}, 0)


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_presence_is_not_undone_with_the_dry_run_of_the_form(state: str) -> None:
    article, first = news.article("Old", state=state, standfirst="By rail."), li_wen()
    first.post(change_url(article), {**forms.fill_form(first, change_url(article)), "title": "New", "_continue": "1"})
    Presence.objects.all().delete()

    first.get(change_url(article))

    assert Presence.objects.count() == 1


def test_viewers_see_others_and_are_not_listed() -> None:
    article, first, viewer = news.article(), li_wen(), staff.sign_in(role="Viewer")
    first.get(change_url(article))

    page = viewer.get(change_url(article))

    assert page.context["presence"] == {"url": "", "others": ["Li Wen has just opened this."]}
    assert Presence.objects.count() == 1
    assert ping(viewer, article).status_code == 403


@pytest.mark.parametrize(("key", "status"), [(9999, 404), ("x", 404), ("9" * 30, 404)])
def test_presence_at_a_missing_item_is_refused(key: Any, status: int) -> None:
    url = reverse("admin:news_article_presence", args=[key])

    assert staff.sign_in().post(url).status_code == status


def test_presence_is_not_written_by_get() -> None:
    article = news.article()

    answer = staff.sign_in().get(reverse("admin:news_article_presence", args=[article.pk]))

    assert (answer.status_code, Presence.objects.count()) == (404, 0)


def test_open_form_is_notified_of_a_newer_save() -> None:
    article, first, second = news.article("Old"), li_wen(), staff.sign_in(role="Editor")
    version = second.get(change_url(article)).context["version"]
    first.post(change_url(article), {**forms.fill_form(first, change_url(article)), "title": "New", "_continue": "1"})

    answers = [ping(browser, article, _version=version).json()["saved"] for browser in (first, second)]

    assert answers == ["", "Li Wen has saved a newer version. When you save, you will see both versions."]
    assert ping(second, article, _version="x").json()["saved"] == ""


def test_names_are_escaped() -> None:
    article, second = news.article(), staff.sign_in(role="Editor")
    staff.sign_in(staff.account("Editor", first_name="<b>", last_name="&")).get(change_url(article))

    assert "<b> &" not in second.get(change_url(article)).content.decode()
    assert Article.objects.count() == 1
