import pytest

from news.models import Organization, OrganizationName, Person, PersonName, Source, SourceAlias
from postportal.text.name_search import filter_words
from tests.factories import news

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("family", "given", "typed"),
    [
        ("Phu\u031bo\u031b\u0323ng", "Nguyễn Thị", "Phượng"),
        ("Phượng", "Nguyễn Thị", "Phu\u031bo\u031b\u0323ng nguyen"),
        ("O’Brien", "Seán", "O'Brien"),
        ("O’Brien", "Seán", "sean O‘Brien"),
        ("O’Brien", "Seán", "OʼBrien"),
        ("Dũng", "Đặng Thị Mỹ", "dang"),
        ("Łukasiewicz", "Łukasz", "lukasz"),
        ("Ångström", "Ása", "Angstrom"),
        ("čapek", "Karel", "Čapek"),
        ("Suharto", "", "suharto"),
        ("Martin", "Jean-Luc", "jean luc"),
        ("Martin", "Jean Luc", "Jean‐Luc"),
        ("劉", "愛力", "刘 爱力"),
        ("ÉCOLE", "Maria", "école"),
    ],
)
def test_person_is_found_however_the_name_is_typed(family: str, given: str, typed: str) -> None:
    person = news.person(family, given, slug="found")
    news.person("Zhou", "Mei", slug="other")

    assert list(Person.objects.matching(typed)) == [person]


def test_every_word_must_be_in_a_name_but_not_in_the_same() -> None:
    person = news.person("Liu", "Aili", name_zh="劉愛力")
    PersonName.objects.create(person=person, name="Lıu A-li")

    assert [Person.objects.matching(typed).count() for typed in ("刘爱 aili", "a li", "liu mei", "", "…", "·")] == [
        1,
        1,
        0,
        1,
        0,
        0,
    ]


def test_organization_is_found_by_abbreviation_and_other_names() -> None:
    found = news.organization("Poczta Łódź", abbreviation="P.Ł.", name_zh="郵政", slug="poczta")
    OrganizationName.objects.create(organization=found, name="Poste d‘Été")
    news.organization("Other", slug="other")

    for typed in ("lodz", "pł", "邮政", "poste d'ete"):
        assert list(Organization.objects.matching(typed)) == [found]


def test_whole_name_is_compared_folded() -> None:
    source = news.source("Agence Équateur", name_zh="新華社")
    SourceAlias.objects.create(source=source, name="A.E.")

    names = ("AGENCE EQUATEUR", "新华社", "ae", "Agence", "", "'")

    assert [Source.objects.with_name(name).count() for name in names] == [1, 1, 1, 0, 0, 0]


def test_filter_by_words_of_folded_fields() -> None:
    position = news.position("Gérant", organization=news.organization("Œuvre postale", slug="oeuvre"))
    fields = ["folded_label", "organization__folded_name"]

    assert list(filter_words(type(position).objects.all(), "gerant oeuvre", fields=fields)) == [position]


def test_filter_does_not_read_other_names_row_by_row(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    for number in range(5):
        PersonName.objects.create(person=news.person(f"Zhou{number}", slug=f"zhou{number}"), name=f"Chou {number}")

    with django_assert_num_queries(1):
        assert len(Person.objects.matching("chou zhou")) == 5
