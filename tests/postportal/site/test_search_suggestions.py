"""Suggestions for the script of the search field."""

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests.factories import news
from tests.postportal.site.test_search_results import get

pytestmark = pytest.mark.django_db
URL = "/search/suggestions/"


def test_suggestion_has_text_type_and_url(client: Client) -> None:
    news.person("Copper", "Mei", slug="copper-mei", name_zh="柯铜梅")
    get(client, "/search/?q=copper")

    english = client.get(URL, {"q": "cop"})
    chinese = client.get(f"/zh-hans{URL}", {"q": "柯"})

    assert english.json() == {
        "results": [{"text": "Copper Mei", "type": "Person", "address": "/people/copper-mei/"}],
    }
    assert chinese.json()["results"][0] == {"text": "柯铜梅", "type": "人物", "address": "/zh-hans/people/copper-mei/"}
    assert "s-maxage=1" in english.headers["Cache-Control"]
    assert not english.cookies


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=%00", "?q=%ed%a0%80", "?q=" + "x" * 4000, "?q[]=1"])
def test_no_query_breaks_the_suggestions(query: str, client: Client) -> None:
    response = client.get(URL + query)

    assert response.status_code in (200, 400)
    assert response.status_code == 400 or response.json() == {"results": []}


def test_suggestions_are_counted_separately_from_searches(client: Client, settings: Settings) -> None:
    settings.SUGGESTION_RATE_LIMIT = 2
    cache.clear()

    statuses = [client.get(URL, {"q": "co"}).status_code for _ in range(3)]
    throttled = client.get(URL, {"q": "co"})

    assert statuses == [200, 200, 429]
    assert (throttled.headers["Retry-After"], throttled.headers["Cache-Control"]) == ("60", "no-store")
    assert throttled.json() == {"results": []}
    assert client.get("/search/?q=co").status_code == 200


def test_every_search_field_has_the_url_of_the_suggestions(client: Client) -> None:
    page = get(client, "/zh-hans/search/")

    assert page.count('data-suggestions-url="/zh-hans/search/suggestions/"') == 2
