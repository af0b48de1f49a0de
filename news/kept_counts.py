"""Upkeep of the kept numbers of articles: comparison with the articles, rebuilding and folding."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from django.apps import apps as installed
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Count, Sum

from news import count_triggers
from news.models import Article, ArticleCount
from news.models.article_count import ALWAYS, KEY, NEVER, Facet, month_number, month_of
from postportal.page_cache.triggers import drop_everything
from postportal.publishing.opening import opening

# Values of KEY.
Key = tuple[str, int, str, int, int, int, int]
_FIELDS = {
    Facet.SOURCE: "source",
    Facet.TAG: "tags",
    Facet.PERSON: "mentions__person",
    Facet.ORGANIZATION: "mentions__organization",
}
_ROWS_AT_ONCE = 1000
# Apps with tables that the triggers name.
_MIGRATED_APPS = ("news", "taggit", "contenttypes")
# Any number that no other lock of the portal has.
_FOLD_LOCK = 4_500_045
_FOLD = f"""
    WITH spread AS (DELETE FROM news_articlecount WHERE batch <> 0 RETURNING *)
    INSERT INTO news_articlecount ({", ".join(KEY)}, batch, count)
    SELECT {", ".join(KEY)}, 0, sum(count) FROM spread GROUP BY {", ".join(KEY)} HAVING sum(count) <> 0
    ON CONFLICT ({", ".join(KEY)}, batch) DO UPDATE SET count = news_articlecount.count + excluded.count
"""  # noqa: S608 - our own names


def differences(*, using: str = DEFAULT_DB_ALIAS) -> dict[Key, tuple[int, int]]:
    """Return the kept and the true number wherever they differ."""
    with transaction.atomic(using=using):
        _lock(using)
        return _compare(using)


def rebuild(*, using: str = DEFAULT_DB_ALIAS) -> int:
    """Count everything again if a kept number is wrong, and return how many were."""
    with transaction.atomic(using=using):
        _lock(using)
        wrong = _compare(using)
        if wrong:
            rows = ArticleCount.objects.using(using)
            rows.all().delete()
            rows.bulk_create(
                (ArticleCount(**dict(zip(KEY, key, strict=True)), count=count) for key, count in _count(using).items()),
                batch_size=_ROWS_AT_ONCE,
            )
            drop_everything(using)
    return len(wrong)


def keep(*, using: str, apps: Any = installed, **kwargs: Any) -> None:
    """Install the triggers and correct the numbers. Runs after every migration: on SQLite, one that changes a column
    makes the table again, without its triggers."""
    try:
        for label in ("news.Article", "news.ArticleCount", "news.Mention", "taggit.TaggedItem"):
            apps.get_model(label)
    except LookupError:
        return  # The tables do not exist yet, or any more.
    # Not in one transaction, which would lock one table and wait for another. `rebuild` corrects what is missed.
    count_triggers.install(connections[using])
    rebuild(using=using)


def suspend(*, using: str, plan: Sequence[tuple[Any, bool]], **kwargs: Any) -> None:
    """Remove the triggers on SQLite before migrations of tables that they name: it refuses to make such a table again
    while a trigger of another table names it. Runs before every migration; `keep` installs them again."""
    is_named = any(migration.app_label in _MIGRATED_APPS for migration, _is_backwards in plan)
    if is_named and connections[using].vendor == "sqlite":
        count_triggers.remove(connections[using])


def fold(model: str, pks: Collection[int]) -> None:
    """Add the rows of finished transactions to those of batch 0, after a change of articles. Does nothing if another
    transaction is about to."""
    if connections[DEFAULT_DB_ALIAS].vendor != "postgresql":
        return
    with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_FOLD_LOCK])
        if cursor.fetchone() == (True,):
            cursor.execute(_FOLD)


def _lock(using: str) -> None:
    """Wait until no transaction is changing numbers, and let none begin."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE news_articlecount IN SHARE ROW EXCLUSIVE MODE")


def _compare(using: str) -> dict[Key, tuple[int, int]]:
    rows = ArticleCount.objects.using(using).order_by().values_list(*KEY).annotate(Sum("count"))
    kept: dict[Key, int] = {(*key,): total for *key, total in rows}
    true = _count(using)
    return {
        key: (kept.get(key, 0), true[key]) for key in sorted(kept.keys() | true.keys()) if kept.get(key, 0) != true[key]
    }


def _count(using: str) -> Counter[Key]:
    """Count the articles as the triggers do, without them."""
    articles = Article.objects.using(using).ever_public().order_by()
    # Few articles expire or are scheduled.
    shared = ("language", "section", month_of("dateline_on"), "expire_at", opening())
    found: Counter[Key] = Counter()
    for language, section, month, *times, count in articles.values_list(*shared).annotate(Count("pk")):
        found[Facet.ARTICLES, 0, language, section, month // 100, *_months(*times)] += count
        found[Facet.MONTH, 0, language, 0, month, *_months(*times)] += count
    for facet, field in _FIELDS.items():
        rows = articles.filter(**{f"{field}__isnull": False}).values_list(field, *shared).annotate(Count("pk"))
        for key, language, section, month, *times, count in rows:
            found[facet, key, language, section, month // 100, *_months(*times)] += count
    return found


def _months(expire_at: dt.datetime | None, opens_at: dt.datetime | None) -> tuple[int, int]:
    """Return `expires_in` and `opens_in`."""
    return month_number(expire_at) if expire_at else NEVER, month_number(opens_at) if opens_at else ALWAYS
