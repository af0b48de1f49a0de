import pytest
from django.db import connection
from django.utils import translation

from news.models import Person, PersonName
from tests.factories import news

pytestmark = pytest.mark.django_db


def test_name_follows_the_order_of_names() -> None:
    liu = news.person("Liu", "Aili")
    graham = news.person("Graham", "Paul", name_order="given")

    assert [(row.name, row.letter, row.initials) for row in (liu, graham)] == [
        ("Liu Aili", "L", "LA"),
        ("Paul Graham", "G", "PG"),
    ]


def test_single_name_has_no_stray_space() -> None:
    person = news.person("Metoki", "")

    assert (person.name, person.letter, person.initials) == ("Metoki", "M", "M")


def test_display_name_is_in_the_active_language() -> None:
    person = news.person("Liu", "Aili", name_zh="刘爱力")

    assert (person.display_name, person.other_script_name) == ("Liu Aili", "刘爱力")
    with translation.override("zh-hans"):
        assert (person.display_name, person.other_script_name) == ("刘爱力", "Liu Aili")


def test_person_is_found_by_every_name() -> None:
    person = news.person("Hussein", "Bishar A.", name_order="given", name_zh="侯赛因")
    PersonName.objects.create(person=person, name="Bishar Abdirahman Hussein")

    found = [
        list(Person.objects.with_name(name))
        for name in ("bishar a. hussein", "Bishar Abdirahman Hussein", "侯赛因", "Hussein")
    ]

    assert found == [[person], [person], [person], []]


def test_people_are_sorted_by_family_name() -> None:
    zhao, chai, graham = news.person("Zhao"), news.person("Chai"), news.person("Graham", "Paul", name_order="given")

    assert list(Person.objects.by_name()) == [chai, graham, zhao]


def test_people_are_in_the_order_of_the_unicode_collation() -> None:
    names = [
        ("Andersson", ""),
        ("Ångström", "Ása"),
        ("Dahl", ""),
        ("Dang", "Ba"),
        ("Đặng", "Thị"),
        ("Dzo", ""),
        ("Lopez", ""),
        ("Łukasiewicz", "Łukasz"),
        ("Lz", ""),
        ("Zhou", "Mei"),
        ("周", "明"),
        ("Эйнштейн", ""),
    ]
    for number, (family, given) in enumerate(reversed(names)):
        news.person(family, given, slug=f"person-{number}")

    rows = list(Person.objects.by_name())

    assert [(row.family_name, row.given_name) for row in rows] == names
    assert "".join(row.letter for row in rows) == "AADDDDLLLZZЭ"


def test_lists_by_name_and_letter_use_an_index() -> None:
    plans = [rows.by_name().explain() for rows in (Person.objects.all(), Person.objects.filter(letter="L"))]

    if connection.vendor == "sqlite":
        assert ["person_by_name" in plans[0], "person_by_letter" in plans[1]] == [True, True]
        assert "TEMP B-TREE" not in "".join(plans)
