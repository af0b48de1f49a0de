import pytest
from django.db.models import F

from postportal.search.documents import DocumentKey
from postportal.search.kinds import RESULT_COLUMNS, empty_value, kinds
from tests.factories import news


def test_kinds_are_listed_in_the_order_of_the_filter_panel() -> None:
    order = ["article", "stamp-issue", "person", "organization", "hotline", "document", "page", "site-page"]

    assert list(kinds()) == order


def test_key_has_the_name_of_the_kind() -> None:
    assert kinds()["person"].key(7) == DocumentKey("person", 7)


def test_every_kind_only_has_known_columns() -> None:
    unknown = {name: set(kind.columns()) - set(RESULT_COLUMNS) for name, kind in kinds().items()}

    assert set().union(*unknown.values()) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("column", RESULT_COLUMNS)
def test_empty_value_can_be_united_with_the_column_of_another_kind(column: str) -> None:
    article = news.article()
    people, articles = kinds()["person"], kinds()["article"]
    news.person("Zhou", "Mei")

    value = articles.columns().get(column, empty_value(column))
    rows = articles.model.objects.order_by().annotate(hit=value).values_list("hit", F("pk"))
    empty = people.model.objects.order_by().annotate(hit=empty_value(column)).values_list("hit", F("pk"))

    assert article.pk in [pk for _value, pk in rows.union(empty, all=True)]
