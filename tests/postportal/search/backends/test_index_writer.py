"""Concurrency of the index: editors save and readers search while it is rebuilt."""

from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from threading import Event as Signal

import pytest
from django.db import connection, connections
from django.utils import timezone

from news.models import Article
from news.search import ArticleSearchKind
from postportal.outbox.models import OutboxEvent
from postportal.search import index
from postportal.search.backends.write_lock import write_lock
from postportal.search.documents import Document
from postportal.search.models import ZeroResultSearch, zero_result_search
from postportal.search.query import parse
from postportal.search.results import search
from tests.factories import news

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 4, 8


@pytest.fixture
def _shared_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give threads a database file: an in-memory SQLite database only has one connection."""
    if connection.vendor == "sqlite":
        file = tmp_path / "db.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        monkeypatch.setitem(connections.settings["default"], "NAME", str(file))


def in_thread(work: object, *args: object) -> object:
    try:
        return work(*args)  # type: ignore[operator]
    finally:
        connections.close_all()


def write(barrier: Barrier, writer: int) -> None:
    barrier.wait()
    for number in range(EACH):
        article = news.article(f"Copper {writer} {number}", body="<p>by night mail</p>")
        if number % 4 == 3:
            article.delete()


def count_repeatedly(barrier: Barrier) -> list[int]:
    """Search many times for the articles that exist from the start, and return the counts."""
    barrier.wait()
    return [search(parse("zinc"), at=timezone.now()).count() for _ in range(30)]


def rebuild(barrier: Barrier) -> None:
    barrier.wait()
    for _ in range(2):
        list(index.rebuild())


def state() -> tuple[object, int, int]:
    return index.check(), OutboxEvent.objects.count(), search(parse("copper"), at=timezone.now()).count()


@pytest.mark.usefixtures("_shared_database")
def test_index_stays_correct_under_concurrent_writes_and_searches() -> None:
    barrier = Barrier(WRITERS + 2)

    with ThreadPoolExecutor(WRITERS + 2) as pool:
        for number in range(3):
            pool.submit(in_thread, news.article, f"Zinc {number}").result()
        writers = [pool.submit(in_thread, write, barrier, writer) for writer in range(WRITERS)]
        reader = pool.submit(in_thread, count_repeatedly, barrier)
        rebuilder = pool.submit(in_thread, rebuild, barrier)
        for future in [*writers, rebuilder]:
            future.result()
        counts = reader.result()
        final_state = pool.submit(in_thread, state).result()

    assert set(counts) == {3}  # type: ignore[call-overload]
    assert final_state == (([], [], []), 0, WRITERS * EACH * 3 // 4)


def rename(pk: int, title: str) -> None:
    article = Article.objects.get(pk=pk)
    article.title = title
    article.save()


@pytest.mark.usefixtures("_shared_database")
def test_older_version_of_a_row_never_overwrites_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    read, saved = Signal(), Signal()
    documents = ArticleSearchKind.documents

    def read_slowly(kind: ArticleSearchKind, pks: Collection[int]) -> Iterator[Document]:
        found = list(documents(kind, pks))
        if not read.is_set():
            read.set()
            # The other thread saves now, or as soon as this one releases the lock.
            saved.wait(1)
        return iter(found)

    with ThreadPoolExecutor(2) as pool:
        pk = pool.submit(in_thread, lambda: news.article("Zinc").pk).result()
        monkeypatch.setattr(ArticleSearchKind, "documents", read_slowly)
        first = pool.submit(in_thread, rename, pk, "Copper")
        assert read.wait(10)
        pool.submit(in_thread, rename, pk, "Tin").result()
        saved.set()
        first.result()
        differences = pool.submit(in_thread, index.check).result()

    assert differences == ([], [], [])


def hold_write_lock(held: Signal, release: Signal) -> None:
    with write_lock():
        held.set()
        release.wait(30)


def count_search(text: str) -> int:
    zero_result_search.count_search(text, language="en", today=timezone.localdate())
    return ZeroResultSearch.objects.filter(text=text).count()


@pytest.mark.usefixtures("_shared_database")
def test_search_without_results_does_not_wait_for_an_import() -> None:
    """SQLite has one writer at a time: rather than let the reader wait, the search is not counted."""
    held, release = Signal(), Signal()

    with ThreadPoolExecutor(2) as pool:
        importing = pool.submit(in_thread, hold_write_lock, held, release)
        assert held.wait(10)
        # Well before the lock is released, and before SQLite's own timeout of 20 seconds.
        during = pool.submit(in_thread, count_search, "gold").result(timeout=10)
        release.set()
        importing.result()
        after = pool.submit(in_thread, count_search, "silver").result()

    assert (during, after) == (int(connection.vendor != "sqlite"), 1)
