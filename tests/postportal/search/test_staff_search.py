"""Staff find drafts and unpublished changes by any word; readers notice nothing of it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from news.models import Article, Person
from postportal.outbox.models import OutboxEvent
from postportal.publishing.models import State
from postportal.search import index, suggestions
from postportal.search.models import Posting, Word
from postportal.search.query import parse
from postportal.search.results import search
from postportal.search.staff_search import find_rows
from tests.factories import editorial, news, services, staff

pytestmark = pytest.mark.django_db


def find(text: str) -> list[str]:
    pks = find_rows(text, models=[Article], limit=100).get(Article, [])
    return [Article.objects.get(pk=pk).title for pk in pks]


@pytest.fixture
def draft() -> Article:
    fields: dict[str, Any] = {
        "standfirst": "Boats sail daily.",
        "body": "<p>The <b>copper</b> counter was repaired. 夜行邮车开通。</p>",
        "source": news.source("Harbour Gazette"),
        "section": news.section("Rail mail"),
        "dateline_on": dt.date(2021, 12, 8),
    }
    row = news.article("Timetable", state=State.DRAFT, publish_at=None, tags=["night trains"], **fields)
    news.mention(news.person("Liu", "Aili", name_zh="刘爱力"), article=row, label="the president")
    return row


@pytest.mark.parametrize(
    "text",
    [
        *(
            "timetable",
            "boats sail",
            "copper",
            "repairs counter",
            "邮车",
            "夜行",
            "night trains",
            "gazette",
            "rail mail",
        ),
        *("liu", "刘爱力", "president", "2021-12-08", "2021-12", "2021", "copper liu 2021", '"sail daily"'),
        *("copper -silver", "source:harbour-gazette", 'copper section:"Rail mail"', "year:2021 copper"),
    ],
)
def test_draft_is_found_by(draft: Article, text: str) -> None:
    news.article("Something else", dateline_on=dt.date(2020, 1, 1), section=news.section("Other"))

    assert find(text) == ["Timetable"]


@pytest.mark.parametrize(
    "text", ["", "?", "copper silver", '"daily sail"', "copper -boats", "-silver", "source:other copper", "2022"]
)
def test_draft_is_not_found_by(draft: Article, text: str) -> None:
    assert find(text) == []


def test_unpublished_changes_are_found_together_with_the_names_of_the_row() -> None:
    writer = staff.account("Editor")
    live = news.article("Live", body="<p>Old words.</p>", source=news.source("Harbour Gazette"))
    editorial.correction(live, by=writer, body="<p>Zirconium &amp; <i>brass</i> 铜柜台</p>")

    assert [find(text) for text in ("zirconium", "brass gazette", "铜柜台", "silver")] == [["Live"]] * 3 + [[]]


def test_newest_rows_come_first_and_the_number_is_limited() -> None:
    for day in (3, 5, 4):
        news.article(f"Copper {day}", dateline_on=dt.date(2021, 1, day))

    assert find("copper") == ["Copper 5", "Copper 4", "Copper 3"]
    assert len(find_rows("copper", models=[Article], limit=2)[Article]) == 2


def test_only_the_given_models_are_searched(draft: Article) -> None:
    services.stamp_issue("Copper")

    assert set(find_rows("copper", models=[Article, Person], limit=9)) == {Article}
    assert find_rows("copper", models=[], limit=9) == {}


def test_number_of_queries_does_not_depend_on_matches(
    draft: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    find("copper liu")
    with django_assert_num_queries(4) as few:
        find_rows("copper liu", models=[Article], limit=99)
    for number in range(20):
        editorial.correction(news.article(f"Copper Liu {number}"), by=staff.account("Editor"), body="<p>copper</p>")
    find("copper liu")

    with django_assert_num_queries(len(few)):
        assert len(find_rows("copper liu", models=[Article], limit=99)[Article]) == 21


def test_words_of_unpublished_changes_never_reach_readers(client: Client) -> None:
    live = news.article("Live", body="<p>Zirconia.</p>")
    find("live")
    before = set(Posting.objects.values_list("term", flat=True)), set(Word.objects.values_list("text", flat=True))
    editorial.correction(live, by=staff.account("Editor"), title="Secret", body="<p>Zirconium merger.</p>")
    embargoed = news.article("Quiet", body="<p>Yttrium merger.</p>", publish_at=timezone.now() + dt.timedelta(days=1))
    assert [find("zirconium"), find("yttrium")] == [["Live"], [embargoed.title]]

    for word in ("zirconium", "yttrium", "merger"):
        query, at = parse(word), timezone.now()
        results = search(query, at=at, language="en")
        assert (results.count(), results.counts["article"]) == (0, 0)
        assert suggestions.suggest(word[:5], at=at, language="en") == []
        page = client.get("/search/", {"q": word}).content.decode()
        assert "Quiet" not in page
        assert "Secret" not in page
        misspelt = client.get("/search/", {"q": f"{word}x"}).content.decode()
        assert f">{word}<" not in misspelt
    assert index.check().outdated == []
    terms = set(Posting.objects.values_list("term", flat=True)), set(Word.objects.values_list("text", flat=True))
    assert not {
        text for new, old in zip(terms, before, strict=True) for text in new - old if text.startswith("zirconiu")
    }


def test_list_and_quick_search_find_words_of_texts(draft: Article) -> None:
    browser = staff.sign_in(role="Editor")

    listed = browser.get("/admin/news/article/", {"q": "copper boats"})
    suggested = browser.get("/admin/find/suggestions/", {"q": "copper boats"}).json()["results"]

    assert [row.title for row in listed.context["cl"].result_list] == ["Timetable"]
    assert [result["text"] for result in suggested] == ["Timetable"]


def test_search_of_a_list_combines_with_filters_and_names(draft: Article) -> None:
    news.article("Copper by name")
    browser = staff.sign_in(role="Viewer")

    both = browser.get("/admin/news/article/", {"q": "copper"})
    drafts = browser.get("/admin/news/article/", {"q": "copper", "visibility": "draft"})

    assert {row.title for row in both.context["cl"].result_list} == {"Timetable", "Copper by name"}
    assert [row.title for row in drafts.context["cl"].result_list] == ["Timetable"]


def titles_in_list(browser: Any, text: str) -> list[str]:
    rows = browser.get("/admin/news/article/", {"q": text}).context["cl"].result_list
    return sorted(row.title for row in rows)


def test_list_of_articles_finds_parts_of_the_words_of_titles(draft: Article) -> None:
    news.article("Midnight lorries", body="<p>Silver timetables.</p>", dateline_on=dt.date(2020, 1, 1))
    browser = staff.sign_in(role="Editor")

    found = {
        text: titles_in_list(browser, text) for text in ("lorr", "night", "lorrie silv", "timetab", "silv", "orri z")
    }

    assert found == {
        "lorr": ["Midnight lorries"],
        # The tag of the other one.
        "night": ["Midnight lorries", "Timetable"],
        "lorrie silv": [],
        # In texts, only whole words count.
        "timetab": ["Timetable"],
        "silv": [],
        "orri z": [],
    }
    assert titles_in_list(browser, "lorr silver") == ["Midnight lorries"]


def test_article_that_the_index_does_not_know_yet_is_found_by_its_title() -> None:
    browser, article = staff.sign_in(role="Editor"), news.article("Midnight lorries")
    assert titles_in_list(browser, "lorr") == ["Midnight lorries"]

    # Without a signal, the index learns of it only from the outbox.
    Article.objects.filter(pk=article.pk).update(title="Dawn vans", folded_title="dawn vans")
    before = titles_in_list(browser, "van")
    OutboxEvent.objects.create(model_label="news.article", object_id=article.pk)

    assert (before, titles_in_list(browser, "van"), titles_in_list(browser, "tram")) == ([], ["Dawn vans"], [])


def test_article_is_found_by_its_url() -> None:
    article = news.article("Midnight lorries", slug="by-another-name")
    browser = staff.sign_in(role="Editor")

    urls = (f"https://post.example{article.get_absolute_url()}", "by-another-name", "by-another")

    assert [titles_in_list(browser, url) for url in urls] == [["Midnight lorries"], ["Midnight lorries"], []]


def test_who_may_not_view_articles_does_not_find_them(draft: Article) -> None:
    browser = staff.sign_in(role="Service desk")

    assert browser.get("/admin/find/suggestions/", {"q": "copper boats"}).json() == {"results": []}
    assert browser.get("/admin/news/article/", {"q": "copper"}).status_code == 403


def test_choice_in_a_form_is_by_name_only(draft: Article) -> None:
    parameters = {"app_label": "news", "model_name": "article", "field_name": "translation_of"}
    browser = staff.sign_in(role="Editor")

    by_word = browser.get("/admin/autocomplete/", {**parameters, "term": "copper"}).json()["results"]
    by_name = browser.get("/admin/autocomplete/", {**parameters, "term": "timetable"}).json()["results"]

    assert (by_word, len(by_name)) == ([], 1)
