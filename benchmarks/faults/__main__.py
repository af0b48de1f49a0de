#!/usr/bin/env python3
"""Break a running portal on purpose, and check that it loses nothing that it has acknowledged.

    make faults                                   everything, on SQLite and PostgreSQL
    make faults ARGS="--only kill --kills 5"      one scenario, shorter

Exits with 1 if a guarantee was broken. All servers are started for the run, listen on 127.0.0.1, keep their data in a
temporary folder and are stopped by their process ID.
"""

import argparse
import contextlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from benchmarks.faults import scenarios
from benchmarks.faults.disk import fill_disk_under_load, small_disk
from benchmarks.faults.outcome import Outcome
from benchmarks.faults.portal import PASSWORD, Portal
from benchmarks.faults.servers import MissingProgram, Postgres, Redis

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
SCENARIOS = ("kill", "writers", "database", "cache", "disk")


class Runner:
    """Run the scenarios, each with its own portal and database."""

    def __init__(self, options: argparse.Namespace, *, folder: Path, stack: contextlib.ExitStack) -> None:
        self.options = options
        self.end = time.monotonic() + options.limit
        self.folder = folder
        self.stack = stack
        self.static = folder / "static"
        self.outcomes: list[Outcome] = []
        self._postgres: Postgres | None = None
        self._templates: dict[str, tuple[str, dict[str, Any]]] = {}

    def run_all(self) -> None:
        # Once for all scenarios, because compressing the files takes longer than a scenario.
        files = Portal(self._folder("files"), static=self.static, database="sqlite:///:memory:")
        files.manage("collectstatic", "--noinput", "--verbosity", "0")
        for database in (SQLITE, POSTGRES):
            self._run_one("kill", database, partial(self._kill, database))
            self._run_one("writers", database, partial(self._writers, database))
        self._run_one("database", POSTGRES, self._database)
        self._run_one("cache", SQLITE, self._cache)
        self._run_one("disk", SQLITE, self._disk)

    def _run_one(self, name: str, database: str, scenario: Callable[[Outcome], None]) -> None:
        if name not in self.options.only:
            return
        outcome = Outcome(name, database)
        self.outcomes.append(outcome)
        started = time.monotonic()
        try:
            with time_limit(self.end - started):
                scenario(outcome)
        except MissingProgram as missing:
            outcome.skipped = str(missing)
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            outcome.broken.append(str(error))
        outcome.seconds = time.monotonic() - started
        sys.stdout.write(outcome.report_lines())
        sys.stdout.flush()

    def _kill(self, database: str, outcome: Outcome) -> None:
        scenarios.kill_repeatedly(self._portal("kill", database, workers=1), outcome, times=self.options.kills)

    def _writers(self, database: str, outcome: Outcome) -> None:
        scenarios.write_concurrently(self._portal("writers", database), outcome, seconds=self.options.seconds)

    def _database(self, outcome: Outcome) -> None:
        portal = self._portal("database", POSTGRES)
        scenarios.restart_database(portal, outcome, self.postgres)

    def _cache(self, outcome: Outcome) -> None:
        folder = self._folder("redis")
        redis = Redis(folder)
        self.stack.callback(redis.kill)
        scenarios.lose_cache(self._portal("cache", SQLITE, cache=redis.url), outcome, redis)

    def _disk(self, outcome: Outcome) -> None:
        with small_disk(self.folder / "disk") as disk:
            fill_disk_under_load(self._portal("disk", SQLITE, folder=disk), outcome, disk)

    @property
    def postgres(self) -> Postgres:
        if self._postgres is None:
            self._postgres = Postgres(self.folder)
            self.stack.callback(self._postgres.close)
            self._postgres.start()
        return self._postgres

    def _portal(self, scenario: str, database: str, *, folder: Path | None = None, **options: Any) -> Portal:
        """Return a portal with a copy of the migrated database, so that it holds nothing of other scenarios."""
        if database not in self._templates:
            self._templates[database] = self._template(database)
        template, keys = self._templates[database]
        folder = folder or self._folder(f"{scenario}-{database}")
        if database == SQLITE:
            shutil.copy(template, folder / "db.sqlite3")
            url = f"sqlite:///{folder / 'db.sqlite3'}"
        else:
            url = self.postgres.create(scenario, template=template)
        portal = Portal(folder, static=self.static, database=url, **options)
        portal.fixture_keys = keys
        return portal

    def _template(self, database: str) -> tuple[str, dict[str, Any]]:
        """Return the name of a migrated database to copy, and the keys of its rows that forms need."""
        folder = self._folder(f"template-{database}")
        file = folder / "db.sqlite3"
        url = f"sqlite:///{file}" if database == SQLITE else self.postgres.create("migrated")
        portal = Portal(folder, static=self.static, database=url)
        portal.manage("migrate", "--verbosity", "0", "--skip-checks")
        return str(file) if database == SQLITE else "migrated", portal.run_probe("begin", PASSWORD)

    def _folder(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir()
        return folder


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeoutError after this many seconds, so that a scenario that hangs still cleans up."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"Not finished within the remaining {seconds:.0f} s.")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=SCENARIOS, default=SCENARIOS, help="run only these scenarios")
    parser.add_argument("--kills", type=int, default=25, help="number of kills on each database")
    parser.add_argument("--seconds", type=float, default=10, help="how long 16 editors write")
    parser.add_argument("--limit", type=float, default=300, help="time limit of the whole run, in seconds")
    options = parser.parse_args()
    # Stop all servers when the run itself is terminated.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(2))
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="postportal-faults-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        # PostgreSQL uses the folder as another user.
        folder.chmod(0o755)
        run = Runner(options, folder=folder, stack=stack)
        run.run_all()
    broken = sum(len(outcome.broken) for outcome in run.outcomes)
    summary = f"{broken} guarantees broken" if broken else "No guarantee broken"
    sys.stdout.write(f"{summary}, in {time.monotonic() - started:.0f} s.\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
