"""A portal under test: gunicorn as docs/deploy/postportal.service starts it, on a free port of 127.0.0.1, with data of
its own. Only processes that were started here are ended, each by its number."""

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
        """`workers`: other than the unit says, so that it starts quicker."""
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
        }
        self.log = folder / "log"
        # Of what the forms refer to.
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
        """Return how long it took until a page was there."""
        begun = time.monotonic()
        wait_until(lambda: self.visitor().get("/healthz").status == 200, seconds, what="The portal does not answer")
        return time.monotonic() - begun

    def kill(self) -> None:
        """End the server and every worker at once, as a power cut would."""
        assert self._server is not None
        # Stopped first, so that it starts no further worker while they are counted.
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
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments[:3])} failed:\n{done.stderr[-2000:]}")
        return done.stdout


def gunicorn_command() -> list[str]:
    """The command of the unit, so that what is tested is what is deployed. The shared memory is this machine's."""
    unit = SERVICE_UNIT.read_text(encoding="utf-8").replace("\\\n", " ")
    found = re.search(r"(?m)^ExecStart=\S*/(gunicorn .*)$", unit)
    assert found, f"{SERVICE_UNIT} starts no gunicorn."
    return found[1].split()


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(is_so: Callable[[], bool], seconds: float, *, what: str) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} after {seconds:g} s.")
        time.sleep(0.02)
