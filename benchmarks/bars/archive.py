"""Costs in archives of growing size: import, pages without a cache, searches, and the save of an article."""

import argparse
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.bars.bar import Bar
from benchmarks.bars.served import SHIPPED
from benchmarks.faults.checker import percentile
from benchmarks.faults.portal import Portal
from benchmarks.servers.clients import Client
from benchmarks.servers.server import Server
from benchmarks.speed.__main__ import Benchmark
from benchmarks.speed.measurement import measure
from benchmarks.speed.reader_requests import RequestGenerator

# Milliseconds that 95 of 100 searches and suggestions may take.
SEARCH_BARS = {100_000: {"short": 100.0, "long": 300.0}, 1_000_000: {"short": 300.0, "long": 900.0}}
SUGGESTION_BAR = 30.0
LAST_PAGE_BAR, GROWTH_BAR, SAVE_BAR = 1.5, 1.5, 3.0
IMPORT_BARS = {"SQLite": 1000.0, "PostgreSQL": 500.0}


@dataclass
class Archive:
    """A portal with `size` articles, and what its pages cost."""

    size: int
    database: str
    benchmark: Benchmark
    # Articles imported a second; 0 if some of them are copies.
    import_rate: float = 0
    # Milliseconds of the server's processor time for one page of each kind.
    pages: dict[str, float] = field(default_factory=dict)
    # Milliseconds by the clock in which 95 of 100 searches are answered.
    searches: dict[str, float] = field(default_factory=dict)
    # Milliseconds of processor time (on PostgreSQL by the clock) to save an article, a new text, and a row alone.
    saves: dict[str, float] = field(default_factory=dict)

    @classmethod
    def filled(cls, *, size: int, database: str, folder: Path) -> "Archive":
        """Import `size` articles into a new database. `database` is the DATABASE_URL of an empty PostgreSQL database;
        without it, it is a new SQLite file."""
        folder.mkdir()
        benchmark = Benchmark(argparse.Namespace(database=database, articles=size), folder=folder)
        archive = cls(size, "PostgreSQL" if database else "SQLite", benchmark, import_rate=size / benchmark.fill())
        archive.portal.manage("collectstatic", "--noinput", "--verbosity", "0")
        return archive

    def multiplied(self, times: int) -> "Archive":
        """Return the archive with so many times as many articles, in the same database."""
        self.benchmark.run_task("copy", str(times))
        return Archive(self.size * times, self.database, self.benchmark)

    @property
    def portal(self) -> Portal:
        return self.benchmark.portal

    @property
    def label(self) -> str:
        return f"{self.database}, {self.size:,}: "

    def as_dict(self) -> dict[str, Any]:
        return {
            "articles": self.size,
            "database": self.database,
            "import_rate": self.import_rate,
            "pages": self.pages,
            "searches": self.searches,
            "saves": self.saves,
        }


def measure_archive(archive: Archive, *, requests: int) -> Iterator[Bar]:
    """Measure pages without a cache, and searches, with so many requests for each kind. Yield the bars."""
    label, asked = archive.label, archive.benchmark.run_task("save", "pages", "titles")
    if archive.import_rate:
        bar = IMPORT_BARS[archive.database]
        yield Bar(f"{label}articles imported and indexed", archive.import_rate, "/s", bar, at_least=True)
    save = archive.saves = asked["save"]
    yield Bar(f"{label}save of an article, beside its row", save["article"], "ms", SAVE_BAR, save["row"])
    yield Bar(f"{label}save of a new text, beside its row", save["text"], "ms", SAVE_BAR, save["row"])
    server = Server(SHIPPED, "postportal.wsgi", environment={**archive.portal.environment, "PAGE_CACHE_MB": "0"})
    try:
        server.wait_until_up()
        archive.pages |= {kind: page_cost(server, urls, requests=requests) for kind, urls in asked["pages"].items()}
        archive.searches |= _search_times(server, RequestGenerator(asked["titles"], seed=1), count=requests)
    finally:
        server.stop()
    first, last = archive.pages["list"], archive.pages["list, last pages"]
    yield Bar(f"{label}last pages of the list, beside the first", last, "ms", LAST_PAGE_BAR, first)
    bars = {"suggestions": SUGGESTION_BAR, **SEARCH_BARS.get(archive.size, {})}
    for kind, bar in bars.items():
        yield Bar(f"{label}{kind}, 95 of 100", archive.searches[kind], "ms", bar)


def _search_times(server: Server, requests: RequestGenerator, *, count: int) -> dict[str, float]:
    """Return the milliseconds in which 95 of 100 searches of each kind are answered."""
    # Every worker reads the columns of the index before anything is measured.
    measure("", requests.short(), port=server.port, count=10, seconds=60)
    kinds = {"short": requests.short(), "long": requests.long(), "suggestions": requests.suggestions()}
    timings = {kind: measure(kind, urls, port=server.port, count=count, seconds=60) for kind, urls in kinds.items()}
    return {kind: percentile(timing.milliseconds, 95) for kind, timing in timings.items()}


def page_cost(server: Server, urls: list[str], *, requests: int) -> float:
    """Return the processor time of the server in milliseconds for one of these pages, each asked for on its own, with
    about so many requests."""
    with closing(Client(server.port)) as client:
        for url in islice(urls, 4):
            client.get(url)
        before = server.cpu_seconds()
        statuses = [client.get(url)[0] for url in urls for _again in range(max(1, requests // len(urls)))]
        used = server.cpu_seconds() - before
    if set(statuses) != {200}:
        raise RuntimeError(f"Some of {urls[:3]} … failed: {set(statuses)}")
    return used / len(statuses) * 1000


def growth_bars(archives: list[Archive]) -> Iterator[Bar]:
    """Yield how much each kind of page costs in the largest archive beside the smallest one."""
    small, large = archives[0], archives[-1]
    for kind, cost in large.pages.items():
        name = f"{large.database}, {large.size:,}: {kind}, beside {small.size:,}"
        yield Bar(name, cost, "ms", GROWTH_BAR, small.pages[kind])
