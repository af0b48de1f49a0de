"""Benchmark of application servers: gunicorn as docs/deploy/postportal.service starts it, and granian if installed.

    python -m benchmarks.servers                      all servers (about 4 minutes)
    python -m benchmarks.servers --only gthread-2     one of them
    pip install granian                               before it can be compared

Requests a second of processor time of the server, so that a busy machine hardly matters: a bare WSGI callable that
returns 30 kB, and the home page of the demo, rendered each time, which is also counted by the clock. The memory of two
workers, a request beside 200 clients that never finish theirs, and the requests lost while the workers are replaced
(SIGHUP) under the load of 16 clients.
"""

import argparse
import importlib.util
import sys
import tempfile
from pathlib import Path

from benchmarks.faults.portal import Portal
from benchmarks.servers.clients import load, seconds_beside_slow_readers
from benchmarks.servers.server import COMMANDS, Server

CLIENTS = 16
SLOW_CLIENTS = 200
COLUMNS = ("bare/s", "home/s", "wall/s", "MB", "slow s", "lost")


def measure(name: str, *, environment: dict[str, str], seconds: float) -> list[float]:
    """Return the numbers of COLUMNS for this server."""
    bare = Server(name, "benchmarks.servers.bare", environment=environment)
    try:
        bare.wait_until_up()
        bare_rate, _wall = _rates(bare, "/", seconds=seconds)
    finally:
        bare.stop()
    portal = Server(name, "postportal.wsgi", environment=environment)
    try:
        portal.wait_until_up()
        load(portal.port, "/", clients=CLIENTS, seconds=2)
        home_rate, wall = _rates(portal, "/", seconds=seconds)
        memory = portal.megabytes()
        slow = seconds_beside_slow_readers(portal.port, "/healthz", number=SLOW_CLIENTS)
        lost = _lost_in_a_reload(portal, seconds=seconds)
    finally:
        portal.stop()
    return [bare_rate, home_rate, wall, memory, slow, lost]


def _rates(server: Server, path: str, *, seconds: float) -> tuple[float, float]:
    """Return requests a second of processor time, and of the clock."""
    before = server.cpu_seconds()
    results = load(server.port, path, clients=CLIENTS, seconds=seconds)
    used = server.cpu_seconds() - before
    if set(results) != {200}:
        raise RuntimeError(f"Some requests failed: {dict(results)}")
    return results[200] / used, results[200] / seconds


def _lost_in_a_reload(server: Server, *, seconds: float) -> int:
    server.reload()
    results = load(server.port, "/", clients=CLIENTS, seconds=seconds)
    return sum(count for status, count in results.items() if status != 200)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=COMMANDS, default=list(COMMANDS), help="servers to measure")
    parser.add_argument("--seconds", type=float, default=10, help="time for each measurement")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="postportal-servers-") as name:
        folder = Path(name)
        portal = Portal(folder, static=folder / "static", database=f"sqlite:///{folder / 'db.sqlite3'}")
        portal.environment["DEMO"] = "1"
        for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--noinput", "--verbosity", "0"]):
            portal.manage(*command)
        portal.manage("load_demo")
        _print(f"{'server':12}" + "".join(f"{column:>10}" for column in COLUMNS))
        for server in options.only:
            if importlib.util.find_spec(COMMANDS[server][0]) is None:
                _print(f"{server:12}is not installed")
                continue
            numbers = measure(server, environment=portal.environment, seconds=options.seconds)
            _print(f"{server:12}" + "".join(f"{number:10.2f}" for number in numbers))
    return 0


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
