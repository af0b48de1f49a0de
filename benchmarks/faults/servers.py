"""Separate PostgreSQL and Redis servers, in a temporary folder and on free ports."""

import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path

from benchmarks.faults.portal import free_port, wait_until

USER = "postgres"


class MissingProgram(Exception):  # noqa: N818 - not an error: a program is not installed
    """Raised if a scenario cannot run here, with the reason."""


class Postgres:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "postgres"
        self.port = free_port()
        self._programs = _postgres_programs()
        self.folder.mkdir()
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root.
            shutil.chown(self.folder, USER, USER)
        self._fill()

    def _fill(self) -> None:
        self._run("initdb", "--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8")

    def start(self, *more_options: str) -> None:
        # After a crash, sync all files at once: one by one takes half a minute on a busy machine.
        options = "-c recovery_init_sync_method=syncfs -c listen_addresses=127.0.0.1"
        options += f" -p {self.port} -c unix_socket_directories={self.folder}"
        options = " ".join([options, *more_options])
        self._run("pg_ctl", "--wait", "--log", str(self.folder / "log"), "--options", options, "start")

    def stop(self, mode: str) -> None:
        """Stop the server. The mode is one of pg_ctl: "immediate" is a crash, "fast" closes connections properly."""
        self._run("pg_ctl", "--wait", "--mode", mode, "stop")

    def close(self) -> None:
        if (self.folder / "postmaster.pid").exists():
            self.stop("immediate")

    def url(self, name: str) -> str:
        return f"postgres://{USER}@127.0.0.1:{self.port}/{name}"

    def create(self, name: str, *, template: str = "template0") -> str:
        command = [str(self._programs / "createdb"), "-h", "127.0.0.1", "-p", str(self.port), "-U", USER]
        command += ["--template", template, name]
        subprocess.run(command, check=True, capture_output=True)
        return self.url(name)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), "--pgdata", str(self.folder), *arguments]
        as_user = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
        subprocess.run([*as_user, *command], check=True, cwd=self.folder, stdout=subprocess.DEVNULL)


class Standby(Postgres):
    """A copy of a running server that follows it and answers queries."""

    def __init__(self, folder: Path, *, primary: Postgres) -> None:
        self._primary_port = primary.port
        super().__init__(folder)

    def _fill(self) -> None:
        # As PostgreSQL demands, and as initdb would leave it.
        self.folder.chmod(0o700)
        source = ["--host", "127.0.0.1", "--port", str(self._primary_port), "--username", USER]
        self._run("pg_basebackup", *source, "--checkpoint", "fast", "--no-sync", "--write-recovery-conf")


class Redis:
    def __init__(self, folder: Path) -> None:
        program = shutil.which("redis-server")
        if program is None:
            raise MissingProgram("redis-server is not installed")
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        memory_only = ["--save", "", "--appendonly", "no", "--daemonize", "no"]
        self._command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(folder), *memory_only]
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._server = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: _answers(self.port), 10, what="Redis does not respond")

    def kill(self) -> None:
        self._signal(signal.SIGKILL)
        if self._server is not None:
            self._server.wait()
            self._server = None

    def freeze(self) -> None:
        """Let it accept connections without responding, as behind a network that drops packets."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        if self._server is not None:
            os.kill(self._server.pid, number)


def _postgres_programs() -> Path:
    """Return the folder of the newest installed version."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    on_path = shutil.which("initdb")
    found = [folder for folder in reversed(folders) if (folder / "initdb").exists()]
    if not found and not on_path:
        raise MissingProgram("initdb (PostgreSQL) is not installed")
    if os.geteuid() == 0 and not shutil.which("runuser"):
        raise MissingProgram("PostgreSQL does not run as root, and runuser is not installed")
    return found[0] if found else Path(str(on_path)).parent


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
