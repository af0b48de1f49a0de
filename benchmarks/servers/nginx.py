"""nginx as docs/deploy/nginx.conf configures it, in a folder and on a port of its own."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks.faults.portal import ROOT, children, free_port, wait_until

CONFIGURATION = ROOT / "docs" / "deploy" / "nginx.conf"
HOST = "portal.example"
START_SECONDS = 10
NANOSECONDS = 1e9


class Nginx(NamedTuple):
    """A running nginx that answers for 127.0.0.1 without TLS. `file` is the path of a page that it has as a file."""

    port: int
    pid: int
    file: str = "/page-as-a-file"

    def cpu_seconds(self) -> float:
        """Return the processor time of all its processes so far. Each has one thread."""
        return sum(
            int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / NANOSECONDS
            for pid in (self.pid, *children(self.pid))
        )


def find_nginx() -> str | None:
    """Return the program, or None. Not every account has its folder in the path."""
    return shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


@contextlib.contextmanager
def run_in_front(application: str, folder: Path, *, body: bytes) -> Iterator[Nginx]:
    """Run the shipped configuration in front of the application at this host and port, until the block ends.

    `body` is a page compressed with gzip that it also has as a file, with the same headers and in the same log."""
    nginx = Nginx(free_port(), 0)
    pages = folder / "pages"
    pages.mkdir(parents=True)
    # Only whoever takes no gzip would get this one.
    (pages / nginx.file[1:]).touch()
    (pages / f"{nginx.file[1:]}.gz").write_bytes(body)
    as_file = f"location = {nginx.file} {{ root {pages}; default_type text/html; gzip_static on; }}"
    changes = {
        "listen 443 ssl http2": f"listen 127.0.0.1:{nginx.port}",
        f"server_name {HOST}": "server_name 127.0.0.1",
        "    location / {\n        proxy_pass": f"    {as_file}\n    location / {{\n        proxy_pass",
    }
    site = placed(CONFIGURATION.read_text("utf-8"), folder, application=application, changes=changes)
    # What is left of the other servers would need root's ports and a certificate.
    site = re.sub(r"(?ms)^server \{\n    listen (80|443).*?^\}\n", "", re.sub(r"(?m)^ +ssl_.*\n", "", site))
    with running(site, folder, port=nginx.port) as process:
        yield nginx._replace(pid=process.pid)


def placed(site: str, folder: Path, *, application: str, changes: Mapping[str, str]) -> str:
    """Return the shipped configuration with its files in the folder, this application, and these changes. Raise
    ValueError if it has nothing of what is changed."""
    everywhere = {
        "/var/lib/postportal/": f"{folder}/",
        "unix:/run/postportal/portal.sock": application,
        f"/etc/letsencrypt/live/{HOST}/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/",
        "/run/nginx-postportal": f"{folder}/cache",
    }
    for old, new in {**everywhere, **changes}.items():
        if old not in site:
            raise ValueError(f"{CONFIGURATION} has no {old}")
        site = site.replace(old, new)
    return site


@contextlib.contextmanager
def running(site: str, folder: Path, *, port: int) -> "Iterator[subprocess.Popen[bytes]]":
    """Run nginx with these servers until the block ends. It is there when the port is open."""
    configuration = folder / "nginx.conf"
    configuration.write_text(_main_configuration(site, folder), encoding="utf-8")
    process = subprocess.Popen([find_nginx() or "nginx", "-p", folder, "-c", configuration])
    try:
        wait_until(lambda: _is_open(port, process), START_SECONDS, what="nginx does not start")
        yield process
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def _main_configuration(site: str, folder: Path) -> str:
    paths = "".join(f"{name}_temp_path {folder}/{name};" for name in ("proxy", "fastcgi", "uwsgi", "scgi"))
    # Temporary folders are closed to others, so nginx keeps the account that started it.
    user = "user root;" if os.geteuid() == 0 else ""
    return f"""{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{ access_log {folder}/http.log; types {{ text/html html; text/css css; application/json json; }}
client_body_temp_path {folder}/body; {paths}
{site} }}"""


def _is_open(port: int, process: "subprocess.Popen[bytes]") -> bool:
    if process.poll() is not None:
        raise RuntimeError("nginx ended")
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
