import re
import sys
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from postportal.web import tracing
from postportal.web.bearer_urls import BEARER_URLS


@pytest.mark.parametrize(
    ("setting", "package"),
    [("SENTRY_DSN", "sentry-sdk"), ("OPENTELEMETRY", "opentelemetry-instrumentation-django")],
)
def test_setting_without_its_package_stops_the_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, setting: str, package: str
) -> None:
    for name in ("sentry_sdk", "opentelemetry"):
        monkeypatch.setitem(sys.modules, name, None)
    setattr(settings, setting, "https://key@sentry.example/1")

    message = f"{setting} is set, but a package is missing: pip install {package}"
    with pytest.raises(ImproperlyConfigured, match=message):
        tracing.start_tracing()


def test_nothing_is_started_by_default(settings: Settings) -> None:
    assert (settings.SENTRY_DSN, settings.OPENTELEMETRY) == ("", False)
    tracing.start_tracing()


def test_event_has_no_key_and_nothing_that_a_reader_sent() -> None:
    event: dict[str, Any] = {
        "request": {"method": "POST", "url": "https://p.example/preview/KEY/", "cookies": "a", "data": "b", "env": {}},
        "user": {"ip_address": "192.0.2.1"},
        "breadcrumbs": {"values": [{"message": "GET /admin/calendar/KEY.ics"}]},
    }

    assert tracing.clean_event(event, {}) == {
        "request": {"method": "POST", "url": "https://p.example/preview/…/"},
        "breadcrumbs": {"values": [{"message": "GET /admin/calendar/….ics"}]},
        "tags": {"request_id": "-"},
    }


def test_urls_with_keys_are_not_traced() -> None:
    for url in BEARER_URLS:
        assert re.search(tracing.UNTRACED_URLS.replace(",", "|"), f"https://p.example{url.before}KEY{url.after}")
