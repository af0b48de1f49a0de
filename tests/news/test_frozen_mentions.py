import pytest
from django.test import TestCase

from news.models import Mention
from tests.factories import news


@pytest.mark.django_db
def test_publication_stores_what_the_article_shows() -> None:
    person = news.person("Wong", "Meiling")
    with TestCase.captureOnCommitCallbacks(execute=True):
        article = news.article()
        news.mention(person, article=article)

    assert Mention.objects.get().shown_name == "Wong Meiling"
