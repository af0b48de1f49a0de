import pytest
from pytest_django import DjangoAssertNumQueries

from postportal.search.backends.vocabulary import current_vocabulary
from postportal.search.models import Word, WriteLock

pytestmark = pytest.mark.django_db


def set_words(version: int, **titles: int) -> None:
    Word.objects.all().delete()
    for text, count in titles.items():
        Word.objects.create(text=text, titles=count)
    WriteLock.objects.update_or_create(pk=1, defaults={"words_version": version})


def test_words_of_titles_are_completed_most_frequent_first() -> None:
    set_words(101, mail=5, mailbox=9, mailman=0, main=7, rail=99)

    words = current_vocabulary()

    assert words.words_with_prefix("mail", limit=5) == ["mailbox", "mail"]
    assert words.words_with_prefix("m", limit=2) == ["mailbox", "main"]
    assert words.words_with_prefix("x", limit=5) == []
    assert [word in words for word in ("mail", "mailman", "mai", "zoo")] == [True, False, False, False]


def test_words_are_read_again_only_after_a_change(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    set_words(201, mail=1)
    current_vocabulary()

    with django_assert_num_queries(1):
        assert current_vocabulary().words == ["mail"]
    set_words(202, mail=1, rail=1)
    assert current_vocabulary().words == ["mail", "rail"]
