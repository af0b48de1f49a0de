"""Editors save and readers search at once, while the index is written anew."""

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
from postportal.search.backends import index_writer
from postportal.search.documents import Document
from postportal.search.models import ZeroResultSearch, zero_result_search
from postportal.search.query import parse
from postportal.search.results import search
from tests.factories import news

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 4, 8


@pytest.fixture
def _shared_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite in memory is for one connection: threads get a copy in a file, as a portal has it."""
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


def look(barrier: Barrier) -> list[int]:
    """How many of the articles that were there from the beginning are found, time after time."""
    barrier.wait()
    return [search(parse("zinc"), at=timezone.now()).count() for _ in range(30)]


def rebuild(barrier: Barrier) -> None:
    barrier.wait()
    for _ in range(2):
        list(index.rebuild())


def state() -> tuple[object, int, int]:
    return index.check(), OutboxEvent.objects.count(), search(parse("copper"), at=timezone.now()).count()


@pytest.mark.usefixtures("_shared_database")
def test_index_is_whole_whoever_writes_and_reads_at_once() -> None:
    barrier = Barrier(WRITERS + 2)

    with ThreadPoolExecutor(WRITERS + 2) as pool:
        for number in range(3):
            pool.submit(in_thread, news.article, f"Zinc {number}").result()
        writers = [pool.submit(in_thread, write, barrier, writer) for writer in range(WRITERS)]
        reader = pool.submit(in_thread, look, barrier)
        rebuilder = pool.submit(in_thread, rebuild, barrier)
        for done in [*writers, rebuilder]:
            done.result()
        seen = reader.result()
        found = pool.submit(in_thread, state).result()

    assert set(seen) == {3}  # type: ignore[call-overload]
    assert found == (([], [], []), 0, WRITERS * EACH * 3 // 4)


def rename(pk: int, title: str) -> None:
    article = Article.objects.get(pk=pk)
    article.title = title
    article.save()


@pytest.mark.usefixtures("_shared_database")
def test_older_form_of_a_row_never_comes_after_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    read, saved = Signal(), Signal()
    documents = ArticleSearchKind.documents

    def dawdle(kind: ArticleSearchKind, pks: Collection[int]) -> Iterator[Document]:
        found = list(documents(kind, pks))
        if not read.is_set():
            read.set()
            # Whoever has its turn goes on; the other one saves now, or as soon as it may.
            saved.wait(1)
        return iter(found)

    with ThreadPoolExecutor(2) as pool:
        pk = pool.submit(in_thread, lambda: news.article("Zinc").pk).result()
        monkeypatch.setattr(ArticleSearchKind, "documents", dawdle)
        first = pool.submit(in_thread, rename, pk, "Copper")
        assert read.wait(10)
        pool.submit(in_thread, rename, pk, "Tin").result()
        saved.set()
        first.result()
        found = pool.submit(in_thread, index.check).result()

    assert found == ([], [], [])


def hold_the_turn(held: Signal, let_go: Signal) -> None:
    with index_writer.write_lock():
        held.set()
        let_go.wait(30)


def search_in_vain(text: str) -> int:
    zero_result_search.count_search(text, language="en", today=timezone.localdate())
    return ZeroResultSearch.objects.filter(text=text).count()


@pytest.mark.usefixtures("_shared_database")
def test_search_in_vain_does_not_wait_for_an_import() -> None:
    """SQLite has one writer at a time: the count is lost rather than the reader's time."""
    held, let_go = Signal(), Signal()

    with ThreadPoolExecutor(2) as pool:
        importing = pool.submit(in_thread, hold_the_turn, held, let_go)
        assert held.wait(10)
        # Well before anybody would let go, and before SQLite's own twenty seconds are over.
        during = pool.submit(in_thread, search_in_vain, "gold").result(timeout=10)
        let_go.set()
        importing.result()
        after = pool.submit(in_thread, search_in_vain, "silver").result()

    assert (during, after) == (int(connection.vendor != "sqlite"), 1)
