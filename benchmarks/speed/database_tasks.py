"""Tasks in the database of the benchmark, run in a process with its settings. The result is printed as JSON.

python -m benchmarks.speed.database_tasks register   create the people and organizations named in the articles
python -m benchmarks.speed.database_tasks size       size of the index and of the whole database in bytes
python -m benchmarks.speed.database_tasks titles     a sample of public articles
python -m benchmarks.speed.database_tasks plans      query plans of a search
python -m benchmarks.speed.database_tasks copy 10    ten times as many articles
"""

import datetime as dt
import json
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postportal.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.speed.articles import made_up_names  # noqa: E402
from benchmarks.speed.copies import copy_articles  # noqa: E402
from news.models import Article, Organization, Person  # noqa: E402
from postportal.search.models import IndexBlock, IndexEntry, Posting, Word, WriteLock  # noqa: E402

LONG_AGO = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
TABLES = [model._meta.db_table for model in (IndexEntry, IndexBlock, Posting, Word, WriteLock)]
SAMPLE_SIZE = 500


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


def main() -> None:
    tasks: dict[str, Any] = {
        "register": create_named_rows,
        "size": database_size,
        "titles": sample_articles,
        "plans": explain_queries,
        "copy": multiply_articles,
    }
    result = tasks[sys.argv[1]](*map(int, sys.argv[2:]))
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
