import datetime as dt
from typing import Any

import pytest

from news.imports.columns import ColumnReader, LineValues
from news.imports.pictures import PictureFolder
from news.imports.taxonomy import Taxonomy
from news.imports.translations import Originals
from news.models import Article
from tests.factories import news
from tests.news.imports.import_lines import article_line

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
PUBLISHED = dt.datetime(2019, 5, 19, 16, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _section() -> None:
    news.section()


def read(article: Article, **keys: Any) -> LineValues:
    reader = ColumnReader(at=NOW, taxonomy=Taxonomy(), pictures=PictureFolder(None))
    return reader.read(article, article_line(**keys), originals=Originals([], pks=[]))


def existing(**fields: Any) -> Article:
    return news.article("Counter 1 opens", dateline_on=dt.date(2019, 5, 20), publish_at=PUBLISHED, **fields)


def test_new_article_gets_every_column_of_the_line() -> None:
    values = read(Article()).values

    assert sorted(values) == ["dateline_on", "publish_at", "section_id", "state", "title"]


def test_only_what_differs_is_returned_for_an_existing_article() -> None:
    article = existing(body="<p>Text.</p>")

    assert read(article, body="Text.", credit="").values == {}
    assert read(article, body="Text 2.", credit="Post").values == {"body": "<p>Text 2.</p>", "credit": "Post"}


@pytest.mark.parametrize(
    ("keys", "are_seen"), [({"slug": "other"}, False), ({"updated": "2020-01-01"}, False), ({"title": "New"}, True)]
)
def test_readers_do_not_see_every_change(keys: dict[str, Any], are_seen: bool) -> None:
    found = read(existing(), **keys)

    assert (len(found.values), found.are_seen) == (1, are_seen)


def test_picture_that_cannot_be_taken_in_changes_nothing_and_is_noted() -> None:
    found = read(existing(), image="van.png")

    assert found.values == {}
    assert found.notes == ["lead picture van.png: standard input has no folder with pictures"]
    assert read(existing(slug="x"), image="").values == {}


def test_gallery_picture_that_cannot_be_taken_in_is_noted_with_its_text() -> None:
    found = read(existing(), body="Text 2.", gallery=[{"file": "van.png", "alt": "A van"}, "bus.png"])

    assert found.values == {"body": "<p>Text 2.</p>"}
    assert found.notes == [
        "picture van.png: standard input has no folder with pictures",
        "picture bus.png: standard input has no folder with pictures",
        "picture bus.png: no alternative text in the line",
    ]


def test_update_before_publication_is_none() -> None:
    assert read(existing(), updated="2018-01-01").values == {}
