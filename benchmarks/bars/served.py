"""Cached pages beside the least that can give the same answer, in requests a second of processor time.

Only the processor time of the server counts, not that of the clients, so a busy machine hardly matters.
"""

import gzip
import http.client
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from benchmarks.bars.bar import Bar
from benchmarks.faults.portal import Portal
from benchmarks.servers.clients import HOST, load
from benchmarks.servers.nginx import Nginx, find_nginx, run_in_front
from benchmarks.servers.server import Server

# As docs/deploy/postportal.service starts it.
SHIPPED = "gthread-2"
CLIENTS = 16
GZIP = {"Accept-Encoding": "gzip"}
PAGE = "/news/"
SET_BY_SERVERS = {"Server", "Date", "Connection", "Content-Length"}
APPLICATION_BAR, VIEW_BAR, FILE_BAR = 0.9, 1.0, 0.9


def measure_served(portal: Portal, *, seconds: float) -> Iterator[Bar]:
    """Yield the bars of one cached page and of its 304, under the server that is shipped."""
    with _running(portal, "postportal.wsgi", seconds=seconds) as server:
        headers, body = _fetch(server.port)
        etag = dict(headers)["ETag"]
        page = _rate(server, GZIP, seconds=seconds)
        current = _rate(server, {**GZIP, "If-None-Match": etag}, seconds=seconds)
        megabytes = server.megabytes()
        proxied = list(_measure_proxied(server, portal, body=body, seconds=seconds))
    file = portal.log.parent / "page.gz"
    file.write_bytes(body)
    own = {**portal.environment, "BARE_BODY": str(file), "BARE_HEADERS": json.dumps(headers)}
    with _running(portal, "benchmarks.servers.bare", environment=own, seconds=seconds) as server:
        bare_page = _rate(server, GZIP, seconds=seconds)
        bare_current = _rate(server, {**GZIP, "If-None-Match": etag}, seconds=seconds)
    with _running(portal, "benchmarks.servers.bare_django", environment=own, seconds=seconds) as server:
        view = _rate(server, GZIP, seconds=seconds)
    size = f"{len(body) / 1000:.0f} kB of {len(gzip.decompress(body)) / 1000:.0f} kB"
    yield Bar(f"cached page ({size}), beside a bare callable", page, "/s", APPLICATION_BAR, bare_page, at_least=True)
    yield Bar("its 304, beside a bare callable", current, "/s", APPLICATION_BAR, bare_current, at_least=True)
    yield Bar("cached page, beside a bare Django view", page, "/s", VIEW_BAR, view, at_least=True)
    yield from proxied
    yield Bar("memory of two workers", megabytes, "MB", 200)


def _measure_proxied(server: Server, portal: Portal, *, body: bytes, seconds: float) -> Iterator[Bar]:
    """Yield the bars of the same page behind nginx, in the processor time of nginx, or none where it is missing."""
    if not find_nginx():
        return
    with run_in_front(f"{HOST}:{server.port}", portal.log.parent / "nginx", body=body) as nginx:
        tags = {path: dict(_fetch(nginx.port, path)[0])["ETag"] for path in (PAGE, nginx.file)}
        page, file = (_rate(nginx, GZIP, path=path, seconds=seconds) for path in tags)
        yield Bar("page through nginx, beside a file of it", page, "/s", FILE_BAR, file, at_least=True)
        page, file = (
            _rate(nginx, {**GZIP, "If-None-Match": tag}, path=path, seconds=seconds) for path, tag in tags.items()
        )
        yield Bar("its 304, beside that of the file", page, "/s", FILE_BAR, file, at_least=True)


def measure_start(portal: Portal) -> Bar:
    """Return the time from the start of the server to its first page."""
    portal.start()
    try:
        return Bar("first page after the start", portal.wait_until_up(), "s", 2)
    finally:
        portal.stop()


@contextmanager
def _running(
    portal: Portal, application: str, *, seconds: float, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    server = Server(SHIPPED, application, environment=dict(environment or portal.environment))
    try:
        server.wait_until_up()
        # Both workers have the page before anything is measured.
        load(server.port, PAGE, clients=CLIENTS, seconds=min(seconds, 1), headers=GZIP)
        yield server
    finally:
        server.stop()


def _fetch(port: int, path: str = PAGE) -> tuple[list[tuple[str, str]], bytes]:
    """Return the headers that the application has set, and the body."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    connection.request("GET", path, headers=GZIP)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != http.client.OK or response.headers.get("Content-Encoding") != "gzip":
        raise RuntimeError(f"{path} is answered with {response.status} and not compressed.")
    return [header for header in response.getheaders() if header[0] not in SET_BY_SERVERS], body


def _rate(server: Server | Nginx, headers: Mapping[str, str], *, seconds: float, path: str = PAGE) -> float:
    before = server.cpu_seconds()
    results = load(server.port, path, clients=CLIENTS, seconds=seconds, headers=headers)
    used = server.cpu_seconds() - before
    if not set(results) <= {200, 304} or len(results) != 1:
        raise RuntimeError(f"Some requests failed: {dict(results)}")
    return sum(results.values()) / used
