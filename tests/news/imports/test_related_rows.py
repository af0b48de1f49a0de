import pytest

from news.imports.article_line import ArticleLine
from news.imports.known_names import KnownNames
from news.imports.related_rows import RelatedRows, UnknownNames
from news.imports.taxonomy import Taxonomy
from news.models import Article, Mention
from tests.factories import news
from tests.news.imports.import_lines import article_line

pytestmark = pytest.mark.django_db


def apply(article: Article, line: ArticleLine, *, unknown: UnknownNames | None = None) -> bool:
    """Write what the line changes about the article, and return whether that is anything."""
    rows, unknown = RelatedRows([article.pk]), unknown or UnknownNames()
    change = rows.change_of(article.pk, line, taxonomy=Taxonomy(), names=KnownNames.load(), unknown=unknown)
    rows.write([(article, change)])
    return bool(change)


def test_tags_become_those_of_the_line() -> None:
    article, other = news.article(tags=["night", "old"]), news.article(tags=["kept"])

    assert apply(article, article_line(tags=["Night", "new"]))
    assert not apply(other, article_line(2))
    assert sorted(article.tags.names()) == ["new", "night"]
    assert list(other.tags.names()) == ["kept"]


def test_same_tags_change_nothing() -> None:
    assert not apply(news.article(tags=["night"]), article_line(tags=["night"]))


def test_known_names_become_mentions_and_unknown_ones_are_counted() -> None:
    article, finch = news.article(), news.person("Finch", "Orla", name_order="given")
    post, unknown = news.organization("Harbour Post", abbreviation="HPO"), UnknownNames()
    line = article_line(people=["orla finch", "Nobody"], organizations=["HPO", "Orla Finch"])

    assert apply(article, line, unknown=unknown)

    mentions = Mention.objects.order_by("order")
    assert [(mention.subject, mention.label) for mention in mentions] == [(finch, "orla finch"), (post, "HPO")]
    assert (unknown.people, unknown.organizations) == ({"Nobody": 1}, {"Orla Finch": 1})


def test_mentions_of_editors_stay_and_new_ones_follow() -> None:
    article, finch, tang = news.article(), news.person("Finch", "Orla"), news.person("Tang", "Mei")
    news.mention(finch, article=article, label="The author")
    line = article_line(people=["Finch Orla", "Tang Mei", "TANG MEI"])

    assert apply(article, line)
    assert not apply(article, line)
    mentions = Mention.objects.order_by("order")
    assert [(mention.subject, mention.label) for mention in mentions] == [(finch, "The author"), (tang, "Tang Mei")]
