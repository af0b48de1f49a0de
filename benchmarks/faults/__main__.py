#!/usr/bin/env python3
"""Break things under a running portal, and prove that it keeps what it promised.

    make faults                                   everything, on SQLite and PostgreSQL
    make faults ARGS="--only kill --kills 5"      one scenario, shorter

Ends with 1 where a promise was broken. Every server is started for it alone, on 127.0.0.1, with data in a temporary
folder, and ended by its number.
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
    """The scenarios, each with a portal and a database of its own."""

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
        # Once for all of them: compressing the files takes longer than a scenario.
        files = Portal(self._folder("files"), static=self.static, database="sqlite:///:memory:")
        files.manage("collectstatic", "--noinput", "--verbosity", "0")
        for where in (SQLITE, POSTGRES):
            self._run_one("kill", where, partial(self._kill, where))
            self._run_one("writers", where, partial(self._writers, where))
        self._run_one("database", POSTGRES, self._database)
        self._run_one("cache", SQLITE, self._cache)
        self._run_one("disk", SQLITE, self._disk)

    def _run_one(self, what: str, where: str, scenario: Callable[[Outcome], None]) -> None:
        if what not in self.options.only:
            return
        outcome = Outcome(what, where)
        self.outcomes.append(outcome)
        begun = time.monotonic()
        try:
            with time_limit(self.end - begun):
                scenario(outcome)
        except MissingProgram as missing:
            outcome.skipped = str(missing)
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            outcome.broken.append(str(error))
        outcome.seconds = time.monotonic() - begun
        sys.stdout.write(outcome.report_lines())
        sys.stdout.flush()

    def _kill(self, where: str, outcome: Outcome) -> None:
        scenarios.kill_repeatedly(self._portal("kill", where, workers=1), outcome, times=self.options.kills)

    def _writers(self, where: str, outcome: Outcome) -> None:
        scenarios.write_concurrently(self._portal("writers", where), outcome, seconds=self.options.seconds)

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

    def _portal(self, what: str, where: str, *, folder: Path | None = None, **options: Any) -> Portal:
        """With a copy of the one database that was migrated: nothing of another scenario is in it."""
        if where not in self._templates:
            self._templates[where] = self._template(where)
        template, keys = self._templates[where]
        folder = folder or self._folder(f"{what}-{where}")
        if where == SQLITE:
            shutil.copy(template, folder / "db.sqlite3")
            database = f"sqlite:///{folder / 'db.sqlite3'}"
        else:
            database = self.postgres.create(what, template=template)
        portal = Portal(folder, static=self.static, database=database, **options)
        portal.fixture_keys = keys
        return portal

    def _template(self, where: str) -> tuple[str, dict[str, Any]]:
        folder = self._folder(f"template-{where}")
        file = folder / "db.sqlite3"
        database = f"sqlite:///{file}" if where == SQLITE else self.postgres.create("migrated")
        portal = Portal(folder, static=self.static, database=database)
        portal.manage("migrate", "--verbosity", "0", "--skip-checks")
        return str(file) if where == SQLITE else "migrated", portal.run_probe("begin", PASSWORD)

    def _folder(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir()
        return folder


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Whatever hangs, the scenario ends, and cleans up behind it."""

    def over(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"Not over in the {seconds:.0f} s that were left.")

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=SCENARIOS, default=SCENARIOS, help="these scenarios")
    parser.add_argument("--kills", type=int, default=25, help="how often everything is killed, on each database")
    parser.add_argument("--seconds", type=float, default=10, help="how long sixteen editors write")
    parser.add_argument("--limit", type=float, default=300, help="how long all of it may take")
    options = parser.parse_args()
    # Ended from outside, it ends what it started as well.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(2))
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="postportal-faults-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        # PostgreSQL works in there as another user.
        folder.chmod(0o755)
        run = Runner(options, folder=folder, stack=stack)
        run.run_all()
    broken = sum(len(outcome.broken) for outcome in run.outcomes)
    said = f"{broken} promises broken" if broken else "Every promise kept"
    sys.stdout.write(f"{said}, in {time.monotonic() - begun:.0f} s.\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
