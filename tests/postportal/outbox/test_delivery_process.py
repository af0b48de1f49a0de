import pytest
from django.db import connection

from postportal.outbox import delivery_process
from postportal.outbox.delivery_process import MIN_EVENTS, DeliveryProcess, deliver_committed, delivery_beside
from postportal.outbox.models import OutboxEvent
from tests.factories import news


def test_few_events_start_no_process() -> None:
    beside = DeliveryProcess()

    assert not beside.take("news.article", range(MIN_EVENTS - 1))

    beside.finish()
    assert beside._process is None


@pytest.mark.django_db
def test_nothing_is_handed_over_once_the_process_has_died() -> None:
    beside = DeliveryProcess()
    assert beside.take("news.article", range(MIN_EVENTS))
    assert beside._process is not None

    beside._process.kill()
    beside._process.wait()
    beside.finish()

    assert not beside.take("news.article", range(MIN_EVENTS))


@pytest.mark.django_db
def test_uncommitted_rows_are_delivered_here() -> None:
    article = news.article()
    assert connection.in_atomic_block

    with delivery_beside():
        assert delivery_process._current is None
        deliver_committed("news.article", [article.pk])

    assert not OutboxEvent.objects.filter(model_label="news.article").exists()
