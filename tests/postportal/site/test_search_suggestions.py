"""The answers that the script of the search field asks for."""

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests.factories import news
from tests.postportal.site.test_search_results import get

pytestmark = pytest.mark.django_db
ADDRESS = "/search/suggestions/"


def test_suggestions_say_text_type_and_address(client: Client) -> None:
    news.person("Copper", "Mei", slug="copper-mei", name_zh="柯铜梅")
    get(client, "/search/?q=copper")

    english = client.get(ADDRESS, {"q": "cop"})
    chinese = client.get(f"/zh-hans{ADDRESS}", {"q": "柯"})

    assert english.json() == {
        "results": [{"text": "Copper Mei", "type": "Person", "address": "/people/copper-mei/"}],
    }
    assert chinese.json()["results"][0] == {"text": "柯铜梅", "type": "人物", "address": "/zh-hans/people/copper-mei/"}
    assert "s-maxage=1" in english.headers["Cache-Control"]
    assert not english.cookies


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=%00", "?q=%ed%a0%80", "?q=" + "x" * 4000, "?q[]=1"])
def test_suggestions_answer_every_address(query: str, client: Client) -> None:
    answer = client.get(ADDRESS + query)

    assert answer.status_code in (200, 400)
    assert answer.status_code == 400 or answer.json() == {"results": []}


def test_suggestions_have_a_limit_of_their_own(client: Client, settings: Settings) -> None:
    settings.SUGGESTIONS_A_MINUTE = 2
    cache.clear()

    statuses = [client.get(ADDRESS, {"q": "co"}).status_code for _ in range(3)]
    refused = client.get(ADDRESS, {"q": "co"})

    assert statuses == [200, 200, 429]
    assert (refused.headers["Retry-After"], refused.headers["Cache-Control"]) == ("60", "no-store")
    assert refused.json() == {"results": []}
    assert client.get("/search/?q=co").status_code == 200


def test_every_search_field_knows_where_to_ask(client: Client) -> None:
    page = get(client, "/zh-hans/search/")

    assert page.count('data-suggestions="/zh-hans/search/suggestions/"') == 2
