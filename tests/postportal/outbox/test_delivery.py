import sys
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from news.models import Section
from postportal.outbox import routes, signals
from postportal.outbox.delivery import deliver_all
from postportal.outbox.models import OutboxEvent
from tests.factories import news

calls: list[tuple[str, int, bool]] = []


def note_delivery(model: str, pk: int) -> None:
    calls.append((model, pk, Section.objects.filter(pk=pk).exists()))


def fail(model: str, pk: int) -> None:
    raise ConnectionError("no post today")


@pytest.fixture
def _recorded_calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    calls.clear()
    monkeypatch.setitem(routes.ROUTES, "news.section", [f"{__name__}.note_delivery"])
    yield
    calls.clear()


@pytest.mark.usefixtures("_recorded_calls")
@pytest.mark.django_db(transaction=True)
def test_two_saves_of_one_object_are_delivered_once() -> None:
    with transaction.atomic():
        section = news.section("Messages")
        section.save()
        assert calls == []

    assert calls == [("news.section", section.pk, True)]
    assert OutboxEvent.objects.count() == 0


@pytest.mark.usefixtures("_recorded_calls")
@pytest.mark.django_db(transaction=True)
def test_rolled_back_change_leaves_no_event() -> None:
    with transaction.atomic():
        news.section("Messages")
        transaction.set_rollback(True)

    assert (calls, OutboxEvent.objects.count()) == ([], 0)


@pytest.mark.usefixtures("_recorded_calls")
@pytest.mark.django_db(transaction=True)
def test_deletion_is_delivered_after_the_row_is_deleted() -> None:
    section = news.section("Messages")
    pk = section.pk
    calls.clear()

    section.delete()

    assert calls == [("news.section", pk, False)]


@pytest.mark.usefixtures("_recorded_calls")
@pytest.mark.django_db(transaction=True)
def test_bulk_writes_are_enqueued_explicitly() -> None:
    signals.enqueue(Section, [7, 8])

    assert [call[:2] for call in calls] == [("news.section", 7), ("news.section", 8)]


@pytest.mark.django_db(transaction=True)
def test_failed_event_is_kept_and_retried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(routes.ROUTES, "news.section", [f"{__name__}.fail"])
    news.section("Messages")

    with pytest.raises(CommandError):
        call_command("deliver_outbox")
    assert list(OutboxEvent.objects.values_list("attempts", "last_error")) == [(2, "ConnectionError: no post today")]

    monkeypatch.setitem(routes.ROUTES, "news.section", [])
    assert deliver_all() == 0
    assert OutboxEvent.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_models_without_a_route_are_not_enqueued() -> None:
    news.section("Messages")

    assert OutboxEvent.objects.count() == 0


def reindex(model: str, pks: list[int]) -> None:
    if failing & set(pks):
        raise ConnectionError("no post today")
    calls.extend((model, pk, True) for pk in pks)


failing: set[int] = set()


@pytest.mark.usefixtures("_recorded_calls")
@pytest.mark.django_db(transaction=True)
def test_failing_object_does_not_block_its_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(routes.ROUTES, "news.section", [])
    monkeypatch.setitem(routes.BATCH_ROUTES, "news.section", [f"{__name__}.reindex"])
    monkeypatch.setattr(sys.modules[__name__], "failing", {8})

    signals.enqueue(Section, [7, 8, 9])

    assert [call[1] for call in calls] == [7, 9]
    assert list(OutboxEvent.objects.values_list("object_id", "attempts")) == [(8, 1)]
