"""The whole portal in another database, in both directions."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, connections
from django.db.migrations.recorder import MigrationRecorder

from news import kept_counts
from news.models import Article, ArticleCount
from postportal.audit.models import Entry, Head
from postportal.backups.moving import CopiedTable, MoveError, move
from postportal.backups.sequences import read_sequences
from postportal.backups.tables import portal_models
from postportal.search.models import PinnedResult, Synonym, ZeroResultSearch
from tests.factories import audit, news
from tests.postportal.backups import whole_portal
from tests.postportal.backups.conftest import connected

pytestmark = pytest.mark.django_db


def different(tables: list[CopiedTable]) -> list[str]:
    return [table.name for table in tables if not table.is_equal]


def test_portal_moves_to_the_other_database_and_back(other_kind: str, same_kind: str) -> None:
    whole_portal.make_portal()

    there, back = move("default", other_kind), move(other_kind, same_kind)

    assert (different(there), different(back)) == ([], [])
    assert [table[:2] for table in there] == [table[:2] for table in back]
    for alias in (other_kind, same_kind):
        assert whole_portal.tags_of_same_number(alias) == {
            ("article", "rail"),
            ("article", "night mail"),
            ("stampissue", "rail"),
            ("stampissue", "birds"),
        }
        for model in (Synonym, PinnedResult, ZeroResultSearch):
            assert list(model.objects.using(alias).values()) == list(model.objects.values()) != []
        assert whole_portal.head_of(alias) == whole_portal.head_of("default")


def test_next_row_gets_the_number_it_would_have_got(other_kind: str, same_kind: str) -> None:
    whole_portal.make_portal()
    before = read_sequences("default")

    move("default", other_kind)
    move(other_kind, same_kind)

    assert read_sequences(other_kind) == read_sequences(same_kind) == before
    assert before["news_article"] == whole_portal.DELETED_NUMBER
    for alias in (other_kind, same_kind):
        assert Article.objects.using(alias).create().pk == before["news_article"] + 1


def test_original_is_only_read(target: str) -> None:
    whole_portal.make_portal()
    before = {model: list(model._base_manager.order_by("pk").values()) for model in portal_models()}

    move("default", target)

    assert {model: list(model._base_manager.order_by("pk").values()) for model in portal_models()} == before


def test_text_is_copied_exactly_even_if_it_would_be_cleaned_today(target: str) -> None:
    article = news.article()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_article SET body = %s WHERE id = %s", ["<p onclick=x>old</p> ", article.pk])

    move("default", target)

    assert Article.objects.using(target).get().body == "<p onclick=x>old</p> "


def test_log_in_the_other_database_is_protected(target: str) -> None:
    audit.make_entries()

    move("default", target)

    for statement in ("DELETE FROM audit_entry", "UPDATE audit_entry SET detail = ''", "DELETE FROM audit_head"):
        with pytest.raises(DatabaseError, match="append-only"), connections[target].cursor() as cursor:
            cursor.execute(statement)


def test_database_with_rows_is_refused(target: str) -> None:
    news.article("Original")
    move("default", target)
    Article.objects.using(target).update(title="Somebody's own")

    with pytest.raises(MoveError, match=r"not empty: it has rows of .*article.*--replace"):
        move("default", target)

    assert Article.objects.using(target).get().title == "Somebody's own"


def test_rows_are_replaced_on_request(target: str) -> None:
    news.article("First")
    audit.make_entries()
    move("default", target)
    Group.objects.using(target).create(name="Strangers")
    Article.objects.all().delete()
    news.article("Second")

    tables = move("default", target, replace=True)

    assert different(tables) == []
    assert Article.objects.using(target).get().title == "Second"
    assert not Group.objects.using(target).filter(name="Strangers").exists()


def test_database_with_an_entry_in_its_log_is_refused(target: str) -> None:
    # Tests that commit leave none.
    Head.objects.get_or_create(pk=Head.SINGLETON_PK)
    move("default", target)
    with connections[target].cursor() as cursor:
        cursor.execute("UPDATE audit_head SET number = 1")

    with pytest.raises(MoveError, match="not empty: it has rows of head of the audit log"):
        move("default", target)


def test_other_migrations_are_refused(target: str) -> None:
    move("default", target)
    MigrationRecorder(connections[target]).record_applied("news", "0099_later")

    with pytest.raises(MoveError, match=r"different migrations: news.0099_later\. Run “manage.py migrate” on both"):
        move("default", target)


def test_table_of_an_app_that_is_not_installed_is_refused(target: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE weather_station (id integer)")
        cursor.execute("INSERT INTO weather_station VALUES (1)")

    with pytest.raises(MoveError, match="No installed app owns weather_station"):
        move("default", target)


def test_own_database_is_refused() -> None:
    article = news.article()

    with pytest.raises(MoveError, match="already uses this database"):
        move("default", "default", replace=True)

    assert Article.objects.get() == article


def test_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with pytest.raises(MoveError, match="cannot be used"), connected("postgres://nobody@127.0.0.1:1/none"):
        pass


def test_difference_discards_the_copy(target: str) -> None:
    """A trigger of the other database changes what is written to it."""
    move("default", target)
    news.article("Original")
    with connections[target].cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER spoil AFTER INSERT ON news_article BEGIN UPDATE news_article SET title = 'Spoiled'; END"
        )

    tables = move("default", target)

    assert different(tables) == ["news_article"]
    assert not Article.objects.using(target).exists()


def test_value_that_the_database_refuses_is_reported_with_its_table(other_kind: str) -> None:
    if connections[other_kind].vendor != "postgresql":
        pytest.skip("SQLite refuses no text")
    audit.make_entries()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("INSERT INTO taggit_tag (name, slug) VALUES (%s, 'long')", ["x" * 200])

        cursor.execute("PRAGMA ignore_check_constraints = OFF")

    with pytest.raises(MoveError, match="taggit_tag cannot be copied: value too long"):
        move("default", other_kind)

    assert not Entry.objects.using(other_kind).exists()


def test_every_model_is_copied_but_what_triggers_keep(target: str) -> None:
    news.article(tags=["rail"])

    tables: list[Any] = move("default", target)
    again: list[Any] = move("default", target, replace=True)

    assert {table.name for table in tables} == {
        *connection.introspection.table_names(),
    } - {"django_migrations", "news_articlecount", "page_cache_pagedrop"}
    assert different(again) == []
    assert kept_counts.differences(using=target) == {}
    assert ArticleCount.objects.using(target).count() == ArticleCount.objects.count() > 0
