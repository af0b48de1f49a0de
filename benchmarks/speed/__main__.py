#!/usr/bin/env python3
"""Benchmark of a portal with many articles: response times, import and rebuild of the search index.

    python -m benchmarks.speed                                    10,000 articles on SQLite
    python -m benchmarks.speed --articles 100000 --plans
    python -m benchmarks.speed --articles 100000 --copies 10      a million articles
    python -m benchmarks.speed --database postgres://… --filled   a database filled by an earlier run

Complete responses over HTTP from the server that docs/deploy/postportal.service starts, on 127.0.0.1, one request at a
time. The benchmark writes to the database: use one that holds nothing else.
"""

import argparse
import json
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.faults.__main__ import time_limit
from benchmarks.faults.portal import Portal
from benchmarks.speed.articles import articles
from benchmarks.speed.measurement import measure
from benchmarks.speed.reader_requests import RequestGenerator

REQUEST_KINDS: dict[str, Callable[[RequestGenerator], Iterator[str]]] = {
    "short": RequestGenerator.short,
    "long": RequestGenerator.long,
    "page-2": RequestGenerator.second_page,
    "suggestions": RequestGenerator.suggestions,
    "article": RequestGenerator.pages,
    "list": RequestGenerator.lists,
}
STAGES = ("import", *REQUEST_KINDS, "rebuild")
WARMUP_REQUESTS = 12


class Benchmark:
    def __init__(self, options: argparse.Namespace, *, folder: Path) -> None:
        self.options = options
        self.folder = folder
        database = options.database or f"sqlite:///{folder / 'db.sqlite3'}"
        self.portal = Portal(folder, static=folder / "static", database=database)
        # A single client sends all requests.
        self.portal.environment |= {"SEARCH_RATE_LIMIT": "0", "SUGGESTION_RATE_LIMIT": "0"}

    def measure_all(self) -> None:
        if not self.options.filled:
            self.fill()
        if self.options.copies > 1:
            self.run_task("copy", str(self.options.copies))
        asked = self.run_task("size", "titles", *(["plans"] if self.options.plans else []))
        size = asked["size"]
        count, index = size["articles"], size["index"]
        _print(f"{'index':24}{index / 1e6:.0f} MB of {size['whole'] / 1e6:.0f} MB, {count:,} articles")
        if self.options.plans:
            for query, plan in asked["plans"].items():
                _print(f"-- {query}\n{plan}")
        kinds = [name for name in REQUEST_KINDS if name in self.options.only]
        if kinds:
            self._measure_requests(kinds, RequestGenerator(asked["titles"], seed=self.options.seed))
        if "rebuild" in self.options.only:
            seconds = self._time_command("search_index", "rebuild")
            _print(f"{'rebuild':24}{seconds:.1f} s, {count / seconds:.0f} articles a second")

    def fill(self) -> float:
        """Create the tables, and import generated articles with the people and organizations that they name. Return the
        seconds that the import took."""
        file = self.folder / "articles.jsonl"
        with file.open("w", encoding="utf-8") as stream:
            for article in articles(self.options.articles):
                stream.write(json.dumps(article, ensure_ascii=False) + "\n")
        self.portal.manage("migrate", "--verbosity", "0", "--skip-checks")
        self.run_task("register")
        seconds = self._time_command("import_articles", str(file), "--create-sections")
        _print(f"{'import':24}{seconds:.1f} s, {self.options.articles / seconds:.0f} articles a second")
        return seconds

    def _measure_requests(self, kinds: list[str], generator: RequestGenerator) -> None:
        self.portal.manage("collectstatic", "--noinput", "--verbosity", "0")
        try:
            self.portal.start()
            self.portal.wait_until_up()
            # Let every worker read the columns of the index before anything is measured.
            measure("", generator.short(), port=self.portal.port, count=WARMUP_REQUESTS, seconds=self.options.seconds)
            for name in kinds:
                urls = REQUEST_KINDS[name](generator)
                limits = {"count": self.options.requests, "seconds": self.options.seconds}
                _print(measure(name, urls, port=self.portal.port, **limits).summary())
        finally:
            self.portal.stop()

    def run_task(self, task: str, *arguments: str) -> Any:
        """Return the result of a task of benchmarks.speed.database_tasks; with several, each by its task."""
        return json.loads(self.portal.run("-m", "benchmarks.speed.database_tasks", task, *arguments))

    def _time_command(self, *command: str) -> float:
        start = time.perf_counter()
        self.portal.manage(*command)
        return time.perf_counter() - start


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000, help="number of articles to import")
    parser.add_argument("--copies", type=int, default=1, help="multiply the articles by this number")
    parser.add_argument("--only", nargs="+", choices=STAGES, default=STAGES, help="measure only these stages")
    parser.add_argument("--database", default="", help="a DATABASE_URL; by default a new SQLite file")
    parser.add_argument("--filled", action="store_true", help="use the articles that are in the database")
    parser.add_argument("--plans", action="store_true", help="print the query plans of the database")
    parser.add_argument("--requests", type=int, default=300, help="maximum number of requests of each kind")
    parser.add_argument("--seconds", type=float, default=60, help="maximum time for each kind of request")
    parser.add_argument("--limit", type=float, default=3600, help="maximum time in seconds for the whole benchmark")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other requests")
    options = parser.parse_args(arguments)
    # On SIGTERM, stop the server as well.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(2))
    with tempfile.TemporaryDirectory(prefix="postportal-speed-") as name, time_limit(options.limit):
        Benchmark(options, folder=Path(name)).measure_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
