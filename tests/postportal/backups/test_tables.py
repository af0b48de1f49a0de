import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.models import Section
from postportal.audit.models import Head
from postportal.backups import tables
from postportal.backups.tables import Digest, digest_of, portal_models, read_rows, used_models, write_rows
from tests.factories import audit, news

values = (
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.decimals(allow_nan=False) | st.datetimes()
)


def digest(*rows: tuple) -> Digest:
    return Digest().add(rows)


@given(rows=st.lists(st.tuples(values, values), max_size=4))
def test_order_of_rows_does_not_matter(rows: list) -> None:
    assert digest(*rows) == digest(*reversed(rows))
    assert digest(*rows) == digest(*rows[:1]).add(rows[1:])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, ""),
        (None, False),
        (b"a", "a"),
        ("1", 1),
        (Decimal("1.10"), Decimal("1.20")),
        ({"a": [1, 2]}, {"a": [2, 1]}),
        ({"a": None}, {}),
        (dt.datetime(2026, 3, 16, tzinfo=dt.UTC), "2026-03-16T00:00:00+00:00"),
        (dt.date(2026, 3, 16), "2026-03-16"),
    ],
)
def test_different_values_have_different_hashes(one: object, other: object) -> None:
    assert digest((one,)) != digest((other,))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (b"a", memoryview(b"a")),
        ({"a": 1, "b": 2.0}, {"b": 2, "a": 1}),
        (
            dt.datetime(2026, 3, 16, tzinfo=dt.UTC),
            dt.datetime(2026, 3, 16, 8, tzinfo=dt.timezone(dt.timedelta(hours=8))),
        ),
    ],
)
def test_equal_values_of_two_databases_have_the_same_hash(one: object, other: object) -> None:
    assert digest((one,)) == digest((other,))


def test_repeated_row_counts_twice() -> None:
    assert digest(("a",), ("a",)) != digest(("a",)) != digest()


def test_every_table_has_one_model() -> None:
    names = [model._meta.db_table for model in portal_models()]

    assert len(names) == len(set(names))
    assert {"services_stampissue_partners", "taggit_taggeditem", "audit_entry", "django_session"} <= set(names)


@pytest.mark.django_db
def test_rows_are_read_in_batches_and_written_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS_AT_ONCE", 2)
    Section.objects.all().delete()
    for name in ("Rail", "Road", "Air"):
        news.section(name)
    before = digest_of(Section, alias="default")

    batches = list(read_rows(Section, alias="default"))
    Section.objects.all().delete()
    for rows in batches:
        write_rows(Section, rows, alias="default")

    assert [len(rows) for rows in batches] == [2, 1]
    assert digest_of(Section, alias="default") == before


@pytest.mark.django_db
def test_new_database_is_not_used() -> None:
    assert used_models("default") == []

    audit.make_entries(1)

    assert Head in used_models("default")
