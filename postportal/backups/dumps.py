"""The database as one file: copied while the portal is running, checked, and put back in one transaction."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connections

SUFFIXES = {"sqlite": ".sqlite3", "postgresql": ".dump"}
# Options of the connection that the programs of PostgreSQL read from the environment.
_POSTGRES_OPTIONS = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "service": "PGSERVICE"}


class DumpError(Exception):
    """The database cannot be copied or put back. The message says why."""


def dump(alias: str, *, to: Path) -> None:
    """Write the database to a file."""
    if connections[alias].vendor == "postgresql":
        _run("pg_dump", "--format=custom", f"--file={to}", alias=alias)
        return
    with _sqlite(_file_of(alias)) as source, _sqlite(to) as copy:
        source.backup(copy)
        # Otherwise the copy would need a second file beside it.
        copy.execute("PRAGMA journal_mode = DELETE")


def check_dump(path: Path) -> None:
    """Raise DumpError if the file is not a whole database."""
    if path.suffix == SUFFIXES["postgresql"]:
        _run("pg_restore", "--list", str(path))
        return
    try:
        with _sqlite(path) as copy:
            [(finding,), *_others] = copy.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.Error as error:
        finding = str(error)
    if finding != "ok":
        raise DumpError(f"The database in the backup is damaged: {finding}")


def load(path: Path, *, alias: str) -> None:
    """Replace the whole database by the file. If that fails, the database is left as it was: it is one transaction."""
    connections[alias].close()
    if connections[alias].vendor == "postgresql":
        how = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        _run("pg_restore", *how, "--dbname", connections[alias].settings_dict["NAME"], str(path), alias=alias)
        return
    target = _file_of(alias)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _sqlite(path) as copy, _sqlite(target) as database:
            copy.backup(database)
    except sqlite3.Error as error:
        raise DumpError(f"The database cannot be replaced: {error}. Stop the portal first.") from error


def _file_of(alias: str) -> Path:
    return Path(connections[alias].settings_dict["NAME"])


def _sqlite(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(path, isolation_level=None, timeout=20))


def _run(program: str, *arguments: str, alias: str = "") -> None:
    found = shutil.which(program)
    if not found:
        raise DumpError(f"{program} is not installed. On Debian and Ubuntu: apt install postgresql-client")
    environment = {**os.environ, **(_environment(connections[alias].settings_dict) if alias else {})}
    # The name of the program and the options are ours.
    done = subprocess.run([found, *arguments], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise DumpError(f"{program} failed: {last}")


def _environment(settings: dict[str, Any]) -> dict[str, str]:
    """Return where and as whom to connect. In the environment, since every user can read the arguments of a program."""
    values = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
        **{name: settings["OPTIONS"].get(option) for option, name in _POSTGRES_OPTIONS.items()},
    }
    return {name: str(value) for name, value in values.items() if value}
