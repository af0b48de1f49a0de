from typing import Any

import pytest
from django.utils import timezone

from news.imports.batches import BatchResult, BatchWriter
from news.imports.translations import link_translations
from news.models import Article
from tests.factories import news
from tests.news.imports.import_lines import article_line

pytestmark = pytest.mark.django_db
ORIGINAL: dict[str, Any] = {"number": 1}
CHINESE: dict[str, Any] = {"number": 2, "language": "zh", "translation_of": "n-1"}


@pytest.fixture(autouse=True)
def _section() -> None:
    news.section()


def write(*lines: dict[str, Any]) -> BatchResult:
    return BatchWriter(at=timezone.now()).write([article_line(**keys) for keys in lines])


def original_of(external_id: str) -> str | None:
    article = Article.objects.get(external_id=external_id)
    return article.translation_of.external_id if article.translation_of else None


def test_original_that_exists_is_linked_at_once() -> None:
    write(ORIGINAL)

    assert write(CHINESE).pending_translations == []
    assert original_of("n-2") == "n-1"
    assert write(CHINESE).unchanged == 1
    assert write({**CHINESE, "translation_of": None}).updated == 1
    assert original_of("n-2") is None


def test_original_on_a_later_line_is_linked_at_the_end() -> None:
    result = write(CHINESE, ORIGINAL)
    assert original_of("n-2") is None

    assert link_translations(result.pending_translations, at=timezone.now()) == {}

    assert original_of("n-2") == "n-1"
    # The article still belongs to the import.
    assert write(CHINESE, ORIGINAL).unchanged == 2
    assert write({**CHINESE, "body": "新"}).updated == 1


def test_article_that_was_edited_in_the_meantime_is_left_as_it_is() -> None:
    result = write(CHINESE, ORIGINAL)
    Article.objects.filter(external_id="n-2").update(title="Edited")

    assert link_translations(result.pending_translations, at=timezone.now()) == {}
    assert original_of("n-2") is None


def test_translation_of_a_translation_has_the_same_original() -> None:
    write(ORIGINAL)
    write(CHINESE)
    result = write({"number": 3, "language": "zh", "translation_of": "n-2"})

    assert (result.notes, original_of("n-3")) == ({}, "n-1")


def test_impossible_originals_are_noted() -> None:
    write(ORIGINAL)
    write({"number": 3, "translation_of": "n-4"}, {"number": 4})
    result = write(
        {"number": 1, "translation_of": "n-1"},
        {"number": 2, "translation_of": "n-1"},
        {"number": 3, "translation_of": "n-9"},
    )

    assert result.notes == {
        1: ["translation_of: the article itself"],
        2: ["translation_of: an article in the same language"],
    }
    assert link_translations(result.pending_translations, at=timezone.now()) == {
        3: "translation_of: there is no article “n-9”"
    }


def test_articles_that_name_each_other_do_not_make_a_circle() -> None:
    first, second = {"number": 1, "translation_of": "n-2"}, {"number": 2, "language": "zh", "translation_of": "n-1"}
    result = write(first, second)

    problems = link_translations(result.pending_translations, at=timezone.now())

    assert problems == {2: "translation_of: the article itself"}
    assert (original_of("n-1"), original_of("n-2")) == ("n-2", None)
    # The same holds for articles that exist already.
    write({"number": 1, "translation_of": None})
    assert write(second, first).notes == {1: ["translation_of: the article itself"]}
    assert (original_of("n-1"), original_of("n-2")) == (None, "n-1")


def test_chain_of_new_lines_has_one_original() -> None:
    result = write({"number": 3, "translation_of": "n-2"}, {**CHINESE, "translation_of": "n-1"}, ORIGINAL)

    problems = link_translations(result.pending_translations, at=timezone.now())

    assert problems == {2: "translation_of: other articles are translations of this one"}
    assert (original_of("n-3"), original_of("n-2")) == ("n-2", None)
