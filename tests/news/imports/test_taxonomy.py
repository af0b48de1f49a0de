import pytest
from pytest_django import DjangoAssertNumQueries
from taggit.models import Tag

from news.imports.taxonomy import Taxonomy
from news.models import Section, Source
from tests.factories import news

pytestmark = pytest.mark.django_db


def test_existing_rows_are_found_ignoring_case() -> None:
    section, source = news.section("Night life", name_zh="夜生活"), news.source("Harbour Post", name_zh="海港邮政")
    source.aliases.create(name="HP News")
    tag = Tag.objects.create(name="Night")
    taxonomy = Taxonomy()

    assert {taxonomy.section_pk(name) for name in ("NIGHT LIFE", "夜生活")} == {section.pk}
    assert {taxonomy.source_pk(name) for name in ("harbour post", "hp news", "海港邮政")} == {source.pk}
    assert taxonomy.tag_pks(["night", "NIGHT"]) == {"night": tag.pk, "NIGHT": tag.pk}
    assert (Section.objects.count(), Source.objects.count(), Tag.objects.count()) == (1, 1, 1)


def test_missing_rows_are_created_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    taxonomy = Taxonomy(create_sections=True)
    pks = (taxonomy.section_pk("Night life"), taxonomy.source_pk("Harbour Post"), taxonomy.tag_pks(["day"]))

    with django_assert_num_queries(0):
        again = (taxonomy.section_pk("night life"), taxonomy.source_pk("HARBOUR POST"), taxonomy.tag_pks(["day"]))
    assert again == pks
    assert (Section.objects.get().slug, Source.objects.get().slug, Tag.objects.get().slug) == (
        "night-life",
        "harbour-post",
        "day",
    )


def test_equal_tags_of_an_import_are_one() -> None:
    keys = Taxonomy().tag_pks(["ÉCOLE", "école", "郵政", "邮政"])

    assert (keys["ÉCOLE"], keys["郵政"]) == (keys["école"], keys["邮政"])
    assert len(set(keys.values())) == 2
