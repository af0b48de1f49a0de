import pytest

from news.imports.known_names import KnownNames, NameOwner
from news.models import Organization, OrganizationName, Person, PersonName
from tests.factories import news as factories

ORLA, MEI, POST, UNION = (
    NameOwner(Person, 1),
    NameOwner(Person, 2),
    NameOwner(Organization, 1),
    NameOwner(Organization, 2),
)
NAMES = KnownNames(
    [
        ("Orla Finch", ORLA),
        ("O. B. Finch", ORLA),
        ("Tang Mei", MEI),
        ("唐梅", MEI),
        ("Harbour Post", POST),
        ("Harbour Post Workers' Union", UNION),
        ("HPWU", UNION),
        ("Bo", NameOwner(Person, 3)),
        ("Ann", NameOwner(Person, 4)),
        ("HP", POST),
        ("梅", NameOwner(Person, 5)),
        ("Sandy Bay", NameOwner(Person, 6)),
        ("Sandy Bay", NameOwner(Organization, 6)),
        ("", POST),
    ]
)


def matches(text: str) -> list[tuple[NameOwner, str]]:
    return [(each.owner, each.printed_name) for each in NAMES.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orla Finch met Tang Mei.", [(ORLA, "Orla Finch"), (MEI, "Tang Mei")]),
        ("“Orla Finch”, (Tang Mei)", [(ORLA, "Orla Finch"), (MEI, "Tang Mei")]),
        ("Orla Finch's and Orla Finch’s bag", [(ORLA, "Orla Finch")]),
        ("Then O. B. Finch, later Orla Finch.", [(ORLA, "O. B. Finch")]),
        ("Orla\nFinch", [(ORLA, "Orla Finch")]),
        ("Orla Finches and Zorla Finch", []),
        ("orla finch", []),
        ("Harbour Post Workers’ Union", [(UNION, "Harbour Post Workers’ Union")]),
        ("Harbour Post Workers' Uniontown", [(POST, "Harbour Post")]),
        ("HPWU-led talks", [(UNION, "HPWU")]),
        ("HPWU2 talks", []),
        ("昨天唐梅说话", [(MEI, "唐梅")]),
        ("唐梅Tang Mei", [(MEI, "唐梅")]),
        ("Bo, Ann and 梅 of HP", []),
        ("Sandy Bay", []),
        ("", []),
    ],
)
def test_names_are_found_as_printed(text: str, expected: list[tuple[NameOwner, str]]) -> None:
    assert matches(text) == expected


def test_match_starts_where_the_name_starts() -> None:
    assert [each.start for each in NAMES.find("Yes, Tang Mei")] == [5]


def test_name_is_resolved_ignoring_case() -> None:
    assert NAMES.resolve(" harbour  post ") == POST
    assert NAMES.resolve("ORLA FINCH", model=Person) == ORLA
    assert NAMES.resolve("ORLA FINCH", model=Organization) is None
    assert NAMES.resolve("Nobody") is None


def test_shared_name_is_resolved_only_with_a_model() -> None:
    assert NAMES.resolve("Sandy Bay") is None
    assert NAMES.resolve("Sandy Bay", model=Person) == NameOwner(Person, 6)


@pytest.mark.django_db
def test_every_name_of_the_directory_is_known() -> None:
    person = factories.person("Finch", "Orla", name_order="given", name_zh="方小舟")
    PersonName.objects.create(person=person, name="O. B. Finch")
    post = factories.organization("Harbour Post", name_zh="海港邮政", abbreviation="HPO")
    OrganizationName.objects.create(organization=post, name="Harbour Mail", kind="former")

    names = KnownNames.load()

    texts = ["Orla Finch", "Orla FINCH", "方小舟", "O. B. Finch", "Harbour Post", "海港邮政", "HPO", "Harbour Mail"]
    assert [each.owner.pk for text in texts for each in names.find(text)] == [person.pk] * 4 + [post.pk] * 4


@pytest.mark.django_db
def test_person_with_one_name_only_is_known_by_it() -> None:
    factories.person("Zephyrine", "")

    assert [each.printed_name for each in KnownNames.load().find("Then Zephyrine came.")] == ["Zephyrine"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Fátima Gonçalves", "Fatima Goncalves rode"),
        ("Fatima Gonzales", "by Fátima Gonzales."),
        ("Åsa Öberg", "Asa Oberg"),
    ],
)
def test_accents_are_folded_and_places_stay(name: str, text: str) -> None:
    owner = NameOwner(Person, 1)
    match = KnownNames([(name, owner)]).find(text)[0]

    assert text[match.start :].startswith(match.printed_name)
    assert len(match.printed_name) == len(name)


def test_shared_name_is_found_once() -> None:
    owners = [NameOwner(Person, number) for number in (1, 2)]
    names = KnownNames([("Zhang Wei", owner) for owner in owners])

    assert names.find("Zhang Wei met Zhang Wei.") == []
    assert [(shared.owners, shared.start) for shared in names.find_shared("Zhang Wei met Zhang Wei.")] == [
        (tuple(owners), 0)
    ]
