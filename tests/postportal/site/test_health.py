import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from tests.caches import DEAD_CACHE

pytestmark = pytest.mark.django_db


def test_healthz_reports_that_all_is_well(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok", "database": "ok", "cache": "ok"})
    assert "no-store" in response.headers["Cache-Control"]


def test_healthz_without_a_cache_is_degraded_but_well(client: Client, settings: Settings) -> None:
    settings.CACHES = DEAD_CACHE

    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "degraded", "database": "ok", "cache": "failed"})


def test_healthz_without_a_database_fails_and_reveals_no_details(client: Client) -> None:
    with connection.execute_wrapper(refuse_connection):
        response = client.get("/healthz")

    assert (response.status_code, response.json()) == (503, {"status": "failed", "database": "failed", "cache": "ok"})


def refuse_connection(*args: object) -> None:
    raise OperationalError("connection to server at 10.1.2.3 refused")


def test_livez_answers_without_database_and_cache(client: Client, settings: Settings) -> None:
    settings.CACHES = DEAD_CACHE

    with connection.execute_wrapper(refuse_connection):
        response = client.get("/livez")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response.headers["Cache-Control"]
