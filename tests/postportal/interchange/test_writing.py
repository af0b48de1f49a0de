from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postportal.outbox.models import OutboxEvent
from postportal.publishing.models import Revision
from tests.factories import news
from tests.postportal.interchange.round_trips import imported, tried
from tests.postportal.interchange.test_hostile_files import file_of, refusals, results

pytestmark = pytest.mark.django_db
# Of a row that shares child rows with others: validated and written once, locked and recorded with all others.
MAX_QUERIES = 25


def queries_of_changes(name: str, rows: list[dict[str, Any]]) -> int:
    content = file_of(name, *rows)
    with CaptureQueriesContext(connection) as queries:
        report = tried(name, content)
    assert results(report) == ["changed"] * len(rows)
    return len(queries)


@pytest.mark.parametrize("name", ["organizations", "positions", "appointments"])
def test_changed_rows_take_the_same_few_queries_each(name: str) -> None:
    held = []
    for number in range(12):
        position = news.position("Chair", organization=news.organization(f"Post {number}"))
        held.append(news.appointment(person=news.person("Zhou", f"Mei {number}"), position=position))
    rows = {
        "organizations": [{"slug": row.position.organization.slug, "name_zh": "邮政"} for row in held],
        "positions": [{"key": str(row.position.key), "label": "Head"} for row in held],
        "appointments": [{"key": str(row.key), "label": "Head"} for row in held],
    }[name]
    queries_of_changes(name, rows[:1])

    one, two, twelve = (queries_of_changes(name, rows[:count]) for count in (1, 2, 12))

    assert twelve - two == 10 * (two - one)
    assert two - one <= MAX_QUERIES


def test_rows_of_one_file_are_one_version_of_the_organization_that_contains_them() -> None:
    organization = news.organization("Post")
    rows = [news.position(label, organization=organization) for label in ("Chair", "Deputy")]

    imported("positions", file_of("positions", *[{"key": str(row.key), "label_zh": "主任"} for row in rows]))

    kinds = Revision.objects.of(organization).order_by("number").values_list("kind", flat=True)
    assert list(kinds) == [Revision.Kind.FOUND, Revision.Kind.SAVED]


def test_appointment_that_a_file_moves_is_in_the_history_of_both_people() -> None:
    row, other = news.appointment(), news.person("Zhou", "Mei")

    imported("appointments", file_of("appointments", {"key": str(row.key), "person": other.slug}))

    found = [Revision.objects.of(person).newest_first()[0].content["parts"] for person in (row.person, other)]
    assert [[each["pk"] for each in parts["appointments"]] for parts in found] == [[], [row.pk]]


def test_changed_row_is_saved_once_with_one_version() -> None:
    row = news.organization("Post")
    OutboxEvent.objects.all().delete()

    imported("organizations", file_of("organizations", {"slug": row.slug, "name_zh": "邮政"}))

    events = OutboxEvent.objects.filter(model_label="news.organization", object_id=row.pk)
    kinds = Revision.objects.of(row).order_by("number").values_list("kind", flat=True)
    assert (events.count(), list(kinds)) == (1, [Revision.Kind.FOUND, Revision.Kind.IMPORTED])


def test_change_of_a_position_is_in_the_history_of_its_organization() -> None:
    position = news.position("Chair")

    imported("positions", file_of("positions", {"key": str(position.key), "label": "Head"}))

    newest = Revision.objects.of(position.organization).newest_first().first()
    assert newest is not None
    assert newest.content["parts"]["positions"][0]["label"] == "Head"


def test_condition_of_the_database_is_refused_in_its_words() -> None:
    row = news.organization("Post", founded_on=None)
    times = {"publish_at": "2026-05-01T00:00:00Z", "expire_at": "2026-04-01T00:00:00Z"}
    organization = {"slug": row.slug, **times}

    alone = tried("organizations", file_of("organizations", organization))
    with_another = tried("organizations", file_of("organizations", {**organization, "kind": "planet"}))

    assert results(alone) == results(with_another) == ["refused"]
    assert len(refusals(with_another)) == 2
    assert refusals(alone)[0] in refusals(with_another)
