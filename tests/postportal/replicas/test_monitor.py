import logging
from collections.abc import Iterator

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from postportal.replicas.monitor import Replicas, replicas
from tests.postportal.replicas.copies import stand_ins


@pytest.fixture
def pair(django_db_blocker: DjangoDbBlocker) -> Iterator[Replicas]:
    with stand_ins(2, blocker=django_db_blocker) as made:
        yield made


def test_there_are_no_replicas_unless_the_settings_name_some() -> None:
    assert replicas().all == []


def test_server_that_is_no_replica_is_not_read_and_that_is_logged_once(
    pair: Replicas, caplog: pytest.LogCaptureFixture
) -> None:
    """SQLite stands for a server that does not know the questions."""
    replica = pair.all[0]
    with caplog.at_level(logging.INFO, "postportal.replicas.monitor"):
        replica.check()
        replica.check()

    assert not replica.is_current()
    [record] = caplog.records
    assert (record.levelname, "replica_1 is not read" in record.getMessage()) == ("WARNING", True)


def test_replica_that_cannot_be_opened_is_left_out_until_the_next_check(pair: Replicas) -> None:
    first, second = pair.all
    connections[first.alias].settings_dict["NAME"] = "/no/such/folder/db"

    assert pair.choose() is second
    assert (first.is_current(), pair.count_current()) == (False, 1)
