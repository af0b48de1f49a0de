"""No request is lost while the application restarts behind nginx, as systemd restarts it."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.faults.portal import ROOT, children, gunicorn_command, wait_until
from tests.deploy.running_nginx import Nginx, run_nginx
from tests.deploy.test_nginx import write_files

CLIENTS = 16
SECONDS = 30
# They go around the cache.
COOKIE = {"Cookie": "sessionid=none"}
# systemd gives the listening socket as number 3, and says so.
AS_SYSTEMD = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
os.execv(sys.executable, [sys.executable, "-m", *sys.argv[2:]])
"""

pytestmark = pytest.mark.once


class Service:
    """gunicorn as docs/deploy/postportal.service starts it, with a small application."""

    def __init__(self, listening: socket.socket) -> None:
        self._socket = listening
        self.start()

    def start(self) -> None:
        command = ["benchmarks.servers.bare" if word == "postportal.wsgi" else word for word in gunicorn_command()]
        command += ["--workers", "2", "--log-level", "warning"]
        os.set_inheritable(self._socket.fileno(), True)
        self.process = subprocess.Popen(
            [sys.executable, "-c", AS_SYSTEMD, str(self._socket.fileno()), *command],
            cwd=ROOT,
            pass_fds=[self._socket.fileno()],
        )

    def restart(self) -> None:
        self.stop()
        self.start()

    def reload(self) -> None:
        before = set(children(self.process.pid))
        self.process.send_signal(signal.SIGHUP)
        wait_until(lambda: not before & set(children(self.process.pid)), SECONDS, what="The old workers do not end")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=SECONDS)


def test_no_request_is_lost_in_a_restart_or_a_reload(tmp_path: Path) -> None:
    write_files(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "portal.sock"))
        listening.listen(2048)
        service = Service(listening)
        try:
            with run_nginx(tmp_path) as nginx:
                assert nginx.request("/", headers=COOKIE).status == 200
                results = read_during([service.restart, service.reload], nginx=nginx)
        finally:
            service.stop()

    assert set(results) == {(200, 30_000)}
    assert results.total() > 2 * CLIENTS


def read_during(events: list[Callable[[], None]], *, nginx: Nginx) -> Counter[tuple[int, int]]:
    """Return how often readers got which status and how many characters, while the events happened."""
    results: Counter[tuple[int, int]] = Counter()
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            answer = nginx.request("/", headers=COOKIE)
            results[answer.status, len(answer.text)] += 1

    readers = [threading.Thread(target=read) for _number in range(CLIENTS)]
    for reader in readers:
        reader.start()
    try:
        for event in events:
            event()
            seen = results.total()
            # The new workers answer before they are replaced in turn.
            wait_until(lambda seen=seen: results.total() > seen + 2 * CLIENTS, SECONDS, what="No answer")  # type: ignore[misc]
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    return results
