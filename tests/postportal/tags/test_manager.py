import pytest
from taggit.models import Tag

from postportal.tags.manager import known_names, one_per_spelling
from tests.factories import news

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ÉCOLE", "école"),
        ("École", "ecole"),
        ("郵政", "邮政"),
        ("Łódź", "lodz"),
        ("O’Brien", "O'Brien"),
        ("a\u00adb", "ab"),
    ],
)
def test_equal_tags_are_one(one: str, other: str) -> None:
    first = news.article(tags=[one])
    second = news.article(tags=[other])

    assert Tag.objects.count() == 1
    assert list(first.tags.all()) == list(second.tags.all())


def test_equal_tags_in_one_save_are_one() -> None:
    article = news.article(tags=["ÉCOLE", "école", "C++", "C"])

    assert sorted(article.tags.names()) == ["C", "C++", "ÉCOLE"]


def test_known_tag_keeps_its_spelling() -> None:
    article = news.article(tags=["Rail mail"])
    article.tags.set(["RAIL MAIL", Tag.objects.create(name="Night")])

    assert sorted(article.tags.names()) == ["Night", "Rail mail"]


def test_names_are_tidied_and_blank_ones_left_out() -> None:
    assert one_per_spelling([" Rail\u202e  mail ", "rail mail", "\u200b", "'"]) == ["Rail mail", "'"]


def test_names_are_those_of_the_tags() -> None:
    news.article(tags=["École"])

    assert known_names(["ECOLE", "école", "New"]) == ["École", "New"]
