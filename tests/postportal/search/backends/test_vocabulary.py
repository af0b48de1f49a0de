import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from postportal.search.backends.vocabulary import current_vocabulary
from postportal.search.backends.word_writer import write_words
from postportal.search.models import Word, WriteLock

pytestmark = pytest.mark.django_db


def set_words(version: int, **titles: int) -> None:
    """Store these words, as a writer of the index does that adds them in this version."""
    for text, count in titles.items():
        Word.objects.update_or_create(text=text, defaults={"titles": count, "version": version})
    WriteLock.objects.update_or_create(pk=1, defaults={"words_version": version})


def test_words_of_titles_are_completed_most_frequent_first() -> None:
    set_words(101, mail=5, mailbox=9, mailman=0, main=7, rail=99)

    words = current_vocabulary()

    assert words.words_with_prefix("mail", limit=5) == ["mailbox", "mail"]
    assert words.words_with_prefix("m", limit=2) == ["mailbox", "main"]
    assert words.words_with_prefix("x", limit=5) == []
    assert [word in words for word in ("mail", "mailman", "mai", "zoo")] == [True, False, False, False]


def test_words_of_titles_are_found_by_any_part_of_them() -> None:
    set_words(102, mail=5, airmail=9, email=0, rail=99)

    words = current_vocabulary()

    assert words.words_containing("mai", limit=5) == ["airmail", "mail"]
    assert words.words_containing("ail", limit=2) == ["rail", "airmail"]
    assert words.words_containing("x", limit=5) == []


def test_only_added_words_are_read_again(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    set_words(1, mail=1, road=0)
    current_vocabulary()

    with django_assert_num_queries(1):
        assert current_vocabulary().words == ["mail", "road"]
    # Shows what is read: a writer would have given it a version.
    Word.objects.create(text="unread", titles=1)
    set_words(2, boat=2, rail=3, road=4, zone=5)
    with django_assert_num_queries(2):
        vocabulary = current_vocabulary()
    assert vocabulary.words == ["boat", "mail", "rail", "road", "zone"]
    assert vocabulary.titles.tolist() == [2, 1, 3, 4, 5]


@pytest.mark.parametrize("change", [{"words_epoch": 7}, {"words_version": 1}])
def test_words_of_another_index_are_read_as_a_whole(change: dict[str, int]) -> None:
    set_words(2, mail=1)
    current_vocabulary()

    Word.objects.all().delete()
    Word.objects.create(text="rail", titles=1, version=1)
    WriteLock.objects.update(**change)

    assert current_vocabulary().words == ["rail"]


def test_versions_below_one_that_was_rolled_back_are_read() -> None:
    set_words(1, road=1)
    with transaction.atomic():
        set_words(5, mail=1)
        assert "mail" in current_vocabulary()
        transaction.set_rollback(True)

    set_words(3, rail=1)
    set_words(7, boat=1)

    assert current_vocabulary().words == ["boat", "rail", "road"]


def test_words_of_a_transaction_that_was_rolled_back_hide_no_others() -> None:
    set_words(1, road=1)
    with transaction.atomic():
        write_words({"mail": 1})
        assert "mail" in current_vocabulary()
        transaction.set_rollback(True)

    write_words({"rail": 1})

    assert "rail" in current_vocabulary()
