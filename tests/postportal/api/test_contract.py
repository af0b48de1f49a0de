"""The API keeps to its description: schemathesis makes requests from it, valid and invalid, and checks the answers."""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from pytest_django import Settings

from postportal.api.views import api
from tests.factories import news, pages, services

try:
    import schemathesis
except ImportError:
    if os.environ.get("CI"):
        raise
    pytest.skip("schemathesis is not installed (make check installs it)", allow_module_level=True)

pytestmark = pytest.mark.django_db


schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema())))
schema.app = get_wsgi_application()


@pytest.fixture(autouse=True)
def _connection_stays_open() -> Iterator[None]:
    """Keep Django from closing the connection of the test after a request, as its own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _archive(settings: Settings) -> None:
    settings.API_SEARCH_RATE_LIMIT = 0
    settings.ALLOWED_HOSTS = ["*"]
    news.article("Copper line opens", tags=["Copper"], external_id="cran-17")
    news.article("铜线开通", language="zh-hans")
    news.person("Copper", "Mei")
    services.stamp(services.stamp_issue("Copper bells"))
    hotline = services.hotline("Copper line")
    services.short_code_number(hotline)
    services.opening_hours(hotline, days="0-4", times="09:00-12:00")
    news.appointment()
    pages.page("Copper tariff")


@schema.parametrize()
def test_every_answer_is_as_described(case: Any) -> None:
    case.call_and_validate()
