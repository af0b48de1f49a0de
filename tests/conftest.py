"""Fixtures that make the tests strict: code that works only by luck fails."""

import gc
import random
import socket
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache as portal_cache
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

from postportal.outbox import signals
from postportal.search import results
from postportal.search.backends.tables import TableBackend
from tests import statements
from tests.layout import folded
from tests.quick_flush import only_changes_undone
from tests.quick_migrations import only_new_models_made

# The same examples in every run, so that a failure is caused by the change. To search for others, run
# python -m pytest -m hypothesis --hypothesis-profile=explore
hypothesis_settings.register_profile("portal", deadline=None, max_examples=50, print_blob=True, derandomize=True)
hypothesis_settings.register_profile("explore", deadline=None, max_examples=500, print_blob=True)
hypothesis_settings.load_profile("portal")

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}
TESTS = Path(__file__).parent
# Programs, files, pictures and texts: what they ask of Django is what all other tests ask of it.
SAME_ON_EVERY_DJANGO = (
    *("benchmarks/", "deploy/", "docs/", "news/imports/", "postportal/backups/", "postportal/demo/"),
    *("postportal/documents/", "postportal/images/", "postportal/interchange/", "postportal/legacy/"),
    *("postportal/richtext/", "postportal/text/", "test_conventions", "test_wording"),
)
# The content of the demo, which is written by what all other tests write with; and who may do what, which is decided
# before a database is asked. And proxies, which see what the portal answers, and no database.
ONCE = ("postportal/demo/", "postportal/permissions/", "deploy/")
# Screens of staff, pages of readers, files. Another role, step, address, format or kind of row as a parameter asks the
# database nothing new.
SCREENS = (
    *("news/admin/", "services/admin/", "postportal/admin/", "postportal/pages/admin/", "postportal/publishing/admin/"),
    *(
        "news/views/",
        "services/views/",
        "postportal/site/",
        "postportal/pages/",
        "postportal/api/",
        "postportal/staff/",
    ),
    *("postportal/images/", "postportal/documents/", "postportal/legacy/", "postportal/richtext/"),
    *(
        "news/test_feeds",
        "services/test_feeds",
        "services/test_sitemaps",
        "postportal/test_roles",
        "postportal/test_urls",
    ),
    *("postportal/web/test_converters", "postportal/web/test_reserved_urls", "postportal/web/test_security"),
)
# But what is typed there, one database may refuse, fold or find, and another not.
TYPED = {
    f"postportal/staff/test_{name}.py"
    for name in ("all_hostile_input", "all_slugs", "database_rules", "name_search", "quick_search")
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Function]) -> None:
    """Mark the tests that are the same on every database, because they use none, by their folders, or because others
    send the same statements. And those that are the same on every Django: by their folders, and those that repeat a
    test with other parameters."""
    is_recording = config.pluginmanager.has_plugin("tests.statements")
    asked, listed = set(), set() if is_recording else set(statements.LIST.read_text("utf-8").split())
    for item in items:
        if not item.get_closest_marker("django_db") and DATABASE_FIXTURES.isdisjoint(item.fixturenames):
            item.add_marker("no_database")
        test, place = (item.path, item.originalname), item.path.relative_to(TESTS).as_posix()
        is_repeated_screen = test in asked and place.startswith(SCREENS) and place not in TYPED
        if place.startswith(ONCE) or is_repeated_screen or statements.name_of(item) in listed:
            item.add_marker("once")
        if test in asked or place.startswith(SAME_ON_EVERY_DJANGO):
            item.add_marker("same_on_every_django")
        asked.add(test)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for unused objects less often, and never among the thousands of tests: an eighth of the time goes there."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()
        gc.set_threshold(20_000, 20, 50)


@pytest.fixture(autouse=True)
def _clean_environment(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Give every test its own media folder, an empty cache and English as the language."""
    settings.MEDIA_ROOT = tmp_path / "media"
    portal_cache.clear()
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
    search, find, read_hidden_rows = TableBackend.search, TableBackend.find, results.hidden_rows

    def deliver_events() -> None:
        if connection.in_atomic_block:
            callbacks = connection.run_on_commit
            deliveries = [callback for callback in callbacks if callback[1].__module__ == signals.__name__]
            connection.run_on_commit = [callback for callback in callbacks if callback not in deliveries]
            for _, deliver, _ in deliveries:
                deliver()

    def deliver_and_search(backend: TableBackend, *args: Any, **kwargs: Any) -> Any:
        deliver_events()
        return search(backend, *args, **kwargs)

    def deliver_and_find(backend: TableBackend, *args: Any, **kwargs: Any) -> Any:
        deliver_events()
        return find(backend, *args, **kwargs)

    def deliver_and_read(at: Any) -> Any:
        # A delivery may add pages of the site, which may be hidden.
        deliver_events()
        return read_hidden_rows(at)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TableBackend, "search", deliver_and_search)
        patch.setattr(TableBackend, "find", deliver_and_find)
        patch.setattr(results, "hidden_rows", deliver_and_read)
        yield


@pytest.fixture(autouse=True, scope="session")
def _quick_flush() -> Iterator[None]:
    with only_changes_undone():
        yield


@pytest.fixture(autouse=True, scope="session")
def _quick_migrations() -> Iterator[None]:
    with only_new_models_made():
        yield


@cache
def _folding(kind: type[HttpResponse]) -> type[HttpResponse]:
    """Return a class of responses whose white space is collapsed as soon as a test reads them: most are not read."""
    stored: Any = kind.content

    def read(response: Any) -> bytes:
        if "is_folded" not in vars(response):
            response.is_folded = True
            response.content = folded(stored.fget(response).decode()).encode()
        return bytes(stored.fget(response))

    return type(kind.__name__, (kind,), {"content": property(read, stored.fset)})


@pytest.fixture(autouse=True, scope="session")
def _pages_without_layout() -> Iterator[None]:
    """Collapse white space in HTML responses, so that tests do not depend on the layout of templates."""
    request = Client.request

    def request_and_fold(client: Client, **environment: Any) -> Any:
        response = request(client, **environment)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            response.__class__ = _folding(type(response))
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
