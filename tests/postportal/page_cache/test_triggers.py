import time
from collections.abc import Iterator

import pytest
from django.db import connection, connections
from pytest_django import Settings

from news.models import Article
from postportal.page_cache import triggers
from postportal.page_cache.models import PageDrop
from postportal.page_cache.page_cache import PageCache
from tests.factories.news import article
from tests.page_caches import ask, is_kept, page_cache

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cache(settings: Settings) -> Iterator[PageCache]:
    settings.DEBUG = True
    with page_cache() as made:
        yield made


def _outcomes(cache: PageCache, url: str) -> list[str]:
    return [ask(cache, url).outcome for _ in range(2)]


def test_nothing_is_kept_between_the_migrations_and_what_notes_writes(cache: PageCache) -> None:
    url = article("Road opens").get_absolute_url()
    before = _outcomes(cache, url)
    try:
        triggers.remove_before_migration("default", plan=["a migration"])
        Article.objects.update(title="Road closes")
        body = ask(cache, url).body
        with page_cache() as begun_meanwhile:
            meanwhile = [*_outcomes(cache, url), *_outcomes(begun_meanwhile, url)]
        Article.objects.update(title="Road is icy")
        last = ask(cache, url).body
    finally:
        triggers.install_after_migration("default")

    assert before == ["miss", "hit"]
    assert (b"Road closes" in body, b"Road is icy" in last) == (True, True)
    assert meanwhile == ["miss"] * 4
    # SQLite in memory may fail once more after the tables have changed.
    assert "hit" in [*_outcomes(cache, url), *_outcomes(cache, url)]


def test_one_missing_trigger_means_that_nothing_is_kept(cache: PageCache) -> None:
    url = article().get_absolute_url()
    name, table, _text = triggers._find(connection)[0]
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))

        assert _outcomes(cache, url) == ["miss", "miss"]
    finally:
        triggers.install(connection)


def test_process_of_another_release_keeps_nothing_after_the_migration(
    cache: PageCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _outcomes(cache, "/")
    triggers.install_after_migration("default")
    with monkeypatch.context() as patch:
        mine = triggers._triggers(connection.vendor)
        patch.setattr(triggers, "_triggers", lambda vendor: mine[1:])
        as_another_release = [outcome for _ in range(2) for outcome in _outcomes(cache, "/")]

    assert (before, as_another_release) == (["miss", "hit"], ["miss"] * 4)


def test_migration_without_a_plan_leaves_the_triggers_alone() -> None:
    triggers.remove_before_migration("default", plan=[])

    assert triggers.are_installed(connection)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL never counts transactions back")
def test_restored_database_drops_pages_although_its_notes_have_gone_back(cache: PageCache) -> None:
    row = article("Road opens")
    url = row.get_absolute_url()
    backup = PageDrop.objects.latest("pk").pk
    for n in range(5):
        Article.objects.update(title=f"Road {n}")
    ask(cache, url)
    was_kept = is_kept(cache, url)
    with connection.cursor() as cursor:
        # As in the backup, whose rows the page has never seen, and then edits until there are as many notes again.
        triggers.remove(connection)
        cursor.execute("UPDATE news_article SET title = 'Road of the backup'")
        triggers.install(connection)
        cursor.execute("DELETE FROM page_cache_pagedrop WHERE id > %s", [backup])
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = 'page_cache_pagedrop'", [backup])
    triggers.drop_everything()
    for _ in range(30):
        article()

    assert was_kept
    assert PageDrop.objects.earliest("pk").pk <= backup
    assert PageDrop.objects.latest("pk").pk > time.time() * 999
    assert b"Road of the backup" in ask(cache, url).body


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_emptied_table_drops_pages(cache: PageCache) -> None:
    url = article(tags=["Tibet"]).get_absolute_url()
    ask(cache, url)
    was_kept = is_kept(cache, url)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE taggit_taggeditem")

    assert was_kept
    assert b"Tibet" not in ask(cache, url).body


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory lets nobody read meanwhile")
def test_change_that_is_open_while_a_page_is_kept_shows_once_committed(cache: PageCache) -> None:
    url = article("Road opens").get_absolute_url()
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE news_article SET title = 'Road closes'")
        before = [ask(cache, url) for _ in range(2)]
        other.commit()
        after = ask(cache, url)
    finally:
        other.close()

    assert [answer.outcome for answer in before] == ["miss", "hit"]
    assert [b"Road closes" in answer.body for answer in (*before, after)] == [False, False, True]


def test_change_that_is_rolled_back_drops_nothing(cache: PageCache) -> None:
    url = article("Road opens").get_absolute_url()
    ask(cache, url)
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE news_article SET title = 'Road closes'")
        other.rollback()
    finally:
        # Django leaves the connections of databases in memory open.
        other.connection.close()

    assert is_kept(cache, url)
