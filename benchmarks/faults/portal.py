"""A portal under test: gunicorn as started by docs/deploy/postportal.service, on a free port of 127.0.0.1, with its own
data. Only processes started here are stopped, by their process ID."""

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.faults.visitor import Visitor

ROOT = Path(__file__).resolve().parent.parent.parent
SERVICE_UNIT = ROOT / "docs" / "deploy" / "postportal.service"
PASSWORD = secrets.token_urlsafe(16)


class Portal:
    def __init__(self, folder: Path, *, static: Path, database: str, cache: str = "", workers: int = 0) -> None:
        """`workers` overrides the number in the unit file, for a faster start."""
        self._workers = ["--workers", str(workers)] if workers else []
        self.port = free_port()
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "DEBUG": "0",
            "HTTPS": "0",
            "SECRET_KEY": "for-faults-on-purpose-only-" * 3,
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": database,
            "CACHE_URL": cache or "locmemcache://faults",
            "MEDIA_ROOT": str(folder / "media"),
            "STATIC_ROOT": str(static),
            "EMAIL_URL": "dummymail://",
            "LOG_LEVEL": "WARNING",
            **service_environment(),
        }
        self.log = folder / "log"
        # Primary keys of rows that the forms refer to.
        self.fixture_keys: dict[str, Any] = {}
        self._server: subprocess.Popen[bytes] | None = None

    def manage(self, *arguments: str) -> None:
        self.run("manage.py", *arguments)

    def run_probe(self, *arguments: str) -> Any:
        return json.loads(self.run("-m", "benchmarks.faults.probe", *arguments))

    def start(self) -> None:
        command = [sys.executable, "-m", *gunicorn_command(), *self._workers, "--bind", f"127.0.0.1:{self.port}"]
        with self.log.open("ab") as log:
            self._server = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def wait_until_up(self, seconds: float = 30) -> float:
        """Wait for the first successful response; return the seconds it took."""
        started = time.monotonic()
        wait_until(lambda: self.visitor().get("/healthz").status == 200, seconds, what="The portal does not respond")
        return time.monotonic() - started

    def kill(self) -> None:
        """Kill the server and all workers at once, as a power failure would."""
        assert self._server is not None
        # Paused first, so that it starts no new worker in the meantime.
        os.kill(self._server.pid, signal.SIGSTOP)
        for pid in [*children(self._server.pid), self._server.pid]:
            os.kill(pid, signal.SIGKILL)
        self._server.wait()
        self._server = None

    def stop(self) -> None:
        if self._server is None:
            return
        self._server.terminate()
        try:
            self._server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()

    def visitor(self) -> Visitor:
        return Visitor(self.port)

    def staff(self) -> Visitor:
        visitor = self.visitor()
        visitor.sign_in("chief", PASSWORD)
        return visitor

    def run(self, *arguments: str) -> str:
        result = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        if result.returncode:
            raise RuntimeError(f"{' '.join(arguments[:3])} failed:\n{result.stderr[-2000:]}")
        return result.stdout


def gunicorn_command() -> list[str]:
    """Return the gunicorn command of the unit file, so that the deployed configuration is tested."""
    unit = SERVICE_UNIT.read_text(encoding="utf-8").replace("\\\n", " ")
    command = re.search(r"(?m)^ExecStart=\S*/(gunicorn .*)$", unit)
    assert command, f"{SERVICE_UNIT} does not start gunicorn."
    return command[1].split()


def service_environment() -> dict[str, str]:
    """Return the variables that the unit file itself sets."""
    return dict(re.findall(r"(?m)^Environment=(\w+)=(.*)$", SERVICE_UNIT.read_text(encoding="utf-8")))


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Callable[[], bool], seconds: float, *, what: str) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} after {seconds:g} s.")
        time.sleep(0.02)
