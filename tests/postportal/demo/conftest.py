import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from postportal.demo.load import load_demo_content
from postportal.demo.run import LoadRun

NOW = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def _loaded_demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LoadRun]:
    """Load the demo once for a module, because the pictures take seconds. Each test runs in its own savepoint, and all
    tests of such a module have to expect the content."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("demo-media"))
    with django_db_blocker.unblock(), transaction.atomic(), media:
        yield load_demo_content(now=NOW, include_accounts=True)
        transaction.set_rollback(True)


@pytest.fixture
def demo(_loaded_demo: LoadRun, db: None) -> LoadRun:
    return _loaded_demo
