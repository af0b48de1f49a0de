import re
from collections.abc import Sequence

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postportal.search import index
from postportal.search.backends import document_reader
from postportal.search.documents import Document, DocumentKey
from postportal.search.models import IndexBlock, IndexEntry, Posting, Word
from tests.factories import news
from tests.postportal.search.test_index import change_title, make_one_of_each

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.site_pages]


def index_contents() -> dict[str, set[tuple[object, ...]]]:
    return {
        "postings": {(row.term, row.block, bytes(row.entries), bytes(row.places)) for row in Posting.objects.all()},
        "blocks": {(row.number, bytes(row.entries), bytes(row.facets)) for row in IndexBlock.objects.all()},
    }


def test_rebuild_repairs_every_table() -> None:
    make_one_of_each()
    before = index_contents()
    Posting.objects.filter(term="copper").delete()
    Posting.objects.filter(term="night").update(entries=b"\x07\x00\x01\x00", places=b"\x00\x00")
    for row in IndexBlock.objects.all():
        row.entries = bytes(len(row.entries))
        row.save()
    IndexEntry.objects.create(kind="article", object_id=10**9, fingerprint="x")

    call_command("search_index", "rebuild")

    assert index_contents() == before
    assert index.check() == ([], [], [])


def test_rebuild_removes_stray_postings() -> None:
    make_one_of_each()
    before = index_contents()
    for number in (IndexBlock.objects.values_list("number", flat=True)[0], 777):
        Posting.objects.create(term="stray", block=number, entries=b"\x00\x00\x01\x00", places=b"\x00\x00")

    call_command("search_index", "rebuild")

    assert index_contents() == before


def test_rebuild_of_a_correct_index_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    make_one_of_each()
    versions = set(IndexBlock.objects.values_list("version", flat=True))
    before, words = index_contents(), set(Word.objects.values_list())
    # Like another process, which has numbered other words first.
    monkeypatch.setattr(document_reader._local, "reader", document_reader.DocumentReader())
    document_reader.get_reader().read(Document(DocumentKey("article", 1), titles=("Lost rail and copper by night",)))

    with CaptureQueriesContext(connection) as executed:
        call_command("search_index", "rebuild")

    tables = "|".join(model._meta.db_table for model in (Posting, IndexBlock, IndexEntry))
    is_write = re.compile(rf"(INSERT INTO|UPDATE|DELETE FROM) \"?({tables})")
    assert [query["sql"] for query in executed if is_write.search(query["sql"])] == []
    assert (index_contents(), set(Word.objects.values_list())) == (before, words)
    assert set(IndexBlock.objects.values_list("version", flat=True)) == versions


def test_rebuild_replaces_a_block_that_cannot_be_read() -> None:
    make_one_of_each()
    before = index_contents()
    IndexBlock.objects.update(entries=b"half a row", facets=b"half a pair")

    call_command("search_index", "rebuild")

    assert index_contents() == before


def test_rebuild_restores_the_words() -> None:
    make_one_of_each()
    before = {word: titles > 0 for word, titles in Word.objects.values_list("text", "titles")}
    Word.objects.filter(text="copper").delete()
    Word.objects.update(titles=0)

    call_command("search_index", "rebuild")

    assert {word: titles > 0 for word, titles in Word.objects.values_list("text", "titles")} == before


def test_row_saved_during_the_rebuild_is_indexed_as_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_one_of_each()
    load, loaded = index.load_documents, []

    def load_and_save(keys: Sequence[DocumentKey]) -> list[Document]:
        documents = load(keys)
        if not loaded:
            loaded.append(keys)
            change_title(article)
            news.article("Silver line opens")
        return documents

    monkeypatch.setattr(index, "load_documents", load_and_save)
    call_command("search_index", "rebuild")

    assert {"tin", "silver"} <= set(Posting.objects.values_list("term", flat=True))
    assert index.check() == ([], [], [])
