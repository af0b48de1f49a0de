import pytest

from news.models import Section, Source
from postportal.legacy.importers.sections_and_sources import (
    canonical_section_name,
    get_or_create_section,
    get_or_create_source,
)
from tests.factories import news


@pytest.mark.parametrize(
    ("label", "name"),
    [("News Centre", "News"), ("通知公告", "Messages"), ("postman stories", "Postman Story"), ("Night life", "")],
)
def test_label_of_the_old_site_names_a_section(label: str, name: str) -> None:
    assert canonical_section_name(label) == name


@pytest.mark.django_db
def test_section_is_created_once_with_its_chinese_name() -> None:
    first = get_or_create_section("Messages")

    assert (first.slug, first.name_zh) == ("messages", "公告")
    assert get_or_create_section("messages") == first
    assert Section.objects.count() == 1


@pytest.mark.django_db
def test_source_is_found_by_alias_or_created_once() -> None:
    known = news.source("Harbour Post")
    known.aliases.create(name="HP News")

    assert get_or_create_source("hp news") == known
    assert get_or_create_source("Island Post") == get_or_create_source("Island Post")
    assert get_or_create_source("  ") is None
    assert Source.objects.count() == 2
