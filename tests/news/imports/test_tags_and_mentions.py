import pytest

from news.imports.known_names import KnownNames
from news.imports.tags_and_mentions import UnknownNames, add_mentions, set_tags
from news.imports.taxonomy import Taxonomy
from news.models import Mention
from tests.factories import news
from tests.news.imports.import_lines import article_line

pytestmark = pytest.mark.django_db


def test_tags_become_those_of_the_line() -> None:
    article, other = news.article(tags=["night", "old"]), news.article(tags=["kept"])

    changed = set_tags([(article, article_line(tags=["Night", "new"])), (other, article_line(2))], Taxonomy())

    assert changed == {article.pk}
    assert sorted(article.tags.names()) == ["new", "night"]
    assert list(other.tags.names()) == ["kept"]


def test_same_tags_change_nothing() -> None:
    article = news.article(tags=["night"])

    assert set_tags([(article, article_line(tags=["night"]))], Taxonomy()) == set()


def test_known_names_become_mentions_and_unknown_ones_are_counted() -> None:
    article, finch = news.article(), news.person("Finch", "Orla", name_order="given")
    post, unknown = news.organization("Harbour Post", abbreviation="HPO"), UnknownNames()
    line = article_line(people=["orla finch", "Nobody"], organizations=["HPO", "Orla Finch"])

    assert add_mentions([(article, line)], KnownNames.load(), unknown_names=unknown) == {article.pk}

    mentions = Mention.objects.order_by("order")
    assert [(mention.subject, mention.label) for mention in mentions] == [(finch, "orla finch"), (post, "HPO")]
    assert (unknown.people, unknown.organizations) == ({"Nobody": 1}, {"Orla Finch": 1})


def test_mentions_of_editors_stay_and_new_ones_follow() -> None:
    article, finch, tang = news.article(), news.person("Finch", "Orla"), news.person("Tang", "Mei")
    news.mention(finch, article=article, label="The author")
    pairs = [(article, article_line(people=["Finch Orla", "Tang Mei"]))]

    assert add_mentions(pairs, KnownNames.load(), unknown_names=UnknownNames()) == {article.pk}
    assert add_mentions(pairs, KnownNames.load(), unknown_names=UnknownNames()) == set()
    mentions = Mention.objects.order_by("order")
    assert [(mention.subject, mention.label) for mention in mentions] == [(finch, "The author"), (tang, "Tang Mei")]
