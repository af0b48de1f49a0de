import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from postportal.publishing.models import State
from postportal.search.suggestions import suggest
from tests.factories import news, pages, services
from tests.postportal.search.test_results import AT, HOSTILE, SECOND, find

pytestmark = pytest.mark.django_db


def suggested(typed: str, *, at: dt.datetime = AT, language: str = "en") -> list[str]:
    # A search delivers the outbox first, so that saved rows are in the index (conftest.py).
    find("x").count()
    return [suggestion.text for suggestion in suggest(typed, at=at, language=language)]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("co", ["Copper line opens", "Coastal Gazette's Café"]),
        ("cop", ["Copper line opens"]),
        ("COPPER LI", ["Copper line opens"]),
        ("line cop", ["Copper line opens"]),
        ("cop li", ["Copper line opens"]),
        ("li cop ope", ["Copper line opens"]),
        ("copper l", ["Copper line opens"]),
        ("c l", []),
        ("copper lines", ["Copper line opens"]),
        ("copper line opens", ["Copper line opens"]),
        ("café", ["Coastal Gazette's Café"]),
        ("cafe", ["Coastal Gazette's Café"]),
        ("ｃｏｐ", ["Copper line opens"]),
        ("the cop", ["Copper line opens"]),
        ("2016-4", ["Bells"]),
        ("stories", ["Postal stories"]),
        ("storie", ["Postal stories"]),
        ("silver", []),
        ("copper silver", []),
        ("opper", []),
        ("c", []),
        ("", []),
        ("  -- ", []),
    ],
)
def test_title_is_suggested_by_prefixes_of_its_words(typed: str, titles: list[str]) -> None:
    news.article("Copper line opens", standfirst="Silver", dateline_on=dt.date(2021, 2, 1))
    news.article("Coastal Gazette's Café", dateline_on=dt.date(2021, 1, 1))
    news.article("Postal stories")
    services.stamp_issue("Bells", year=2016, number=4)

    assert suggested(typed) == titles


def test_chinese_title_is_suggested_by_any_of_its_characters() -> None:
    news.article("中国邮政快递", language="zh-hans")

    for typed in ("邮", "邮政", "郵政", "政快", "中国 快递"):
        assert suggested(typed, language="zh-hans") == ["中国邮政快递"], typed
    assert suggested("邮政", language="en") == []


def test_names_come_before_tags_and_tags_before_texts() -> None:
    news.article("Copper news", tags=["copper lines", "silver"])
    news.person("Copper", "Mei")
    news.organization("Works of Copper")
    services.hotline("Copper line")
    pages.page("Copper tariff")

    suggested("copper")

    found = [(suggestion.text, str(suggestion.type)) for suggestion in suggest("copper", at=AT, language="en")]

    assert {*found[:2]} == {("Copper Mei", "Person"), ("Copper line", "Hotline")}
    assert found[2:4] == [("Works of Copper", "Organization"), ("copper lines", "Topic")]
    assert {*found[4:]} == {("Copper news", "News"), ("Copper tariff", "Page")}


def test_tag_is_suggested_if_its_page_has_content() -> None:
    news.article("Hush", tags=["copper"], state=State.DRAFT)
    news.article("邮政", tags=["copper wire"], language="zh-hans")

    assert suggested("copper") == []
    assert suggested("copper", language="zh-hans") == ["copper wire"]


def test_row_is_suggested_from_the_second_of_its_publication() -> None:
    news.article("Copper", publish_at=AT)

    assert (suggested("copper", at=AT - SECOND), suggested("copper")) == ([], ["Copper"])


def test_hidden_rows_do_not_shorten_the_list() -> None:
    news.article("Copper of old", dateline_on=dt.date(2000, 1, 1))
    for number in range(45):
        news.article(f"Copper draft {number}", state=State.DRAFT)

    assert suggested("copper") == ["Copper of old"]


def test_renamed_and_deleted_rows_are_not_suggested() -> None:
    renamed, deleted = news.article("Copper one"), news.article("Copper two")
    assert len(suggested("copper")) == 2

    renamed.title = "Silver one"
    renamed.save()
    deleted.delete()

    assert (suggested("copper"), suggested("silver")) == ([], ["Silver one"])


def test_at_most_eight_are_suggested_newest_first() -> None:
    for day in range(1, 13):
        news.article(f"Copper {day}", dateline_on=dt.date(2021, 1, day))

    assert suggested("copper") == [f"Copper {day}" for day in range(12, 4, -1)]


def test_one_suggestion_takes_as_many_queries_as_eight(django_assert_num_queries: Any) -> None:
    news.article("Copper")
    suggested("copper")
    for number in range(20):
        news.article(f"Copper {number}")
    suggested("copper")

    with django_assert_num_queries(6):
        assert len(suggest("copper", at=AT, language="en")) == 8


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_text_breaks_the_suggestions(typed: str) -> None:
    news.article("Night mail")

    assert len(suggested(typed)) <= 8


def test_names_are_suggested_in_the_language_of_the_page() -> None:
    news.person("Zhou", "Mei", name_zh="周梅")

    with translation.override("zh-hans"):
        assert suggested("周", language="zh-hans") == ["周梅"]
