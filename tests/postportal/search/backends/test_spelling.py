import datetime as dt

import pytest
from django.db import transaction

from postportal.search.backends.spelling import similar_words
from postportal.search.did_you_mean import correct
from postportal.search.query import parse
from postportal.search.results import search
from tests.factories import news

AT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def correction(typed: str) -> str:
    corrected = correct(search(parse(typed), at=AT))
    return corrected.query.text if corrected else ""


def test_cached_words_of_a_rolled_back_save_are_not_suggested() -> None:
    for title, typed in (("Copper", "coppre"), ("Silver", "sivler")):
        with transaction.atomic():
            news.article(title)
            assert correction(typed) == title.casefold()
            transaction.set_rollback(True)

    assert correction("coppre") == ""


def test_very_long_word_is_not_suggested() -> None:
    news.article("Copper " + "x" * 65 + "z")

    assert correction("coppre") == "copper"
    assert correction("x" * 64) == ""


def test_close_and_frequent_words_come_first() -> None:
    for title in ("Mail one", "Mail two", "Mail three", "Main", "Rail"):
        news.article(title)
    search(parse("mail"), at=AT).count()

    assert similar_words("maik") == ["mail", "main", "rail"]
    assert similar_words("nothing") == []
