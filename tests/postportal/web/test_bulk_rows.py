import datetime as dt

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from news.models import Article, Section, Source
from postportal.outbox.models import OutboxEvent
from postportal.web.bulk_rows import insert_rows, update_columns
from tests.factories import news

pytestmark = pytest.mark.django_db
MOMENT = dt.datetime(2026, 3, 20, 12, 0, 0, 250_000, tzinfo=dt.UTC)
# A tab, an end of line, a backslash and signs that mean something in a COPY or a statement.
HOSTILE = "100 %s 'it' \\N \\t \"x\"\t\n郵政 🚂"


def _articles(count: int) -> list[Article]:
    section = news.section()
    return [
        Article(
            title=f" Title  {number} ",
            slug=f"title-{number}",
            body=f"<p onclick='x'>{HOSTILE}<script>alert(1)</script></p>",
            standfirst=HOSTILE,
            section=section,
            state="published",
            publish_at=MOMENT,
            dateline_on=MOMENT.date(),
        )
        for number in range(count)
    ]


def _rows(articles: list[Article]) -> list[dict[str, object]]:
    own = {"id", "created_at", "modified_at"}
    rows = Article.objects.filter(pk__in=[article.pk for article in articles]).order_by("pk").values()
    return [{name: value for name, value in row.items() if name not in own} for row in rows]


def test_inserted_rows_equal_those_of_the_orm() -> None:
    one_by_one = _articles(3)
    for article in one_by_one:
        article.slug += "-saved"
        article.save()
    at_once = _articles(3)
    for article in at_once:
        article.slug += "-saved"
        article.dateline_on += dt.timedelta(days=1)

    insert_rows(at_once, with_keys=True)

    expected = [row | {"dateline_on": MOMENT.date() + dt.timedelta(days=1)} for row in _rows(one_by_one)]
    assert [row | {"body_text": ""} for row in _rows(at_once)] == [row | {"body_text": ""} for row in expected]


def test_keys_are_those_of_the_next_rows() -> None:
    last = Source.objects.create(name="Before").pk
    rows = [Source(name=f"Source {number}", slug=f"source-{number}") for number in range(3)]

    insert_rows(rows, with_keys=True)
    after = Source.objects.create(name="After")

    assert [row.pk for row in rows] == [last + 1, last + 2, last + 3]
    assert Source.objects.get(pk=last + 2).name == "Source 1"
    assert after.pk == last + 4
    assert not any(row._state.adding for row in rows)


def test_first_row_of_a_table_gets_a_key() -> None:
    event = OutboxEvent(model_label="news.article", object_id=1)

    insert_rows([event], with_keys=True)

    assert OutboxEvent.objects.get() == event


def test_refused_row_leaves_none_behind() -> None:
    rows = [Section(name="A", slug="a"), Section(name="B", slug="a")]

    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(rows)

    assert not Section.objects.exists()


def test_number_of_statements_does_not_grow_with_the_rows() -> None:
    with CaptureQueriesContext(connection) as few:
        insert_rows([OutboxEvent(model_label="a.b", object_id=n) for n in range(2)])
    with CaptureQueriesContext(connection) as many:
        insert_rows([OutboxEvent(model_label="a.b", object_id=n) for n in range(2000)])

    assert len(few) == len(many)
    assert OutboxEvent.objects.count() == 2002


def test_updated_columns_are_prepared_by_their_fields() -> None:
    articles = _articles(2)
    insert_rows(articles, with_keys=True)

    update_columns(
        Article,
        ["body", "publish_at"],
        [(f"<p onclick='x'>{number}</p>", MOMENT, article.pk) for number, article in enumerate(articles)],
    )

    assert [row.body for row in Article.objects.order_by("pk")] == ["<p>0</p>", "<p>1</p>"]
    assert set(Article.objects.values_list("publish_at", "standfirst")) == {(MOMENT, articles[0].standfirst)}


def test_nothing_is_written_without_rows() -> None:
    with CaptureQueriesContext(connection) as executed:
        insert_rows([])

    assert len(executed) == 0
    with pytest.raises(FieldDoesNotExist):
        update_columns(Article, ["nothing"], [])
