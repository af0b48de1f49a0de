"""Fixtures that make the tests strict: code that works only by luck fails."""

import random
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import QuerySet
from django.test import Client
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

from postportal.audit import triggers
from postportal.outbox import signals
from postportal.search.backends.tables import TableBackend
from tests.layout import folded

# The same examples in every run, so that a failure is caused by the change. To search for others, run
# python -m pytest -m hypothesis --hypothesis-profile=explore
hypothesis_settings.register_profile("portal", deadline=None, max_examples=50, print_blob=True, derandomize=True)
hypothesis_settings.register_profile("explore", deadline=None, max_examples=500, print_blob=True)
hypothesis_settings.load_profile("portal")


@pytest.fixture(autouse=True)
def _clean_environment(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Give every test its own media folder, an empty cache and English as the language."""
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True, scope="session")
def _shuffled_rows() -> Iterator[None]:
    """Shuffle the rows of unordered QuerySets, since a database may return them in any order."""
    fetch_all = QuerySet._fetch_all

    def fetch_and_shuffle(rows: QuerySet[Any]) -> None:
        is_first = rows._result_cache is None
        fetch_all(rows)
        if is_first and not rows.ordered and not rows.query.is_sliced:
            random.shuffle(rows._result_cache)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuerySet, "_fetch_all", fetch_and_shuffle)
        yield


@pytest.fixture(autouse=True, scope="session")
def _delivered_before_search() -> Iterator[None]:
    """Deliver outbox events before each search: most tests never commit, so the events would not be delivered."""
    search = TableBackend.search

    def deliver_and_search(backend: TableBackend, *args: Any, **kwargs: Any) -> Any:
        if connection.in_atomic_block:
            callbacks = connection.run_on_commit
            deliveries = [callback for callback in callbacks if callback[1].__module__ == signals.__name__]
            connection.run_on_commit = [callback for callback in callbacks if callback not in deliveries]
            for _, deliver, _ in deliveries:
                deliver()
        return search(backend, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TableBackend, "search", deliver_and_search)
        yield


@pytest.fixture(autouse=True, scope="session")
def _audit_log_can_be_flushed() -> Iterator[None]:
    """Drop the triggers of the audit log while the tables are flushed after a test that commits."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_without_triggers(operations: Any, statements: list[str]) -> None:
        triggers.remove(operations.connection)
        flush(operations, statements)
        triggers.install(operations.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_without_triggers)
        yield


@pytest.fixture(autouse=True, scope="session")
def _pages_without_layout() -> Iterator[None]:
    """Collapse white space in HTML responses, so that tests do not depend on the layout of templates."""
    request = Client.request

    def request_and_fold(client: Client, **environment: Any) -> Any:
        response = request(client, **environment)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = folded(response.content.decode()).encode()
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", request_and_fold)
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse connections to other hosts."""
    connect = socket.socket.connect

    def connect_locally(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise ConnectionRefusedError(f"A test tried to connect to {address[0]}.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_locally)
        yield
