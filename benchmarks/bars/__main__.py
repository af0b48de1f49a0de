#!/usr/bin/env python3
"""Measure the portal against the bars of docs/speed.md, each beside its limit in the same run.

    make bench                                  10,000, 100,000 and 1,000,000 articles on SQLite (about half an hour)
    make bench QUICK=1                          1,000 and 5,000 articles, fewer requests (a few minutes)
    make bench ARGS="--postgres postgres://…"   PostgreSQL as well, in databases that are created and dropped there

Prints a table, and writes results.json and charts to docs/benchmarks, or to the folder that --output names. Servers run
on 127.0.0.1 only. Costs are processor time of the server, since a busy machine changes them little; searches are timed
by the clock.
"""

import argparse
import json
import os
import platform
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from benchmarks.bars.archive import Archive, growth_bars, measure_archive
from benchmarks.bars.bar import Bar, describe_machine
from benchmarks.bars.charts import growth_chart
from benchmarks.bars.served import measure_served, measure_start
from benchmarks.faults.__main__ import time_limit
from benchmarks.faults.portal import ROOT

# Articles to import, and by how much they are then multiplied, to measure again.
SIZES = [(10_000, 1), (100_000, 10)]
QUICK_SIZES = [(1_000, 1), (5_000, 1)]
# Requests for each kind of page and search, and seconds for each load; also of the quick run.
REQUESTS, QUICK_REQUESTS = 60, 20
SECONDS, QUICK_SECONDS = 5.0, 2.0
DATABASE = "postportal_bars"


def measure_all(
    sizes: list[tuple[int, int]], *, server: str, seconds: float, requests: int, folder: Path
) -> tuple[list[Bar], list[Archive]]:
    """Measure and print; return the bars and the archives. `server` is the address of a PostgreSQL server, or empty."""
    bars: list[Bar] = []
    archives: list[Archive] = []

    def note(found: Iterable[Bar]) -> None:
        for bar in found:
            bars.append(bar)
            _print(bar.line())

    for address in ("", server) if server else ("",):
        measured: list[Archive] = []
        for number, (size, times) in enumerate(sizes):
            with _database(address) as database:
                place = folder / f"{'postgres' if address else 'sqlite'}-{number}"
                archive = Archive.filled(size=size, database=database, folder=place)
                note(measure_archive(archive, requests=requests))
                measured.append(archive)
                if not archives and len(measured) == 1:
                    note([measure_start(archive.portal), *measure_served(archive.portal, seconds=seconds)])
                if times > 1:
                    measured.append(archive.multiplied(times))
                    note(measure_archive(measured[-1], requests=requests))
        note(growth_bars(measured))
        archives += measured
    return bars, archives


@contextmanager
def _database(server: str) -> Iterator[str]:
    """Yield the DATABASE_URL of a new database on this server, and drop it afterwards. Without one, yield nothing."""
    if not server:
        yield ""
        return
    name = f"{DATABASE}_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as control:
        control.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        try:
            yield f"{server}/{name}"
        finally:
            control.execute(f"DROP DATABASE {name} WITH (FORCE)")


def write_results(bars: list[Bar], archives: list[Archive], *, machine: str, output: Path) -> None:
    """Write results.json, and a chart of pages, of searches and of saves for each database."""
    output.mkdir(parents=True, exist_ok=True)
    results = {
        "machine": machine,
        "bars": [bar.as_dict() for bar in bars],
        "archives": [archive.as_dict() for archive in archives],
    }
    (output / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    for database in dict.fromkeys(archive.database for archive in archives):
        own = [archive for archive in archives if archive.database == database]
        for title, unit, values in (
            (f"Uncached pages on {database}", "ms of processor time", [archive.pages for archive in own]),
            (f"Searches on {database}, 95 of 100", "ms", [archive.searches for archive in own]),
            (f"Saves on {database}", "ms", [archive.saves for archive in own]),
        ):
            lines = {kind: [value[kind] for value in values] for kind in values[0]}
            chart = growth_chart(title, sizes=[archive.size for archive in own], lines=lines, unit=unit)
            name = f"{title.split()[0].lower()}-{database.lower()}.svg"
            (output / name).write_text(chart, encoding="utf-8")


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", help="articles to import, in place of the usual numbers")
    parser.add_argument("--postgres", default="", help="address of a PostgreSQL server: postgres://user@127.0.0.1:5432")
    parser.add_argument("--seconds", type=float, help="time for each load")
    parser.add_argument("--requests", type=int, help="requests for each kind of page and search")
    parser.add_argument("--limit", type=float, default=1800, help="maximum time in seconds")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "benchmarks", help="folder of the results")
    parser.add_argument("--quick", action="store_true", help="smaller archives")
    options = parser.parse_args(arguments)
    sizes = [(size, 1) for size in options.sizes or ()] or (QUICK_SIZES if options.quick else SIZES)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(2))
    machine = (
        f"{describe_machine(cores=os.cpu_count() or 1, load=os.getloadavg()[0])} Python {platform.python_version()}."
    )
    _print(machine)
    with tempfile.TemporaryDirectory(prefix="postportal-bars-") as name, time_limit(options.limit):
        bars, archives = measure_all(
            sizes,
            server=options.postgres,
            seconds=options.seconds or (QUICK_SECONDS if options.quick else SECONDS),
            requests=options.requests or (QUICK_REQUESTS if options.quick else REQUESTS),
            folder=Path(name),
        )
    write_results(bars, archives, machine=machine, output=options.output)
    missed = sum(not bar.is_met for bar in bars)
    _print(f"{len(bars) - missed} of {len(bars)} bars met.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
