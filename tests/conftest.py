"""A hostile place: what only works by luck fails here."""

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

# The same examples in every run, so that what fails was broken by the change. Looking for others is a run of its own:
# python -m pytest -m hypothesis --hypothesis-profile=explore
hypothesis_settings.register_profile("portal", deadline=None, max_examples=50, print_blob=True, derandomize=True)
hypothesis_settings.register_profile("explore", deadline=None, max_examples=500, print_blob=True)
hypothesis_settings.load_profile("portal")


@pytest.fixture(autouse=True)
def _own_surroundings(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Own media folder, empty cache and English for every test, whatever the one before left behind."""
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True, scope="session")
def _shuffled_rows() -> Iterator[None]:
    """Rows that no code put into an order come in any order, as a database may return them."""
    fetch_all = QuerySet._fetch_all

    def fetch_and_shuffle(rows: QuerySet[Any]) -> None:
        fresh = rows._result_cache is None
        fetch_all(rows)
        if fresh and not rows.ordered and not rows.query.is_sliced:
            random.shuffle(rows._result_cache)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuerySet, "_fetch_all", fetch_and_shuffle)
        yield


@pytest.fixture(autouse=True, scope="session")
def _searches_see_what_is_saved() -> Iterator[None]:
    """Most tests never commit. What would follow from a commit has happened when somebody searches."""
    search = TableBackend.search

    def commit_and_search(engine: TableBackend, *args: Any, **kwargs: Any) -> Any:
        if connection.in_atomic_block:
            waiting = connection.run_on_commit
            ours = [entry for entry in waiting if entry[1].__module__ == signals.__name__]
            connection.run_on_commit = [entry for entry in waiting if entry not in ours]
            for _, deliver, _ in ours:
                deliver()
        return search(engine, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TableBackend, "search", commit_and_search)
        yield


@pytest.fixture(autouse=True, scope="session")
def _tables_can_be_emptied() -> Iterator[None]:
    """After a test that commits, all tables are emptied: the one thing that the audit log has to let pass here."""
    empty = BaseDatabaseOperations.execute_sql_flush

    def empty_all(operations: Any, statements: list[str]) -> None:
        triggers.remove(operations.connection)
        empty(operations, statements)
        triggers.install(operations.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", empty_all)
        yield


@pytest.fixture(autouse=True, scope="session")
def _pages_without_layout() -> Iterator[None]:
    """Tests compare what a page says, not over how many lines its templates are laid out."""
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
    """Only this machine can be reached."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise ConnectionRefusedError(f"A test tried to reach {address[0]}.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield
