"""Numbers about requests and searches for Prometheus, counted in files that all processes of a machine share.

Nothing is counted until `start` is called, which only the web application does."""

import fcntl
import itertools
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from prometheus_client import CollectorRegistry, Histogram, generate_latest, values
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

# Seconds. Pages take a few hundredths, searches of large archives a few tenths.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class ProcessNumber:
    """The lowest number that no other running process has. A worker that replaces another goes on with its files:
    with a file for each process ID, as prometheus_client has by default, there would be more every hour."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pid, self._number = 0, 0
        self._lock: IO[str] | None = None

    def __call__(self) -> int:
        # A fork needs another one.
        if self._pid != os.getpid():
            self._pid, self._number = os.getpid(), self._take()
        return self._number

    def _take(self) -> int:
        for number in itertools.count():
            file = (self._folder / f"process-{number}").open("w")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                continue
            # The system takes the lock away when the process ends, however it ends.
            self._lock = file
            return number
        raise AssertionError


class Metrics:
    """The counters of this process. `folder` must be empty when the server starts, and on a disk of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
        values.ValueClass = values.MultiProcessValue(ProcessNumber(folder))
        self.requests = Histogram(
            "postportal_request_seconds",
            "Time to answer a request, by name of the URL pattern and class of the status.",
            ["route", "status"],
            buckets=BUCKETS,
            registry=None,
        )
        self.searches = Histogram(
            "postportal_search_seconds", "Time to find and rank results.", buckets=BUCKETS, registry=None
        )

    def text(self, collectors: Iterable[Collector]) -> bytes:
        """Return the counters of all processes and the numbers of the collectors in the format of Prometheus."""
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=str(self.folder))
        for collector in collectors:
            registry.register(collector)
        return generate_latest(registry)


# What is counted by this process, once it has started.
_counting: list[Metrics] = []


def start(folder: str) -> None:
    """Count from now on in the files of this folder, which is made if it is missing. Raises OSError if it cannot be
    written."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    _counting[:] = [Metrics(Path(folder))]


def started() -> Metrics | None:
    """Return the counters, or None if nothing is counted."""
    return _counting[0] if _counting else None


def count_request(*, route: str, status: int, seconds: float) -> None:
    """Count a request that was answered. `route` must be one of few: each has its own lines."""
    for counters in _counting:
        counters.requests.labels(route, f"{status // 100}xx").observe(seconds)


@contextmanager
def time_search() -> Iterator[None]:
    """Count a search and the time until the block ends."""
    start_time = time.perf_counter()
    yield
    for counters in _counting:
        counters.searches.observe(time.perf_counter() - start_time)
