import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.faults.portal import Portal
from tests.databases import copy_tables


@pytest.fixture
def _copied_tables(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let portals that are measured copy the tables of the test database in place of making them."""
    manage = Portal.manage

    def copy_or_manage(portal: Portal, *arguments: str) -> None:
        if arguments[0] == "migrate":
            copy_tables(Path(portal.environment["DATABASE_URL"].removeprefix("sqlite:///")))
        else:
            manage(portal, *arguments)

    monkeypatch.setattr(Portal, "manage", copy_or_manage)
    # The programs set their own.
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)
