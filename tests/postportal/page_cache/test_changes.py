from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection, connections

from news.models import Article
from postportal.page_cache.changes import EVERYTHING, Changes
from postportal.page_cache.models import PageDrop
from tests.factories.news import article
from tests.page_caches import ask, page_cache

pytestmark = pytest.mark.django_db(transaction=True)


def test_running_process_trims_the_notes_and_nobody_misses_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postportal.page_cache.changes.KEPT_ROWS", 2)
    monkeypatch.setattr("postportal.page_cache.changes.TRIMMED_AT_ONCE", 3)
    url = article("Road 0").get_absolute_url()
    with page_cache() as busy, page_cache() as idle:
        for cache in (busy, idle):
            ask(cache, url)
        for n in range(1, 13):
            Article.objects.update(title=f"Road {n}")
            ask(busy, url)
        left = PageDrop.objects.count()
        bodies = [ask(cache, url).body for cache in (busy, idle)]

    assert left <= 2 + 3
    assert [b"Road 12" in body for body in bodies] == [True, True]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_change_that_is_committed_after_a_later_one_is_on_the_page() -> None:
    early, late = article("Road opens"), article("Pass opens")
    urls = [early.get_absolute_url(), late.get_absolute_url()]
    other = connections.create_connection("default")
    try:
        with page_cache() as cache:
            other.set_autocommit(False)
            with other.cursor() as cursor:
                cursor.execute("UPDATE news_article SET title = 'Road closes' WHERE id = %s", [early.pk])
            Article.objects.filter(pk=late.pk).update(title="Pass closes")
            # Their notes have the keys 1 and 2; the second is seen first.
            before = [ask(cache, url).body for url in urls * 2]
            other.commit()
            after = [ask(cache, url).body for url in urls]
    finally:
        other.close()

    assert [b"Road closes" in body for body in before] == [False] * 4
    assert b"Pass closes" in before[1]
    assert [b"Road closes" in body for body in after] == [True, True]


def test_tag_removed_while_the_changes_are_read_is_one_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    row = article(tags=["Tibet"])
    tag = row.tags.get()
    changes = Changes()
    changes.poll()
    related = Changes._related

    def after_the_tag_is_gone(self: Changes, *args: Any) -> Any:
        row.tags.clear()
        return related(self, *args)

    Article.objects.update(title="Road closes")
    monkeypatch.setattr(Changes, "_related", after_the_tag_is_gone)
    found = {scope for drop in changes.poll() for scope in drop.scopes}
    changes.close()

    assert f"tag_id={tag.pk}" in found


def test_database_that_goes_on_changing_has_changed_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    article()
    changes = Changes()
    changes.poll()
    related = Changes._related
    monkeypatch.setattr(Changes, "_related", lambda *args: [Article.objects.update(title="Road"), *related(*args)][1:])
    Article.objects.update(title="Road closes")
    found = changes.poll()
    changes.close()

    assert found == [EVERYTHING]


def test_database_that_cannot_be_reached_is_not_asked_at_once_again(monkeypatch: pytest.MonkeyPatch) -> None:
    changes, asked = Changes(), []

    def connect(alias: str) -> None:
        asked.append(alias)
        raise OperationalError

    monkeypatch.setattr("postportal.page_cache.changes.connections.create_connection", connect)
    for _ in range(3):
        with pytest.raises(DatabaseError):
            changes.poll()

    assert asked == ["default"]
