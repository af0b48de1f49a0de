import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def test_throttled_client_is_told_when_to_try_again(client: Client, settings: Settings) -> None:
    settings.API_SEARCH_RATE_LIMIT = 3
    cache.clear()

    allowed = [client.get("/api/search?q=copper"), client.head("/api/search"), client.get("/api/search?page=0")]
    throttled = client.get("/api/search?q=copper")

    assert [response.status_code for response in allowed] == [200, 200, 422]
    assert throttled.status_code == 429
    assert throttled.json() == {
        "detail": [{"type": "too_many", "loc": [], "msg": "Too many searches. Try again in 60 seconds."}]
    }
    assert (throttled.headers["Retry-After"], throttled.headers["Cache-Control"]) == ("60", "no-store")
    assert client.head("/api/search").status_code == 429
    assert client.get("/api/search?q=copper", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_api_and_pages_are_counted_separately(client: Client, settings: Settings) -> None:
    settings.API_SEARCH_RATE_LIMIT = settings.SEARCH_RATE_LIMIT = 1
    cache.clear()

    paths = ("search/", "api/search", "search/", "api/search")
    statuses = [client.get(f"/{path}?q=copper").status_code for path in paths]

    assert statuses == [200, 200, 429, 429]


def test_limit_of_zero_is_no_limit(client: Client, settings: Settings) -> None:
    settings.API_SEARCH_RATE_LIMIT = 0

    assert [client.get("/api/search").status_code for _ in range(3)] == [200, 200, 200]
