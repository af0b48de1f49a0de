"""A portal as in production: a process of its own with its own data and DEBUG off."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
SUPERUSER = ("page-checks", "only-for-the-page-checks")
# For tests of two people with the same form.
SECOND_SUPERUSER = ("page-checks-editor", "only-for-the-page-checks")
# One account for each role, because the demo accounts cannot sign in with DEBUG off.
NAMES_BY_ROLE = {
    "Author": "Li Wen",
    "Editor": "Zhao Rui",
    "Publisher": "Chen Bo",
    "Philatelist": "Gao Lan",
    "Service desk": "Sun Qi",
}
# In one program, as the start of each costs seconds. A password takes long to hash, and all accounts have the same.
FILL = f"""
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.core.management import call_command

for command in ("migrate", "load_demo"):
    call_command(command, verbosity=0)
password = make_password({SUPERUSER[1]!r})
for name in {(SUPERUSER[0], SECOND_SUPERUSER[0])!r}:
    User.objects.create(
        username=name, email="staff@portal.example", password=password, is_staff=True, is_superuser=True
    )
for role, name in {NAMES_BY_ROLE!r}.items():
    account = User.objects.create(username=role, password=password, is_staff=True, first_name=name)
    account.groups.add(Group.objects.get(name=role))
"""


@contextmanager
def run_portal(folder: Path, *, filled: Path | None = None) -> Iterator[str]:
    """Run a portal with the demo content and its data in the folder, and yield its URL.

    The content is made in the folder `filled`, and copied from there if another process has made it."""
    copied = fill(filled or folder)
    if filled:
        shutil.copy(copied / "db.sqlite3", folder)
        shutil.copytree(copied / "media", folder / "media")
    environment = environment_of(folder) | {"STATIC_ROOT": str(copied / "static")}
    port = free_port()
    # Browsers have no passkeys for IP addresses.
    environment["PASSKEY_ORIGINS"] = f"http://localhost:{port}"
    gunicorn = ["gunicorn", "postportal.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4", "--no-control-socket"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", *gunicorn], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_for_start(f"http://127.0.0.1:{port}/healthz", server, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def fill(folder: Path) -> Path:
    """Make the demo content and the static files in the folder, unless they are there, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "filled").exists():
            # Both at once: one worker fills, and the others wait.
            commands = [["collectstatic", "--noinput"], ["shell", "--verbosity", "0", "--command", FILL]]
            programs = [
                subprocess.Popen(
                    [sys.executable, "manage.py", *command],
                    cwd=ROOT,
                    env=environment_of(folder),
                    stdout=subprocess.DEVNULL,
                )
                for command in commands
            ]
            codes = [program.wait() for program in programs]
            if any(codes):
                raise RuntimeError(f"The portal was not filled: {codes}")
            (folder / "filled").touch()
    return folder


def environment_of(folder: Path) -> dict[str, str]:
    return {
        "DEBUG": "0",
        **{name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ},
        "SECRET_KEY": "for-the-page-checks-only-" * 3,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "HTTPS": "0",
        "DEMO": "1",
        "LEGACY_IMPORT": "1",
        "SERVE_MEDIA": "1",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "EMAIL_URL": "dummymail://",
        "LOG_LEVEL": "WARNING",
    }


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for_start(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=20).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The portal did not start:\n{log.read_text()}")
