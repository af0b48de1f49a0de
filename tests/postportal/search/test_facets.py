import datetime as dt

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from postportal.search.facets import Choice, choices_by_name, choices_by_pk, facets
from tests.factories import news
from tests.postportal.search.test_results import AT, SECOND

pytestmark = pytest.mark.django_db


def test_choices_are_found_by_slug_and_by_any_name_with_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person, section = news.person("Zhou", "Mei"), news.section("Postman Story")
    person.names.create(name="Madam Zhou")
    source = news.source("Coastal Gazette")

    with django_assert_num_queries(1):
        found = choices_by_name(
            {"person": ["madam zhou"], "section": ["POSTMAN STORY"], "source": [source.slug], "year": ["2021"]}, at=AT
        )

    assert found == {
        "person": {person.pk: Choice(person.pk, "zhou-mei", "Zhou Mei")},
        "section": {section.pk: Choice(section.pk, section.slug, "Postman Story")},
        "source": {source.pk: Choice(source.pk, source.slug, "Coastal Gazette")},
    }


def test_unknown_names_have_no_choice() -> None:
    assert choices_by_name({"person": ["nobody"], "tag": [], "no-such-facet": ["x"]}, at=AT) == {}
    assert choices_by_pk({}, at=AT) == {}


def test_value_under_embargo_has_no_label() -> None:
    person = news.person("Secret", "Li", publish_at=AT)

    assert choices_by_pk({"person": [person.pk]}, at=AT - SECOND) == {}
    assert list(choices_by_pk({"person": [person.pk]}, at=AT)["person"]) == [person.pk]


def test_label_is_in_the_language_of_the_page() -> None:
    section = news.section("Messages", name_zh="讯息")

    with translation.override("zh-hans"):
        assert choices_by_pk({"section": [section.pk]}, at=AT)["section"][section.pk].label == "讯息"


def test_facets_are_listed_in_the_order_of_the_filter_panel() -> None:
    orders = [facet.order for facet in facets().values()]

    assert list(facets()) == ["section", "tag", "person", "organization", "source"]
    assert orders == sorted(orders)
    assert facets()["section"].completions("m", at=dt.datetime.now(dt.UTC), language="en", limit=2) == []
