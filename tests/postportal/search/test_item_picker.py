import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from postportal.publishing.models import State
from postportal.search.documents import DocumentKey
from postportal.search.item_picker import find_items, item_labels
from tests.factories import news
from tests.postportal.search.test_results import AT

pytestmark = pytest.mark.django_db


def test_drafts_are_found_and_labelled() -> None:
    draft = news.article("Copper draft", state=State.DRAFT, dateline_on=dt.date(2020, 1, 2))
    person = news.person("Copper", "Mei")

    assert find_items("copper", at=AT) == {
        DocumentKey("person", person.pk): "Copper Mei – Person",
        DocumentKey("article", draft.pk): "Copper draft – News, 2 January 2020, not public",
    }


@pytest.mark.parametrize("text", ["", '"', "silver"])
def test_text_without_a_match_finds_nothing(text: str) -> None:
    news.article("Copper")

    assert find_items(text, at=AT) == {}


def test_deleted_row_has_no_label() -> None:
    assert item_labels([DocumentKey("article", 999), DocumentKey("no-such-kind", 1)], at=AT) == {}


def test_labels_take_two_queries_for_each_kind(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    keys = [DocumentKey("article", news.article(f"Copper {number}").pk) for number in range(3)]

    with django_assert_num_queries(2):
        assert len(item_labels(keys, at=AT)) == 3
