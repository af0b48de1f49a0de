import pytest
from django.db import IntegrityError, transaction

from news.models import Source
from tests.factories import news

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["harbour post", "海港邮政", "HP NEWS"])
def test_source_is_found_by_name_or_alias_ignoring_case(name: str) -> None:
    source = news.source("Harbour Post", name_zh="海港邮政")
    source.aliases.create(name="HP News")
    news.source("Harbour")

    assert list(Source.objects.with_name(name)) == [source]


def test_names_and_aliases_are_unique_ignoring_case() -> None:
    source = news.source("Harbour Post")
    source.aliases.create(name="HP News")

    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.create(name="HARBOUR POST", slug="other")
    with pytest.raises(IntegrityError), transaction.atomic():
        news.source("Other").aliases.create(name="hp news")
