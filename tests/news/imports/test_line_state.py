import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from news.imports.batches import BatchWriter
from news.imports.line_state import LineState, read_state, refusal_of_state, state_for
from news.models import Article
from postportal.publishing.models import Edition, State
from postportal.publishing.models.edition import Stage
from postportal.publishing.workflow.due import publish_due
from tests.factories import news
from tests.news.imports.import_lines import article_line

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
PAST, FUTURE = NOW - dt.timedelta(days=1), NOW + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("data", "state"),
    [
        ({}, None),
        ({"state": "", "visibility": None}, None),
        ({"state": "published"}, "published"),
        ({"status": "publish", "visibility": "public"}, "published"),
        ({"status": "future"}, "scheduled"),
        ({"status": "draft"}, "draft"),
        ({"status": "Auto_Draft"}, "draft"),
        ({"status": "pending"}, "draft"),
        ({"status": "private"}, "draft"),
        ({"visibility": "password"}, "draft"),
        # The most cautious of several counts.
        ({"state": "published", "visibility": "private"}, "draft"),
        ({"status": "publish", "password": "secret"}, "draft"),
        ({"status": "future", "password": ""}, "scheduled"),
    ],
)
def test_words_of_other_systems_are_understood(data: dict[str, Any], state: str | None) -> None:
    problems: list[str] = []

    assert (read_state(data, problems=problems), problems) == (state, [])


@pytest.mark.parametrize("value", ["trash", "inherit", "secret", 1, True, ["draft"], "withdrawn"])
@pytest.mark.parametrize("key", ["state", "status", "visibility"])
def test_other_words_are_refused(key: str, value: object) -> None:
    problems: list[str] = []
    read_state({key: value}, problems=problems)

    assert [problem.partition(":")[0] for problem in problems] == [key]


@pytest.mark.parametrize(
    ("former", "wanted", "publish_at", "state"),
    [
        (None, None, PAST, State.PUBLISHED),
        (None, None, FUTURE, State.SCHEDULED),
        (None, LineState.PUBLISHED, FUTURE, State.SCHEDULED),
        (None, LineState.SCHEDULED, FUTURE, State.SCHEDULED),
        # Its time has passed, and nobody published it there.
        (None, LineState.SCHEDULED, PAST, State.DRAFT),
        (None, LineState.DRAFT, PAST, State.DRAFT),
        (None, LineState.DRAFT, None, State.DRAFT),
        (State.DRAFT, None, PAST, State.DRAFT),
        (State.DRAFT, LineState.PUBLISHED, PAST, State.PUBLISHED),
        (State.SCHEDULED, LineState.SCHEDULED, PAST, State.PUBLISHED),
        (State.PUBLISHED, LineState.SCHEDULED, PAST, State.PUBLISHED),
        (State.PUBLISHED, None, PAST, State.PUBLISHED),
        (State.UNPUBLISHED, LineState.PUBLISHED, PAST, State.UNPUBLISHED),
        (State.WITHDRAWN, LineState.PUBLISHED, PAST, State.WITHDRAWN),
    ],
)
def test_nothing_becomes_public_before_its_time(
    former: State | None, wanted: LineState | None, publish_at: dt.datetime | None, state: State
) -> None:
    article = Article(pk=1 if former else None, state=former or State.DRAFT)

    assert state_for(article, wanted, publish_at=publish_at, at=NOW) == state


def test_only_a_person_takes_an_article_back_from_readers() -> None:
    live, draft = Article(state=State.PUBLISHED, publish_at=PAST), Article(state=State.DRAFT)

    assert refusal_of_state(live, State.PUBLISHED, at=NOW) == ""
    assert refusal_of_state(draft, State.DRAFT, at=NOW) == ""
    assert [refusal_of_state(live, state, at=NOW)[:6] for state in (State.DRAFT, State.SCHEDULED)] == ["state:"] * 2


@pytest.mark.django_db
def test_future_article_is_published_at_its_time_and_belongs_to_the_import_until_edited() -> None:
    news.section()
    now = timezone.now()
    due_at = now + dt.timedelta(hours=1)
    keys = {"published": due_at.isoformat(), "body": "Text."}
    BatchWriter(at=now).write([article_line(**keys)])
    article = Article.objects.get()
    edition = Edition.objects.get()
    assert (article.state, edition.stage, edition.due_at) == (State.SCHEDULED, Stage.SCHEDULED, due_at)
    assert not Article.objects.published(now).exists()

    publish_due(due_at)
    later = due_at + dt.timedelta(minutes=1)
    result = BatchWriter(at=later).write([article_line(title="Corrected", **keys)])

    assert (result.updated, result.kept) == (1, {})
    assert Article.objects.published(later).get().title == "Corrected"
    assert Edition.objects.get().stage == Stage.PUBLISHED


@pytest.mark.django_db
def test_line_that_takes_back_an_article_is_refused_and_nothing_is_written() -> None:
    news.section()
    writer = BatchWriter(at=timezone.now())
    writer.write([article_line()])

    result = writer.write([article_line(state="draft", title="Secret"), article_line(2, status="private")])

    assert list(result.refused) == [1]
    assert sorted(Article.objects.values_list("title", "state")) == [
        ("Counter 1 opens", "published"),
        ("Counter 2 opens", "draft"),
    ]
