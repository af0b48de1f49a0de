import datetime as dt
from typing import Any

import pytest
from django.utils import timezone, translation

from news.leadership import Unit, leadership_on
from news.models import Organization, OrganizationName, PersonName, PositionLabel
from tests.factories import news

pytestmark = pytest.mark.django_db
FUTURE = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)


def on(organization: Organization, *day: int) -> Unit:
    return leadership_on(organization, dt.date(*day), at=timezone.now())


def offices(unit: Unit) -> list[Any]:
    return [[(row.name, row.title) for row in office.holders] or office.is_vacant for office in unit.offices]


def test_every_day_has_its_names_and_holders() -> None:
    post = news.organization("Mail Inc.", name_zh="新邮")
    OrganizationName.objects.create(organization=post, name="Post", kind="former", until_on=dt.date(2010, 1, 1))
    head = news.position("President", label_zh="总裁", organization=post)
    PositionLabel.objects.create(position=head, name="Manager", name_zh="经理", until_on=dt.date(2005, 1, 1))
    chan = news.person("Chan", "Mei")
    PersonName.objects.create(person=chan, name="Wong Mei", kind="former", until_on=dt.date(2004, 1, 1))
    news.appointment(position=head, person=chan, from_on=dt.date(2000, 1, 1), until_on=dt.date(2008, 12, 31))
    news.appointment(position=head, person=news.person("Bo", "Li"), from_on=dt.date(2010, 1, 1))

    found = {year: on(post, year, 1, 1) for year in (1999, 2004, 2005, 2006, 2009, 2011)}
    assert {year: (unit.name, offices(unit)) for year, unit in found.items()} == {
        # Nobody knows who came before.
        1999: ("Post", [False]),
        2004: ("Post", [[("Wong Mei", "Manager")]]),
        2005: ("Post", [[("Chan Mei", "Manager")]]),
        2006: ("Post", [[("Chan Mei", "President")]]),
        2009: ("Post", [True]),
        2011: ("Mail Inc.", [[("Bo Li", "President")]]),
    }
    with translation.override("zh-hans"):
        assert offices(on(post, 2004, 1, 1)) == [[("Wong Mei", "经理")]]


def test_parts_are_nested_while_they_exist() -> None:
    post = news.organization("Post")
    division = news.organization("Division", parent=post, founded_on=dt.date(2000, 5, 1), founded_precision="year")
    news.organization("Office", parent=division, dissolved_on=dt.date(2005, 1, 1))
    news.organization("Hidden", parent=post, publish_at=FUTURE)

    def tree(unit: Unit) -> list[Any]:
        return [(part.name, tree(part)) for part in unit.units]

    assert [tree(on(post, year, 6, 1)) for year in (1999, 2001, 2006)] == [
        [],
        [("Division", [("Office", [])])],
        [("Division", [])],
    ]


def test_offices_of_a_dissolved_organization_are_not_held() -> None:
    bureau = news.organization("Bureau", dissolved_on=dt.date(2007, 1, 1))
    news.appointment(position=news.position(organization=bureau), from_on=dt.date(1998, 1, 1))

    assert offices(on(bureau, 2007, 1, 1)) == [[(str(bureau.positions.get().appointments.get().person), "Director")]]
    assert offices(on(bureau, 2007, 1, 2)) == []


def test_nothing_under_embargo_is_shown() -> None:
    post = news.organization("Post")
    secret = news.position("Chief of Drones", organization=post)
    news.appointment(position=secret, from_on=dt.date(2000, 1, 1), publish_at=FUTURE)
    known = news.position("Director", organization=post)
    news.appointment(position=known, from_on=dt.date(2000, 1, 1), until_on=dt.date(2001, 1, 1))
    news.appointment(position=known, from_on=dt.date(2002, 1, 1), publish_at=FUTURE)

    assert [office.title for office in on(post, 2010, 1, 1).offices] == ["Director"]
    assert offices(on(post, 2010, 1, 1)) == [True]


def test_query_count_does_not_depend_on_the_size(django_assert_num_queries: Any) -> None:
    post = news.organization("Post")
    for number in (1, 10):
        for _ in range(number):
            part = news.organization(parent=post)
            news.appointment(position=news.position(organization=part), from_on=dt.date(2000, 1, 1))
        with django_assert_num_queries(8):
            assert on(post, 2010, 1, 1).units[0].offices[0].holders
