import datetime as dt

import pytest

from postportal.search.did_you_mean import correct
from postportal.search.query import parse
from postportal.search.results import search
from tests.factories import news, services
from tests.factories import search as make

AT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def correction(typed: str, **options: str) -> str:
    corrected = correct(search(parse(typed), at=AT, **options))
    return corrected.query.text if corrected else ""


def test_name_comes_before_more_frequent_words() -> None:
    news.person("Liu", "Aili")
    for number in range(5):
        news.article(f"All about Liu {number}")

    assert correction("Liu Ali") == "Liu Aili"


def test_every_misspelt_word_is_corrected() -> None:
    news.article("Fourth postal summit")

    assert correction("postel sumit") == "postal summit"
    assert correction("(postel) fourth") == "(postal) fourth"


@pytest.mark.parametrize("typed", ["jobs", "stolen card", "mail", "summit xyzzy"])
def test_good_query_is_not_made_worse(typed: str) -> None:
    news.article("Mail joins stone cars, a summit")
    hotline = services.hotline("Lost bank card")
    make.pinned_result("stolen card", hotline)

    assert correction(typed) == ""


def test_corrected_query_must_find_a_row_with_every_word() -> None:
    news.article("Copper")
    news.article("Silver")

    assert correction("coppre") == "copper"
    assert correction("coppre silver") == ""


def test_word_of_a_hidden_item_is_not_offered() -> None:
    news.article("Copper", publish_at=AT + dt.timedelta(seconds=1))

    assert correction("coppre") == ""


def test_correction_keeps_the_filters() -> None:
    news.article("Copper", language="zh-hans")

    assert correction("coppre", language="zh-hans") == "copper"
    assert correction("coppre", language="en") == ""
