import datetime as dt

import pytest

from news.models import Article
from postportal.publishing.models import Edition, State
from postportal.publishing.models.edition import Stage
from postportal.publishing.versions.revisions import get_or_start_edition
from postportal.publishing.workflow.imported_editions import settle_editions
from tests.factories import news

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
DUE = NOW + dt.timedelta(days=1)


def set_state(article: Article, state: State, publish_at: dt.datetime | None) -> None:
    article.state, article.publish_at = state, publish_at
    article.save()
    settle_editions([article], at=NOW)


def test_scheduled_item_gets_one_edition_that_follows_its_time() -> None:
    article = news.article(state=State.DRAFT)

    set_state(article, State.SCHEDULED, DUE)
    set_state(article, State.SCHEDULED, DUE + dt.timedelta(days=1))

    edition = Edition.objects.get()
    assert (edition.stage, edition.due_at, edition.number) == (Stage.SCHEDULED, DUE + dt.timedelta(days=1), 1)


@pytest.mark.parametrize(("state", "stage"), [(State.PUBLISHED, Stage.PUBLISHED), (State.DRAFT, Stage.DRAFT)])
def test_item_that_is_not_scheduled_any_more_is_not_published_again(state: State, stage: Stage) -> None:
    article = news.article(state=State.DRAFT)
    set_state(article, State.SCHEDULED, DUE)

    set_state(article, state, NOW if state == State.PUBLISHED else None)

    edition = Edition.objects.get()
    assert (edition.stage, edition.due_at) == (stage, None)
    assert not Edition.objects.due(DUE).exists()


def test_number_follows_earlier_editions_and_other_items_get_none() -> None:
    article, live = news.article(state=State.DRAFT), news.article()
    edition = get_or_start_edition(article, by=None)
    edition.stage = Stage.DISCARDED
    edition.save()

    article.state, article.publish_at = State.SCHEDULED, DUE
    article.save()
    settle_editions([article, live], at=NOW)

    assert list(Edition.objects.order_by("number").values_list("object_id", "number")) == [
        (article.pk, 1),
        (article.pk, 2),
    ]
