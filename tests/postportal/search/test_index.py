"""The index says what the content says, whichever way it changes."""

import re
from collections.abc import Callable, Sequence

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks
from taggit.models import Tag, TaggedItem

from news.models import Article, Mention
from postportal.publishing.models import State
from postportal.search import index
from postportal.search.backends import document_reader
from postportal.search.documents import Document, DocumentKey
from postportal.search.models import IndexBlock, IndexEntry, Posting, Word
from services.models import Stamp
from tests.factories import news, pages, services

commits = pytest.mark.django_db(transaction=True)


def everything() -> Article:
    article = news.article("Copper line opens", body="<p>By night mail</p>", tags=["rail"])
    news.mention(news.person("Zhou", "Mei"), article=article, label="Madam Zhou")
    news.organization("Highland Railway").names.create(name="HR")
    services.short_code_number(services.hotline("Lost letters"))
    issue = services.stamp_issue("Mail roads", tags=["bridges"])
    services.stamp(issue, name="River ferry")
    pages.page("Tariff")
    return article


def change_title(article: Article) -> None:
    article.title = "Tin line opens"
    article.save()


def rename_tag(article: Article) -> None:
    tag = Tag.objects.get(name="rail")
    tag.name = "tramway"
    tag.save()


def write_in_bulk(article: Article) -> None:
    article.title = "Written in bulk"
    Article.objects.bulk_save(new=[], changed=[article], fields=["title"])


def rename_service(article: Article) -> None:
    service = services.hotline("Found parcels").service
    service.name = "Parcels of the north"
    service.save()


def add_partner(article: Article) -> None:
    services.stamp_issue("Bells").partners.add(news.organization("Andes Post"))


def take_partner_away(article: Article) -> None:
    issue, post = services.stamp_issue("Bells"), news.organization("Andes Post")
    issue.partners.add(post)
    post.joint_issues.clear()


def fail_and_roll_back(article: Article) -> None:
    with transaction.atomic():
        change_title(article)
        transaction.set_rollback(True)


CHANGES: list[Callable[[Article], object]] = [
    change_title,
    rename_tag,
    write_in_bulk,
    rename_service,
    add_partner,
    take_partner_away,
    fail_and_roll_back,
    lambda article: article.delete(),
    lambda article: article.tags.add("bridges", "new"),
    lambda article: article.tags.set(["other"]),
    lambda article: article.tags.clear(),
    lambda article: TaggedItem.objects.all().delete(),
    lambda article: Tag.objects.get(name="rail").delete(),
    lambda article: Mention.objects.get().delete(),
    lambda article: article.mentions.update_or_create(defaults={"label": "Director Zhou"}),
    lambda article: news.person("Li", "Na").names.create(name="Lina"),
    lambda article: Stamp.objects.get().delete(),
    lambda article: services.number_from_abroad(services.hotline("From abroad")).delete(),
    lambda article: Article.objects.filter(pk=article.pk).delete(),
]


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_index_follows_every_change(
    change: Callable[[Article], object], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        article = everything()
    assert IndexEntry.objects.count() == 6

    with django_capture_on_commit_callbacks(execute=True):
        change(article)

    assert index.check() == ([], [], [])


@commits
def test_check_names_what_differs() -> None:
    article = everything()
    kept = pages.page("Prices")
    Article.objects.filter(pk=article.pk).update(title="Changed behind its back")
    IndexEntry.objects.filter(kind="page", object_id=kept.pk).delete()
    Stamp.objects.all()._raw_delete("default")
    hotline = IndexEntry.objects.get(kind="hotline")
    hotline.object_id += 1
    hotline.save()

    found = index.check()

    assert [key.kind for key in found.missing] == ["hotline", "page"]
    assert sorted(key.kind for key in found.outdated) == ["article", "stamp-issue"]
    assert [key.kind for key in found.gone] == ["hotline"]
    with pytest.raises(CommandError, match="differs from the content"):
        call_command("search_index", "check")


def contents() -> dict[str, set[tuple[object, ...]]]:
    return {
        "postings": {(row.term, row.block, bytes(row.entries), bytes(row.places)) for row in Posting.objects.all()},
        "blocks": {(row.number, bytes(row.entries), bytes(row.facets)) for row in IndexBlock.objects.all()},
    }


@commits
def test_rebuild_puts_right_whatever_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    everything()
    before = contents()
    Posting.objects.filter(term="copper").delete()
    Posting.objects.filter(term="night").update(entries=b"\x07\x00\x01\x00", places=b"\x00\x00")
    IndexBlock.objects.update(entries=b"\x00" * len(bytes(IndexBlock.objects.get().entries)))
    IndexEntry.objects.create(kind="article", object_id=10**9, fingerprint="x")

    call_command("search_index", "rebuild")

    assert contents() == before
    assert index.check() == ([], [], [])


@commits
def test_rebuild_removes_what_no_entry_knows_of() -> None:
    everything()
    before = contents()
    for number in (IndexBlock.objects.get().number, 777):
        Posting.objects.create(term="stray", block=number, entries=b"\x00\x00\x01\x00", places=b"\x00\x00")

    call_command("search_index", "rebuild")

    assert contents() == before


@commits
def test_rebuild_of_a_sound_index_only_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    everything()
    versions = set(IndexBlock.objects.values_list("version", flat=True))
    before, words = contents(), set(Word.objects.values_list())
    # Another process has met other words before.
    monkeypatch.setattr(document_reader._local, "reader", document_reader.DocumentReader())
    document_reader.get_reader().read(Document(DocumentKey("article", 1), titles=("Lost rail and copper by night",)))

    with CaptureQueriesContext(connection) as asked:
        call_command("search_index", "rebuild")

    tables = "|".join(model._meta.db_table for model in (Posting, IndexBlock, IndexEntry))
    writes = re.compile(rf"(INSERT INTO|UPDATE|DELETE FROM) \"?({tables})")
    assert [query["sql"] for query in asked if writes.search(query["sql"])] == []
    assert (contents(), set(Word.objects.values_list())) == (before, words)
    assert set(IndexBlock.objects.values_list("version", flat=True)) == versions


@commits
def test_rebuild_writes_a_block_anew_that_cannot_be_read() -> None:
    everything()
    before = contents()
    IndexBlock.objects.update(entries=b"half a row", facets=b"half a pair")

    call_command("search_index", "rebuild")

    assert contents() == before


@commits
def test_rebuild_brings_the_words_back() -> None:
    everything()
    before = {word: titles > 0 for word, titles in Word.objects.values_list()}
    Word.objects.filter(text="copper").delete()
    Word.objects.update(titles=0)

    call_command("search_index", "rebuild")

    assert {word: titles > 0 for word, titles in Word.objects.values_list()} == before


@commits
def test_row_that_is_saved_while_its_block_is_worked_out_is_in_as_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    article = everything()
    load, loaded = index.load_documents, []

    def load_and_save(keys: Sequence[DocumentKey]) -> list[Document]:
        found = load(keys)
        if not loaded:
            loaded.append(keys)
            change_title(article)
            news.article("Silver line opens")
        return found

    monkeypatch.setattr(index, "load_documents", load_and_save)
    call_command("search_index", "rebuild")

    assert {"tin", "silver"} <= set(Posting.objects.values_list("term", flat=True))
    assert index.check() == ([], [], [])


@commits
def test_rebuild_fills_an_empty_index(capsys: pytest.CaptureFixture[str]) -> None:
    everything()
    for model in (Posting, IndexBlock, IndexEntry):
        model.objects.all().delete()

    call_command("search_index", "rebuild")
    call_command("search_index", "check")

    assert capsys.readouterr().out.splitlines() == [
        "6 items are in the index.",
        "The index says what the content says.",
    ]


@commits
def test_entry_that_leaves_takes_all_its_postings_with_it() -> None:
    article = news.article("Zinc line", body="<p>zinc and zinc</p>", state=State.DRAFT)
    assert Posting.objects.filter(term="zinc").count() == 1

    article.delete()

    assert (Posting.objects.count(), IndexEntry.objects.count()) == (0, 0)


@commits
def test_unchanged_content_is_not_written_again() -> None:
    article = news.article("Zinc line")
    version = IndexBlock.objects.get().version

    article.save()

    assert IndexBlock.objects.get().version == version
