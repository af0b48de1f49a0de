import datetime as dt

import pytest
from django.utils import timezone

from news import article_page
from news.models import Article
from postportal.publishing.models import State
from tests.factories import news

pytestmark = pytest.mark.django_db


def related_titles(article: Article) -> list[str]:
    tags = article_page.tags_of(article)
    return [row.title for row in article_page.related_to(article, tags=tags, at=timezone.now())]


@pytest.mark.parametrize("newest", [1, 6, 7, 8, 2000])
def test_related_articles_do_not_depend_on_the_number_searched_first(
    newest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("news.article_page.MAX_SEARCHED_FOR_RELATED", newest)
    for name in ("_tags", "_newest_with_a_tag", "_related"):
        query = getattr(article_page, name)
        monkeypatch.setattr(query, "_compiled", None)
    assert related_titles(make_archive()) == ["5 days ago", "6 days ago", "7 days ago"]


def make_archive() -> Article:
    """Make an article and others of the days before it. Three of them share a tag with it."""
    article = news.article("About", tags=["Rail", "Sea"])
    for days in range(8):
        tags = ["Rail"] if days in (5, 6) else ["Sea"] if days == 7 else ["Other"]
        news.article(f"{days} days ago", dateline_on=article.dateline_on - dt.timedelta(days=days), tags=tags)
    news.article("Hidden", state=State.DRAFT, tags=["Rail"])
    return article


def test_common_tag_is_searched_among_the_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("news.article_page.MAX_SEARCHED_FOR_RELATED", 2)
    monkeypatch.setattr(article_page._tags, "_compiled", None)
    article = news.article(tags=["Rail", "Sea"])
    for _ in range(2):
        news.article(tags=["Rail"])

    tags = article_page.tags_of(article)

    assert [(tag.name, tag.is_common) for tag in tags] == [("Rail", True), ("Sea", False)]  # type: ignore[attr-defined]


def test_neighbours_and_translations_are_public() -> None:
    days = [dt.date(2021, 12, day) for day in range(1, 6)]
    first, _hidden, article, last = (
        news.article(dateline_on=day, state=State.DRAFT if n == 1 else State.PUBLISHED)
        for n, day in enumerate(days[:4])
    )
    chinese = news.article(language="zh-hans", translation_of=article)
    news.article(language="zh-hans", translation_of=article, state=State.DRAFT)

    at = timezone.now()
    assert article_page.others_beside(article, at=at) == ({"earlier": first, "later": last}, [chinese])
    assert article_page.others_beside(chinese, at=at) == ({}, [article])
