"""Tasks in the database of the benchmark, run in a process with its settings. The result is printed as JSON.

python -m benchmarks.speed.database_tasks register   create the people and organizations named in the articles
python -m benchmarks.speed.database_tasks size       size of the index and of the whole database in bytes
python -m benchmarks.speed.database_tasks titles     a sample of public articles
python -m benchmarks.speed.database_tasks plans      query plans of a search
python -m benchmarks.speed.database_tasks copy 10    ten times as many articles
python -m benchmarks.speed.database_tasks pages      addresses of each kind of page
python -m benchmarks.speed.database_tasks save       milliseconds to save an article, one with a new text, and a row

Several tasks in one process print their results by task.
"""

import datetime as dt
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postportal.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from taggit.models import Tag  # noqa: E402

from benchmarks.speed.articles import made_up_names  # noqa: E402
from benchmarks.speed.copies import copy_articles  # noqa: E402
from news.models import Article, Organization, Person, Section  # noqa: E402
from postportal.publishing.versions.revisions import record_revision  # noqa: E402
from postportal.publishing.versions.snapshots import serialize  # noqa: E402
from postportal.search.models import IndexBlock, IndexEntry, Posting, Word, WriteLock  # noqa: E402

LONG_AGO = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
TABLES = [model._meta.db_table for model in (IndexEntry, IndexBlock, Posting, Word, WriteLock)]
SAMPLE_SIZE = 500
LAST_PAGE = 500
SAVES = 30


def create_named_rows() -> None:
    """Create the people and organizations that the articles name, so that the import can link them."""
    people, organizations = made_up_names()
    for number, name in enumerate(dict.fromkeys(people)):
        family, _, given = name.partition(" ")
        Person.objects.create(given_name=given, family_name=family, slug=f"person-{number}", publish_at=LONG_AGO)
    for number, name in enumerate(dict.fromkeys(organizations)):
        Organization.objects.create(name=name, slug=f"organization-{number}", publish_at=LONG_AGO)


def database_size() -> dict[str, int]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT sum(pg_total_relation_size(t::regclass)) FROM unnest(%s::text[]) AS t", [TABLES])
            index = int(cursor.fetchone()[0])
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE %s", ["%search_%"])
            index = int(cursor.fetchone()[0])
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return {"index": index, "whole": int(cursor.fetchone()[0]), "articles": Article.objects.count()}


def sample_articles() -> list[tuple[str, str, str]]:
    """Return title, URL and text of English articles spread over the archive."""
    published = Article.objects.published(timezone.now()).filter(language="en")
    step = max(published.count() // SAMPLE_SIZE, 1)
    pks = list(published.order_by("pk").values_list("pk", flat=True))[::step][:SAMPLE_SIZE]
    rows = Article.objects.filter(pk__in=pks).order_by("pk")
    return [(row.title, row.get_absolute_url(), row.body_text[:1000]) for row in rows]


def multiply_articles(times: int) -> int:
    """Multiply the articles and return their number."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -1000000")
        count = copy_articles(times)
        if connection.vendor == "postgresql":
            # PostgreSQL would do this itself some minutes later.
            cursor.execute("ANALYZE")
    return count


def explain_queries() -> dict[str, str]:
    at = timezone.now()
    terms = list(Posting.objects.order_by("term").values_list("term", flat=True).distinct()[100:103])
    page = Article.objects.published(at).in_language("en").newest_first()
    queries: dict[str, Any] = {
        **{
            f"hidden articles {n}": rows.values_list("pk")
            for n, rows in enumerate(Article.objects.hidden_querysets(at))
        },
        "versions of blocks": IndexBlock.objects.order_by("number").values_list("number", "version"),
        "postings of three terms": Posting.objects.filter(term__in=terms).values_list("term", "block", "entries"),
        "articles on the page": Article.objects.published(at).filter(pk__in=range(1000, 1020)),
        "news list": page.for_lists()[:20],
    }
    return {name: query.explain() for name, query in queries.items()}


def addresses() -> dict[str, list[str]]:
    """Return addresses of pages by kind: the largest lists, and articles spread over the archive."""
    published = Article.objects.published(timezone.now()).filter(language="en")
    last = max(2, min(published.count() // 20, LAST_PAGE))
    section, tag = Section.objects.order_by("pk")[0], Tag.objects.order_by("pk")[0]
    person = Person.objects.annotate(times=Count("mentions")).order_by("-times", "pk")[0]
    return {
        "home": ["/"],
        "article": [url for _title, url, _text in sample_articles()[:: SAMPLE_SIZE // 60]],
        "list": ["/news/"],
        "list, last pages": [f"/news/?page={last - n}" for n in range(min(last - 1, 5))],
        "section": [section.get_absolute_url()],
        "tag": [reverse("news:tag", args=[tag.slug])],
        "person": [person.get_absolute_url()],
        "year": ["/news/2020/"],
        "feed": ["/feeds/news.atom"],
    }


def save_times() -> dict[str, float]:
    """Return the median time in milliseconds to save an article with its version and outbox, whose index entry stays
    the same, to save one with a word more before its text, and to save its row alone."""
    editor = User.objects.get_or_create(username="benchmark")[0]
    rows = list(Article.objects.published(timezone.now()).order_by("pk")[: SAVES * 2])

    def save(row: Article) -> None:
        row.credit += "."
        row.save()
        record_revision(row, serialize(row), by=editor)

    def save_text(row: Article) -> None:
        row.body = f"<p>Corrected.</p>{row.body}"
        save(row)

    def save_row(row: Article) -> None:
        models.Model.save_base(row, raw=True)

    # Everything that is read once per process.
    _median_time(save, rows[:1])
    return {
        "article": _median_time(save, rows[:SAVES]),
        "text": _median_time(save_text, rows[SAVES:]),
        "row": _median_time(save_row, rows[:SAVES]),
    }


def _median_time(action: Callable[[Article], None], rows: list[Article]) -> float:
    # SQLite works in this process, whose processor time says more on a busy machine.
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    times = []
    for row in rows:
        start = clock()
        with transaction.atomic():
            action(row)
        times.append((clock() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    tasks: dict[str, Any] = {
        "register": create_named_rows,
        "size": database_size,
        "titles": sample_articles,
        "plans": explain_queries,
        "copy": multiply_articles,
        "pages": addresses,
        "save": save_times,
    }
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    results = {task: tasks[task](*numbers) for task in sys.argv[1:] if not task.isdigit()}
    sys.stdout.write(json.dumps(results if len(results) > 1 else next(iter(results.values()))))


if __name__ == "__main__":
    main()
