"""Requests to other sites, to see whether a URL answers. Nothing of an answer is read except its headers.

The URL comes from a text that anybody of the staff may write, so that the server must not become a way into the network
it stands in: the host is resolved once, every one of its addresses has to be public, and the connection goes to the
very address that was judged. The same is done again for each redirect."""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.encoding import iri_to_uri

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
MAX_REDIRECTS, MAX_ADDRESSES = 5, 3
# For each read, and for everything about one request: a server that sends a byte a second must not hold the check.
SECONDS, MAX_SECONDS = 10, 20
PORTS = {"http": 80, "https": 443}
_REDIRECTS, _PERMANENT = {301, 302, 303, 307, 308}, {301, 308}
# IPv4 networks within IPv6: NAT64 (RFC 6052). Others are known to the standard library.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class NotAskedError(Exception):
    """The URL is none that may be asked: a private address, another port, a password, or no valid URL."""


class NoAnswerError(Exception):
    """There is no such host, or it does not speak HTTP in time."""


@dataclass(frozen=True)
class Answer:
    """Status of the last answer, and the URL it came from. `has_moved` is true if all redirects there are permanent."""

    status: int
    url: str
    has_moved: bool = False
    retry_after: str = ""


def is_public(address: Address, port: int) -> bool:
    """Return True for addresses of the internet, at the ports of HTTP."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None and not is_public(inner, port):
            return False
    return port in PORTS.values() and address.is_global and not address.is_multicast


def ask(url: str, *, user_agent: str, is_allowed: Callable[[Address, int], bool] = is_public) -> Answer:
    """Return the answer to a HEAD request, or to GET if the server does not know HEAD, after at most five redirects."""
    permanent: list[bool] = []
    for _hop in range(MAX_REDIRECTS + 1):
        status, location, retry_after = _ask_once(url, user_agent=user_agent, is_allowed=is_allowed)
        if status not in _REDIRECTS or not location:
            return Answer(status, url, bool(permanent) and all(permanent), retry_after)
        permanent.append(status in _PERMANENT)
        try:
            url = urljoin(url, location)
        except ValueError as error:
            raise NoAnswerError("redirect") from error
    raise NoAnswerError("redirects")


def _ask_once(url: str, *, user_agent: str, is_allowed: Callable[[Address, int], bool]) -> tuple[int, str, str]:
    parts, host, port = _split(url)
    addresses = _resolve(host, port, is_allowed=is_allowed)
    target = iri_to_uri(parts._replace(scheme="", netloc="", fragment="").geturl())
    target = target if target.startswith("/") else f"/{target}"
    headers = {"User-Agent": user_agent, "Accept": "*/*", "Connection": "close"}
    status, location, retry_after = 0, "", ""
    for method in ("HEAD", "GET"):
        with _connected(parts.scheme, host, addresses, port) as connection:
            connection.request(method, target, headers=headers)
            response = connection.getresponse()
            status = response.status
            location, retry_after = response.headers.get("Location", ""), response.headers.get("Retry-After", "")
        # Many servers answer HEAD with an error of their own.
        if status < http.HTTPStatus.BAD_REQUEST or status == http.HTTPStatus.TOO_MANY_REQUESTS:
            break
    return status, location, retry_after


def _split(url: str) -> tuple[SplitResult, str, int]:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError as error:
        raise NotAskedError(url) from error
    if parts.scheme not in PORTS or not host or parts.username is not None or any(ord(char) < 33 for char in url):
        raise NotAskedError(url)
    return parts, host, port or PORTS[parts.scheme]


def _resolve(host: str, port: int, *, is_allowed: Callable[[Address, int], bool]) -> list[str]:
    """Return the addresses of the host. One that is not allowed is enough to refuse it."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoAnswerError("host") from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not addresses or not all(is_allowed(ipaddress.ip_address(address), port) for address in addresses):
        raise NotAskedError(host)
    return addresses[:MAX_ADDRESSES]


@contextmanager
def _connected(scheme: str, host: str, addresses: list[str], port: int) -> Iterator[http.client.HTTPConnection]:
    """Yield a connection to one of the addresses, which is shut after MAX_SECONDS whatever the other side does."""
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    connection.sock = _connect(addresses, port)
    # The socket of that moment: TLS puts another in the place of the first.
    clock = threading.Timer(MAX_SECONDS, lambda: _shut(connection.sock))
    clock.daemon = True
    clock.start()
    try:
        if scheme == "https":
            plain, connection = connection.sock, http.client.HTTPSConnection(host, port, timeout=SECONDS)
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
            connection.sock.do_handshake()
        yield connection
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswerError("answer") from error
    finally:
        clock.cancel()
        connection.close()


def _connect(addresses: list[str], port: int) -> socket.socket:
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=SECONDS)
        except OSError:
            continue
    raise NoAnswerError("connection")


def _shut(connected: socket.socket) -> None:
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
