from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, router, transaction
from pytest_django import DjangoDbBlocker

from news.models import Article, Person
from postportal.page_cache.recording import Recording
from postportal.replicas.monitor import Replicas
from postportal.replicas.reading import ReplicaLost, read_from
from postportal.replicas.router import ReplicaRouter
from tests.postportal.replicas.copies import stand_ins


@pytest.fixture
def replicas(django_db_blocker: DjangoDbBlocker) -> Iterator[Replicas]:
    with stand_ins(2, blocker=django_db_blocker) as made:
        yield made


def test_everything_is_read_from_the_primary_outside_of_pages(replicas: Replicas) -> None:
    assert Article.objects.all().db == router.db_for_read(Article) == DEFAULT_DB_ALIAS


def test_pages_take_turns_and_each_reads_from_one_replica(replicas: Replicas) -> None:
    pages = []
    for _ in range(3):
        with read_from(replicas):
            pages.append({Article.objects.all().db, Person.objects.all().db})

    assert pages == [{"replica_1"}, {"replica_2"}, {"replica_1"}]


def test_what_writes_or_locks_never_goes_to_a_replica(replicas: Replicas) -> None:
    with read_from(replicas):
        databases = [
            router.db_for_write(Article),
            Article.objects.select_for_update().db,
        ]

    assert set(databases) == {DEFAULT_DB_ALIAS}


def test_page_stays_with_the_primary_once_it_has_asked_it(replicas: Replicas) -> None:
    """A counted search, a release that was due, raw SQL: what follows may depend on it."""
    with read_from(replicas):
        before = Article.objects.all().db
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        after = Article.objects.all().db

    assert (before, after) == ("replica_1", DEFAULT_DB_ALIAS)


def test_page_that_is_kept_for_others_is_read_from_the_primary(replicas: Replicas) -> None:
    with read_from(replicas):
        before = Article.objects.all().db
        recording = Recording()
        recording.start()
        after = Article.objects.all().db
        recording.stop()

    assert (before, after) == ("replica_1", DEFAULT_DB_ALIAS)


def test_page_that_began_with_the_primary_stays_there(replicas: Replicas) -> None:
    with read_from(replicas):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = Article.objects.all().db

    assert database == DEFAULT_DB_ALIAS


def test_inside_a_transaction_everything_is_read_from_the_primary(replicas: Replicas) -> None:
    with read_from(replicas):
        with transaction.atomic():
            inside = Article.objects.all().db
        after = Article.objects.all().db

    assert (inside, after) == (DEFAULT_DB_ALIAS, DEFAULT_DB_ALIAS)


def test_next_page_is_read_from_a_replica_again(replicas: Replicas) -> None:
    with read_from(replicas), transaction.atomic():
        assert Article.objects.all().db == DEFAULT_DB_ALIAS

    with read_from(replicas):
        assert Article.objects.all().db == "replica_1"


def test_replica_that_lags_or_cannot_be_opened_is_passed_over(replicas: Replicas) -> None:
    first, second = replicas.all
    connections[second.alias].settings_dict["NAME"] = "/no/such/folder/db"
    first.progress.forget()

    with read_from(replicas):
        database = Article.objects.all().db

    assert database == DEFAULT_DB_ALIAS
    assert replicas.count_current() == 0


def test_error_of_a_replica_is_no_error_that_a_view_could_handle(replicas: Replicas) -> None:
    with pytest.raises(ReplicaLost), read_from(replicas), suppress(Exception):
        list(Article.objects.all())

    # It is the query that failed, and not the server.
    assert replicas.count_current() == 2


def test_rows_of_a_replica_belong_to_the_primary(replicas: Replicas) -> None:
    article = Article(pk=1)
    article._state.db = "replica_1"
    person = Person(pk=2)
    person._state.db = DEFAULT_DB_ALIAS

    assert router.db_for_write(Article, instance=article) == DEFAULT_DB_ALIAS
    assert article.mentions.all().db == DEFAULT_DB_ALIAS
    assert router.allow_relation(article, person)


def test_rows_of_other_databases_stay_there() -> None:
    article = Article(pk=1)
    article._state.db = "target"

    assert router.db_for_write(Article, instance=article) == "target"
    assert ReplicaRouter().allow_relation(article, Person()) is None


def test_replicas_are_not_migrated() -> None:
    assert not router.allow_migrate("replica_1", "news")
    assert router.allow_migrate(DEFAULT_DB_ALIAS, "news")
    assert router.allow_migrate("target", "news")
