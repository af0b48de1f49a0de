import datetime as dt

import pytest

from news.models import Section
from postportal.demo.run import LoadRun
from tests.postportal.demo.conftest import NOW


@pytest.mark.django_db
def test_only_new_rows_are_counted() -> None:
    run = LoadRun(now=NOW)

    first = run.get_or_create(Section, {"slug": "news"}, {"name": "News"})
    second = run.get_or_create(Section, {"slug": "news"}, {"name": "Another name"})

    assert (first[1], second) == (True, (first[0], False))
    assert Section.objects.get().name == "News"
    assert run.created == {"sections": 1}


@pytest.mark.parametrize(
    ("entry", "day"),
    [
        ({"issued_on": dt.date(2016, 3, 20)}, dt.date(2016, 3, 20)),
        ({"issued_in_days": 3}, dt.date(2026, 11, 5)),
        ({"issued_in_days": 0, "issued_on": dt.date(2016, 3, 20)}, dt.date(2026, 11, 2)),
        ({}, None),
    ],
)
def test_date_is_given_or_counted_from_today(entry: dict[str, object], day: dt.date | None) -> None:
    assert LoadRun(now=NOW).date_of(entry, "issued") == day


def test_opening_time_is_local() -> None:
    opening = LoadRun(now=NOW).opening_time_on(dt.date(2026, 11, 2))

    assert opening == dt.datetime(2026, 11, 2, 1, tzinfo=dt.UTC)
