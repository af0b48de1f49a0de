import pytest

from postportal.search import index
from postportal.search.analysis import to_term
from postportal.search.backends.completion import completions
from postportal.search.backends.interface import Prefix
from postportal.search.documents import DocumentKey
from tests.factories import news

pytestmark = pytest.mark.django_db(transaction=True)


def prefix(*whole_words: str, last: str) -> Prefix:
    return Prefix(
        whole_words=tuple((word, to_term(word)) for word in whole_words),
        last_word=(last, to_term(last)),
        language="en",
        kinds=frozenset({"article", "person"}),
        name_kinds=frozenset({"person"}),
    )


def complete(*whole_words: str, last: str, limit: int = 10) -> list[DocumentKey]:
    return list(completions(prefix(*whole_words, last=last), limit=limit))


def test_names_come_first_and_the_limit_applies() -> None:
    older, newer = news.article("Copper line"), news.article("Copper wire")
    person = news.person("Copper", "Mei")

    keys = [DocumentKey("person", person.pk), DocumentKey("article", newer.pk), DocumentKey("article", older.pk)]
    assert complete(last="cop") == keys
    assert complete(last="cop", limit=2) == keys[:2]


def test_only_the_last_word_is_completed_if_titles_have_the_others() -> None:
    rail, railway = news.article("Rail mail"), news.article("Railway mail")

    assert complete(last="rail") == [DocumentKey("article", railway.pk), DocumentKey("article", rail.pk)]
    assert complete("rail", last="ma") == [DocumentKey("article", rail.pk)]
    # No title has the word “railw”, so it is completed as well.
    assert complete("railw", last="ma") == [DocumentKey("article", railway.pk)]


def test_word_that_only_occurs_in_a_text_completes_nothing() -> None:
    news.article("Night mail", standfirst="By copper line")

    assert complete(last="cop") == []
    assert index.backend.completions(prefix(last="nig"), limit=1) != []
