import pytest
from pytest_django import Settings

from postportal.web.cache import safe_get, safe_set
from tests.caches import DEAD_CACHE


def test_cached_value_is_returned() -> None:
    safe_set("test-cache", {"articles": 3}, seconds=60)

    assert (safe_get("test-cache"), safe_get("test-cache-other")) == ({"articles": 3}, None)


def test_cache_that_is_down_is_logged_and_raises_nothing(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.CACHES = DEAD_CACHE

    safe_set("test-cache", 1, seconds=60)

    assert safe_get("test-cache") is None
    assert caplog.messages == ["Writing to the cache failed.", "Reading from the cache failed."]
