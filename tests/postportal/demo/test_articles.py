import pytest

from news.models import Article
from postportal.demo.articles import ArticleLoader
from postportal.demo.directory import DirectoryLoader
from postportal.demo.pictures import PictureLoader
from postportal.demo.run import LoadRun
from postportal.publishing.models import State
from tests.factories import news as factories
from tests.postportal.demo.conftest import NOW

pytestmark = pytest.mark.django_db
ENTRY = {"slug": "night-mail", "title": "Night mail", "body": "<p>It runs again.</p>", "section": "news"}


@pytest.fixture
def loader() -> ArticleLoader:
    run = LoadRun(now=NOW)
    pictures = PictureLoader(run)
    loader = ArticleLoader(run, pictures, DirectoryLoader(run, pictures))
    loader.sections["news"] = factories.section("News")
    return loader


def test_missing_article_is_added_and_published(loader: ArticleLoader) -> None:
    article = loader.add_if_missing(ENTRY | {"tags": ["rail mail"]})

    assert article is not None
    assert (article.external_id, article.state) == ("demo-en-night-mail", State.PUBLISHED)
    assert (article.dateline_on, article.publish_at) == (loader.run.today, loader.run.opening_time_on(loader.run.today))
    assert list(article.tags.names()) == ["rail mail"]


def test_existing_article_is_not_changed(loader: ArticleLoader) -> None:
    loader.add_if_missing(ENTRY)
    Article.objects.update(title="Edited")

    assert loader.add_if_missing(ENTRY) is None
    assert Article.objects.get().title == "Edited"


def test_mention_is_given_as_a_slug_or_with_the_printed_name(loader: ArticleLoader) -> None:
    zhou, lin = factories.person("Zhou", "Mei"), factories.person("Lin", "Guowei")
    loader.directory.people = {"zhou-mei": zhou, "lin-guowei": lin}

    article = loader.add_if_missing(ENTRY | {"people": ["zhou-mei", {"slug": "lin-guowei", "label": "Mr Lin"}]})

    assert article is not None
    mentions = article.mentions.order_by("order")
    assert [(each.subject, each.label) for each in mentions] == [(zhou, ""), (lin, "Mr Lin")]
