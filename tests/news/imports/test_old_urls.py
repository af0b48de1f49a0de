import pytest
from django.test import Client

from news.imports.old_urls import add_redirects
from postportal.pages.models import Redirect
from tests.factories import news
from tests.news.imports.import_lines import article_line

pytestmark = pytest.mark.django_db


def test_former_urls_redirect_to_the_article(client: Client) -> None:
    article = news.article()
    line = article_line(old_url=["https://old.example/2019/night/", "/?p=7"])

    assert add_redirects([(line, article)]) == {}
    assert add_redirects([(line, article)]) == {}

    assert Redirect.objects.count() == 2
    response = client.get("/2019/night/")
    assert (response.status_code, response["Location"]) == (301, article.get_absolute_url())


def test_redirect_that_exists_stays_and_is_noted() -> None:
    Redirect.objects.create(old_path="/a.htm", new_address="/about/")

    notes = add_redirects([(article_line(7, old_url="/a.htm"), news.article())])

    assert notes == {7: ["old_url /a.htm: it already redirects elsewhere: /about/"]}
    assert Redirect.objects.get().new_address == "/about/"


def test_two_lines_with_the_same_url_are_noted_the_next_time() -> None:
    first, second = news.article(), news.article()
    pairs = [(article_line(1, old_url="/a.htm"), first), (article_line(2, old_url="/a.htm"), second)]

    notes = add_redirects(pairs)

    assert Redirect.objects.get().target == first
    assert list(notes) == [2]
