"""Words of the archive for one that is not in it."""

import datetime as dt

import pytest
from django.db import transaction

from postportal.search.did_you_mean import did_you_mean
from postportal.search.query import parse
from postportal.search.results import search
from tests.factories import news

AT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def instead_of(typed: str) -> str:
    return did_you_mean(search(parse(typed), at=AT))


def test_words_are_those_of_the_archive_whatever_was_read_before() -> None:
    for title, typed in (("Copper", "coppre"), ("Silver", "sivler")):
        with transaction.atomic():
            news.article(title)
            assert instead_of(typed) == title.casefold()
            transaction.set_rollback(True)

    assert instead_of("coppre") == ""


def test_word_without_end_is_none_to_offer() -> None:
    news.article("Copper " + "x" * 65 + "z")

    assert instead_of("coppre") == "copper"
    assert instead_of("x" * 64) == ""
