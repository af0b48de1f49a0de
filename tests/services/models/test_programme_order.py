import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postportal.publishing.models import State
from services.models import StampIssue
from services.models.programme_order import comes_after, comes_before, programme_sort_key
from tests.factories import services

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 20)
NOON = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)


def test_programme_is_ordered_by_year_date_and_number_with_unknown_values_last() -> None:
    unknown = services.stamp_issue(issued_on=None)
    undated = services.stamp_issue(issued_on=None, year=2026, number=1)
    unnumbered = services.stamp_issue(issued_on=DAY)
    second = services.stamp_issue(issued_on=DAY, year=2026, number=8)
    first = services.stamp_issue(issued_on=DAY, year=2026, number=7)
    early = services.stamp_issue(issued_on=dt.date(2026, 1, 5), year=2026, number=9)
    old = services.stamp_issue(issued_on=None, year=2017)

    assert list(StampIssue.objects.in_programme_order()) == [old, early, first, second, unnumbered, undated, unknown]


def test_neighbours_are_the_previous_and_next_issue_in_the_programme() -> None:
    rows = [
        services.stamp_issue(issued_on=None, year=2017),
        services.stamp_issue(issued_on=dt.date(2026, 1, 5)),
        services.stamp_issue(issued_on=DAY, year=2026, number=7),
        services.stamp_issue(issued_on=DAY, year=2026, number=8),
        services.stamp_issue(issued_on=DAY),
        services.stamp_issue(issued_on=DAY),
        services.stamp_issue(issued_on=None, year=2026),
        services.stamp_issue(issued_on=None),
        services.stamp_issue(issued_on=None),
    ]

    for n, row in enumerate(rows):
        expected = {
            "previous_issue": rows[n - 1] if n else None,
            "next_issue": rows[n + 1] if n + 1 < len(rows) else None,
        }
        assert StampIssue.objects.neighbours_of(row) == {key: value for key, value in expected.items() if value}


def test_neighbours_are_public_in_their_second() -> None:
    issue = services.stamp_issue(issued_on=DAY)
    services.stamp_issue(issued_on=DAY, state=State.DRAFT)
    services.stamp_issue(issued_on=DAY, state=State.UNPUBLISHED, withdrawal_reason="Recalled")
    coming = services.stamp_issue(issued_on=DAY, publish_at=NOON)

    assert StampIssue.objects.published(NOON - dt.timedelta(seconds=1)).neighbours_of(issue) == {}
    assert StampIssue.objects.published(NOON).neighbours_of(issue) == {"next_issue": coming}


maybe_days = st.none() | st.dates(dt.date(2025, 12, 30), dt.date(2026, 1, 2))


facts = st.tuples(st.none() | st.sampled_from([2025, 2026]), maybe_days)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(facts, min_size=1, max_size=6))
def test_walking_from_neighbour_to_neighbour_visits_the_whole_programme_once(
    known: list[tuple[int | None, dt.date | None]],
) -> None:
    StampIssue.objects.all().delete()
    for n, (year, day) in enumerate(known):
        services.stamp_issue(slug=f"walk-{n}", year=year, issued_on=day)
    programme = list(StampIssue.objects.in_programme_order())
    walked = [programme[0]]
    while following := StampIssue.objects.neighbours_of(walked[-1]).get("next_issue"):
        walked.append(following)

    assert walked == programme
    assert walked == sorted(walked, key=programme_sort_key)


def test_conditions_split_the_programme_at_the_issue() -> None:
    before = services.stamp_issue(issued_on=dt.date(2026, 1, 5))
    issue = services.stamp_issue(issued_on=None, year=2026, number=7)
    after = services.stamp_issue(issued_on=None)

    assert list(StampIssue.objects.filter(comes_before(issue))) == [before]
    assert list(StampIssue.objects.filter(comes_after(issue))) == [after]
