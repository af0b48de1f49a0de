from typing import Any

import pytest

from benchmarks.speed.copies import copy_articles
from news.models import Article
from postportal.search import index
from tests.factories import news

pytestmark = pytest.mark.django_db


def test_copies_are_indexed_like_their_originals(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        person = news.person("Zhou", "Mei")
        for number in range(3):
            article = news.article(f"Copper {number}", external_id=f"copper-{number}")
            article.tags.add("Ferries")
            news.mention(person, article=article)

    assert copy_articles(3) == 9

    assert not index.check()
    assert len({article.get_absolute_url() for article in Article.objects.all()}) == 9
    assert Article.objects.filter(tags__name="Ferries", mentions__person=person).count() == 9


def test_articles_can_be_added_to_a_copied_archive() -> None:
    news.article()
    copy_articles(2)

    news.article("Another one")

    assert Article.objects.count() == 3
