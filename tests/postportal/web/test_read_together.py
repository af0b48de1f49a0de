import datetime as dt
from typing import Any

import pytest

from news.models import FormerParent, PersonName
from postportal.web.read_together import Parts, ReadTogether, fill_prefetched
from tests.factories import news

pytestmark = pytest.mark.django_db
DAY = dt.date(2001, 2, 3)


def parts(pk: int) -> Parts:
    return {
        "names": (PersonName.objects.filter(person=pk), ("pk", "name", "until_on")),
        "parents": (FormerParent.objects.all(), ("until_on", "parent", "parent__name", "organization__slug")),
        "nothing": (PersonName.objects.filter(person=0), ("pk",)),
    }


def test_lists_of_several_models_take_one_query(django_assert_num_queries: Any) -> None:
    person, office = news.person("Zhou"), news.organization("Office")
    former = FormerParent.objects.create(organization=office, parent=news.organization("Court"), until_on=DAY)
    names = [person.names.create(name="Chow"), person.names.create(name="Chou", kind="former", until_on=DAY)]
    query = ReadTogether(parts, takes=(int,))

    with django_assert_num_queries(1):
        found = query.read(person.pk)

    expected = [{"pk": row.pk, "name": row.name, "until_on": row.until_on} for row in names]
    assert sorted(found["names"], key=lambda row: row["pk"]) == expected
    columns = {"until_on": DAY, "parent": former.parent_id, "parent__name": "Court", "organization__slug": office.slug}
    assert found["parents"] == [columns]
    assert found["nothing"] == []
    assert query.read(0)["names"] == []


def test_filled_rows_are_not_read_again(django_assert_num_queries: Any) -> None:
    person, name = news.person("Zhou"), PersonName(name="Chow")

    fill_prefetched(person, "names", [name])

    with django_assert_num_queries(0):
        assert list(person.names.all()) == [name]
