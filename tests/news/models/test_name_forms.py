import pytest
from django.core.exceptions import ValidationError

from news.imports.known_names import KnownNames
from news.models import Person
from news.models.name_forms import NameParts
from tests.factories import news

GARCIA = {"family": "García", "second_family": "Lorca", "given": "Federico", "order": "given"}
IVAN = {"family": "Sidorov", "given": "Ivan", "patronymic": "Petrovich"}


@pytest.mark.parametrize(
    ("parts", "name", "sorted_by"),
    [
        ({"family": "Liu", "given": "Aili"}, "Liu Aili", ("Liu", "Aili")),
        ({"given": "Metoki"}, "Metoki", ("Metoki", "")),
        (GARCIA, "Federico García Lorca", ("García Lorca", "Federico")),
        (IVAN, "Sidorov Ivan Petrovich", ("Sidorov", "Ivan Petrovich")),
        ({**IVAN, "order": "given"}, "Ivan Petrovich Sidorov", ("Sidorov", "Ivan Petrovich")),
        (
            {"given": "Guðrún", "patronymic": "Jónsdóttir", "order": "given"},
            "Guðrún Jónsdóttir",
            ("Guðrún", "Jónsdóttir"),
        ),
        (
            {"family": "Sukarno", "order": "written", "written": "Sukarno (Bung Karno)"},
            "Sukarno (Bung Karno)",
            ("Sukarno", ""),
        ),
    ],
)
def test_name_and_its_place_in_lists(parts: dict[str, str], name: str, sorted_by: tuple[str, str]) -> None:
    row = NameParts(**{"family": "", **parts})

    assert (row.name, row.sorted_by) == (name, sorted_by)


def test_texts_leave_out_the_second_family_name_and_the_patronymic() -> None:
    assert NameParts(**GARCIA).short_forms == [
        "Federico García",
        "García Lorca, Federico",
        "García, Federico",
        "Federico GARCÍA Lorca",
        "Federico GARCÍA",
        "GARCÍA Lorca, Federico",
        "GARCÍA, Federico",
    ]
    assert "Sidorov Ivan" in NameParts(**IVAN).short_forms
    assert NameParts("Metoki").short_forms == []


@pytest.mark.django_db
def test_people_without_family_name_are_among_the_others_in_lists() -> None:
    names = [("Zhou", "Mei"), ("", "Metoki"), ("Lorca", "")]
    rows = [
        news.person(family, given, slug=f"p{n}") if family else _mononym(given)
        for n, (family, given) in enumerate(names)
    ]

    assert list(Person.objects.by_name()) == [rows[2], rows[1], rows[0]]
    assert [row.letter for row in Person.objects.by_name()] == ["L", "M", "Z"]


def _mononym(given: str) -> Person:
    return Person.objects.create(given_name=given, slug=given.lower(), publish_at=news.LONG_AGO)


@pytest.mark.django_db
def test_every_form_is_found_in_texts_and_by_the_search_for_people() -> None:
    person = news.person("García", "Federico", second_family_name="Lorca", name_order="given")

    found = KnownNames.load().find("Federico Garcia rode")

    assert [match.owner.pk for match in found] == [person.pk]
    assert list(Person.objects.matching("garcia lorca")) == [person]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"family_name": ""}, "family_name"),
        ({"family_name": "Li", "name_order": "written"}, "written_name"),
        ({"family_name": "a" * 80, "given_name": "b" * 80, "patronymic": "c" * 20}, "given_name"),
    ],
)
def test_form_names_what_is_wrong(fields: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as error:
        Person(**fields).full_clean()

    assert set(error.value.message_dict) >= {field}
