"""Readers of a portal whose database has a replica, with two real servers."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils import timezone

from postportal.replicas.monitor import Replica
from postportal.search.models import ZeroResultSearch
from tests.factories import editorial, pages, staff
from tests.postportal.replicas.pair import QUICK, Pair, running_pair

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]

INSTANT = dt.timedelta(microseconds=1)
# Prints how many replicas a whole portal reads, once it does.
START = """
import time
from django.test import Client
reader, end, state = Client(headers={"host": "127.0.0.1"}), time.monotonic() + 60, ""
while state != "1 of 1" and time.monotonic() < end:
    assert reader.get("/").status_code == 200
    state = reader.get("/healthz").json()["replicas"]
print(state)
"""


@pytest.fixture
def pair() -> Iterator[Pair]:
    with running_pair() as started:
        yield started


def test_replica_serves_readers_and_its_loss_costs_them_nothing(pair: Pair) -> None:
    reader = pair.reader()
    staff_reads_what_it_wrote(pair, reader)
    searches_are_counted(pair, reader)
    embargoes_end_on_the_second(pair, reader)
    replica_that_lags_is_not_read(pair, reader)
    server_that_is_no_replica_is_not_read(pair)
    portal_finds_its_replica(pair)
    pages_survive_the_loss(pair, reader)


def staff_reads_what_it_wrote(pair: Pair, reader: Client) -> None:
    pair.catch_up()
    pair.pause()
    pages.notice("Written a moment ago.")

    assert "Written a moment ago." not in page(reader)
    with_session = pair.reader()
    with_session.cookies[settings.SESSION_COOKIE_NAME] = "x"
    assert "Written a moment ago." in page(with_session)

    pair.catch_up()
    assert "Written a moment ago." in page(reader)


def searches_are_counted(pair: Pair, reader: Client) -> None:
    assert reader.get("/search/?q=xylophone").status_code == 200

    assert ZeroResultSearch.objects.get().text == "xylophone"


def embargoes_end_on_the_second(pair: Pair, reader: Client) -> None:
    """Of a row that the replica has, and of a scheduled article that the first page publishes on the primary."""
    noon, evening = (timezone.now() + dt.timedelta(hours=hours) for hours in (1, 2))
    pages.notice("From noon on.", publish_at=noon)
    author, publisher = staff.account("Author"), staff.account("Publisher")
    article = editorial.scheduled_article("Evening mail", by=author, scheduled_by=publisher, due_at=evening)
    pair.catch_up()
    pair.pause()
    pages.notice("Only on the primary.")

    for moment, notice in ((noon - INSTANT, "Written a moment ago."), (noon, "From noon on.")):
        with time_machine.travel(moment, tick=False):
            assert notice in page(reader)
    for moment, status in ((evening - INSTANT, 404), (evening, 200), (evening, 200)):
        with time_machine.travel(moment, tick=False):
            assert reader.get(article.get_absolute_url()).status_code == status
            assert ("Evening mail" in page(reader)) is (status == 200)
    pair.catch_up()


def replica_that_lags_is_not_read(pair: Pair, reader: Client) -> None:
    strict = Replica("replica_1", max_lag=1)
    # An idle primary makes no lag.
    pair.check_until_current(strict)
    pair.pause()
    pages.notice("Not replayed.")
    pair.replicas.all[:] = [strict]
    strict.progress.forget()
    strict.check()

    assert not strict.is_current()
    assert "Not replayed." in page(reader)

    pair.catch_up()
    pair.check_until_current(strict)
    pair.replicas.all[:] = [pair.replica]


def server_that_is_no_replica_is_not_read(pair: Pair) -> None:
    primary = Replica("primary", max_lag=60)

    primary.check()

    assert not primary.is_current()


def portal_finds_its_replica(pair: Pair) -> None:
    """With the settings of a server, in a process of its own."""
    urls = {"DATABASE_URL": pair.primary.url("portal"), "REPLICA_URLS": pair.standby.url("portal")}
    start = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", START],
        cwd=settings.BASE_DIR,
        env={**os.environ, "CACHE_URL": "locmemcache://", "DEBUG": "1", **urls},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (start.stdout.strip(), start.returncode) == ("1 of 1", 0), start.stderr


def pages_survive_the_loss(pair: Pair, reader: Client) -> None:
    pair.check_until_current(pair.replica)
    page(reader)
    pair.end_connections()

    assert "Not replayed." in page(reader)
    assert not pair.replica.is_current()

    pair.check_until_current(pair.replica)
    assert "Not replayed." in page(reader)
    pair.standby.stop("immediate")

    assert "Not replayed." in page(reader)
    pair.replica.check()
    assert not pair.replica.is_current()

    pair.standby.start(QUICK)
    pair.check_until_current(pair.replica)
    assert connections["replica_1"].is_usable()


def page(reader: Client) -> str:
    """Return the home page, which must be there."""
    response = reader.get("/")
    assert response.status_code == 200
    return response.content.decode()
