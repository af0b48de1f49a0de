"""An application server under test, on a free port of 127.0.0.1. Only processes started here are stopped."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from benchmarks.faults.portal import ROOT, children, free_port, gunicorn_command, wait_until
from benchmarks.servers.clients import Client

WORKERS = 2
TICKS = os.sysconf("SC_CLK_TCK")

GUNICORN = [*gunicorn_command(), "--workers", str(WORKERS), "--max-requests", "0", "--log-level", "error"]
GRANIAN = ["granian", "--interface", "wsgi", "--no-ws", "--http", "1", "--log-level", "error"]
GRANIAN += ["--workers-kill-timeout", "10", "--workers", str(WORKERS)]
# Commands without application and address. Threads may cost each other processor time: both servers get few and many.
COMMANDS = {
    "gthread-4": [*GUNICORN, "--threads", "4"],
    "gthread-2": [*GUNICORN, "--threads", "2"],
    "gthread-1": [*GUNICORN, "--threads", "1"],
    "granian-4": [*GRANIAN, "--blocking-threads", "4"],
    "granian-1": [*GRANIAN, "--blocking-threads", "1"],
}


class Server:
    def __init__(self, name: str, application: str, *, environment: dict[str, str]) -> None:
        self.port = free_port()
        program, *options = COMMANDS[name]
        options = [option for option in options if option != "postportal.wsgi"]
        bind = ["--bind", f"127.0.0.1:{self.port}"] if program == "gunicorn" else ["--port", str(self.port)]
        target = application if program == "gunicorn" else f"{application}:application"
        command = [sys.executable, "-m", program, *options, *bind, target]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment)

    def wait_until_up(self) -> None:
        wait_until(lambda: Client(self.port).is_answered("/healthz"), 60, what="The server does not respond")

    def cpu_seconds(self) -> float:
        """Return the processor time of all its processes so far."""
        return sum(_cpu_seconds(pid) for pid in self._pids())

    def megabytes(self) -> float:
        """Return the memory of all its processes, shared pages counted once (PSS)."""
        return sum(_proportional_kilobytes(pid) for pid in self._pids()) / 1000

    def reload(self) -> None:
        self.process.send_signal(signal.SIGHUP)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            for pid in self._pids():
                os.kill(pid, signal.SIGKILL)
            self.process.wait()

    def _pids(self) -> list[int]:
        return [self.process.pid, *children(self.process.pid)]


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _proportional_kilobytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
