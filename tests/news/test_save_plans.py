"""Query plans of the save of an article: nothing that it reads grows with the archive."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postportal.outbox.delivery import deliver
from postportal.outbox.signals import enqueue
from postportal.publishing.versions.revisions import record_revision
from postportal.publishing.versions.snapshots import serialize
from tests.factories import news

pytestmark = pytest.mark.django_db
# Read as a whole, since they have few rows: the register's positions and short telephone numbers.
SMALL = ("news_position", "services_hotlinenumber")


def test_save_finds_its_rows_in_indexes() -> None:
    editor = User.objects.create(username="editor")
    article = news.article(tags=["night", "mail"])
    news.mention(news.person("Zhou", "Mei"), article=article)

    with CaptureQueriesContext(connection) as captured:
        article.title = "Night mail"
        article.save()
        record_revision(article, serialize(article), by=editor)
        enqueue(type(article), [article.pk])
        deliver("news.article", [article.pk])

    queries = {query["sql"] for query in captured if query["sql"].startswith("SELECT")}
    read = [sql for sql in sorted(queries) if not any(f'FROM "{table}"' in sql for table in SMALL)]
    assert len(read) > 15
    assert {sql: plan for sql in read if not is_indexed(plan := plan_of(sql))} == {}


def plan_of(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Of tables with few rows it would rather read the whole.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def is_indexed(plan: str) -> bool:
    """Return True if no table is read as a whole."""
    return "Seq Scan" not in plan and not any(line.startswith("SCAN") for line in plan.splitlines())
