import datetime as dt

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from prometheus_client import generate_latest
from pytest_django import DjangoAssertNumQueries, Settings

from postportal.outbox.models import OutboxEvent
from postportal.publishing.models import Edition
from postportal.site.metrics import PortalNumbers
from postportal.web import metrics
from tests.factories import editorial, staff

TOKEN = "t" * 32


class Counters:
    """Stands for the counters of Prometheus, which write files."""

    def text(self, collectors: list[PortalNumbers]) -> bytes:
        return generate_latest(collectors[0])  # type: ignore[arg-type]


@pytest.fixture
def _on(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.METRICS_TOKEN = TOKEN
    monkeypatch.setattr(metrics, "_counting", [Counters()])


def numbers(text: str) -> dict[str, float]:
    return {name: float(value) for name, value in (line.split() for line in text.splitlines() if line[0] != "#")}


@pytest.mark.django_db
def test_metrics_are_off_by_default(client: Client) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("_on")
@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer é"])
def test_nobody_reads_them_without_the_token(client: Client, sent: str) -> None:
    response = client.get("/metrics", headers={"Authorization": sent}, REMOTE_ADDR="127.0.0.1")

    assert (response.status_code, response.content, response.headers["WWW-Authenticate"]) == (401, b"", "Bearer")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.usefixtures("_on")
def test_backlog_and_overdue_publications(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    now = timezone.now()
    author, chief = staff.account("Author"), staff.account("Publisher")
    editorial.scheduled_article("Fares", by=author, scheduled_by=chief)
    Edition.objects.update(due_at=now - dt.timedelta(minutes=5))
    OutboxEvent.objects.all().delete()
    for attempts, minutes in ((0, 1), (3, 10)):
        event = OutboxEvent.objects.create(model_label="news.article", object_id=1, attempts=attempts)
        OutboxEvent.objects.filter(pk=event.pk).update(created_at=now - dt.timedelta(minutes=minutes))

    with django_assert_num_queries(3):
        response = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})

    found = numbers(response.text)
    assert {name: round(value, -1) for name, value in found.items() if name.endswith("_seconds")} == {
        "postportal_outbox_oldest_seconds": 600,
        "postportal_publications_overdue_seconds": 300,
    }
    assert {name: value for name, value in found.items() if not name.endswith("_seconds")} == {
        "postportal_database_up": 1,
        "postportal_outbox_waiting": 2,
        "postportal_outbox_failed": 1,
        "postportal_publications_overdue": 1,
    }
    # Reading them publishes nothing: they would always say that nothing is overdue.
    assert Edition.objects.due(timezone.now()).count() == 1


@pytest.mark.django_db
def test_database_that_is_down_is_a_number() -> None:
    def refuse(*arguments: object) -> None:
        raise DatabaseError

    with connection.execute_wrapper(refuse):
        text = generate_latest(PortalNumbers(timezone.now())).decode()  # type: ignore[arg-type]

    assert numbers(text) == {"postportal_database_up": 0}
