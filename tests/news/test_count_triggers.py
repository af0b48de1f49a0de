"""Transactions that change numbers at the same time."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, transaction
from taggit.models import Tag

from news import kept_counts
from news.models import Article, Section
from postportal.tags.merging import merge_tags
from tests.factories import news

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
PATIENCE = 10


def in_thread(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_writers_of_the_same_number_do_not_wait_for_each_other() -> None:
    section = news.section("Fleet")
    is_written, may_commit = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            news.article(section=section)
            is_written.set()
            may_commit.wait(PATIENCE)

    slow = in_thread(write_slowly)
    assert is_written.wait(PATIENCE)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        news.article(section=section)
    kept_counts.fold("news.article", [])
    may_commit.set()
    slow.join()

    assert Article.objects.count() == 2
    assert kept_counts.differences() == {}


def test_tag_added_while_its_article_moves_is_counted_in_the_new_section() -> None:
    news.section("Fleet")
    messages = news.section("Messages")
    article = news.article(section=Section.objects.get(name="Fleet"))
    is_tagged, may_commit = threading.Event(), threading.Event()

    def tag_slowly() -> None:
        with transaction.atomic():
            article.tags.add("rail")
            is_tagged.set()
            may_commit.wait(PATIENCE)

    def move() -> None:
        Article.objects.filter(pk=article.pk).update(section=messages)

    tagging = in_thread(tag_slowly)
    assert is_tagged.wait(PATIENCE)
    moving = in_thread(move)
    moving.join(timeout=1)
    may_commit.set()
    tagging.join()
    moving.join()

    assert kept_counts.differences() == {}


def merge_night() -> None:
    merge_tags(Tag.objects.get(name="day"), [Tag.objects.get(name="night")])


def delete_night() -> None:
    Tag.objects.get(name="night").delete()


@pytest.mark.parametrize("change", [merge_night, delete_night])
def test_change_of_a_tag_and_an_import_do_not_block_each_other(change: Callable[[], None]) -> None:
    """Both lock many articles."""
    articles = [news.article() for _n in range(3)]
    for article in reversed(articles):
        article.tags.add("night")
    news.article(tags=["day"])
    is_first_locked, errors = threading.Event(), []

    def write_in_order() -> None:
        try:
            with transaction.atomic():
                for article in articles:
                    Article.objects.select_for_update().get(pk=article.pk)
                    is_first_locked.set()
                    time.sleep(0.2)
        except OperationalError as error:
            errors.append(error)

    writing = in_thread(write_in_order)
    assert is_first_locked.wait(PATIENCE)
    change()
    writing.join()

    assert (errors, kept_counts.differences()) == ([], {})
