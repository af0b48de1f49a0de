"""Names of the rows that contents refer to."""

from typing import Any

import pytest

from news.models import Article, Organization, Person, Section
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.related_names import RelatedNames, find_field, related_keys
from tests.factories import news

pytestmark = pytest.mark.django_db


def test_rows_in_fields_and_child_rows_are_named() -> None:
    article, person = news.article(section=news.section("Rail")), news.person("Zhou")
    news.mention(person, article=article)

    names = RelatedNames(Article, [snapshots.serialize(article)])

    assert names.name(Section, article.section_id) == "Rail"
    assert names.name(Person, person.pk) == str(person)
    assert not names.is_gone(Person, person.pk)


def test_deleted_row_is_named_by_its_number() -> None:
    article, person = news.article(), news.person()
    news.mention(person, article=article)
    content, key = snapshots.serialize(article), person.pk
    article.mentions.all().delete()
    person.delete()

    names = RelatedNames(Article, [content])

    assert (names.is_gone(Person, key), names.name(Person, key)) == (True, f"no. {key} (deleted)")


def test_one_query_for_each_model(django_assert_num_queries: Any) -> None:
    article = news.article()
    for _ in range(3):
        news.mention(news.person(), article=article)
        news.mention(news.organization(), article=article)
    content = snapshots.serialize(article)

    # Sections, people and organizations.
    with django_assert_num_queries(3):
        names = RelatedNames(Article, [content, content])
    assert len(names.rows[Organization]) == 3


def test_removed_field_has_no_keys() -> None:
    assert find_field(Article, "subtitle") is None
    assert list(related_keys(Article, {"subtitle": 3, "section": None, "source": 4, "title": "x"})) == [
        (Article._meta.get_field("source").related_model, 4)
    ]
