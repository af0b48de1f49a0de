import pytest

from news.imports.known_names import KnownNames
from news.imports.unknown_people import find_unknown_people
from tests.factories import news

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _register() -> None:
    museum = news.organization("Postal Museum", name_zh="邮政博物馆", abbreviation="PM")
    news.position("Director", organization=museum, label_zh="馆长")
    news.person("Zhou", "Mei", name_zh="周梅")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jane Newperson, Director of the Postal Museum, spoke.", ["Jane Newperson"]),
        ("It was Jane Q. Newperson, the Director of PM.", ["Jane Q. Newperson"]),
        ("Zhou Mei, Director of the Postal Museum, spoke.", []),
        ("Later Zhou Mei, Director of the Postal Museum, spoke.", []),
        ("Yesterday, Director of the Postal Museum", []),
        ("李新人（邮政博物馆馆长）出席。", ["李新人"]),
        ("邮政博物馆馆长李新人，昨日出席。", ["李新人"]),
        ("邮政博物馆馆长周梅，昨日出席。", []),
        ("Jane Newperson, Curator of the Postal Museum", ["Jane Newperson"]),
        ("Jane Newperson, Curator of Birds", []),
        ("云海邮政局副局长王新来说。", ["王新来"]),
    ],
)
def test_people_with_a_position_of_the_register(text: str, names: list[str]) -> None:
    assert [person.name for person in find_unknown_people(text, KnownNames.load())] == names


def test_each_is_found_once_with_the_title_of_the_register() -> None:
    text = "Jane Newperson, Director of PM. Later Jane Newperson, Director of the Postal Museum."

    assert [(row.name, row.in_words) for row in find_unknown_people(text, KnownNames.load())] == [
        ("Jane Newperson", "Director, Postal Museum")
    ]
