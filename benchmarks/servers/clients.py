"""Readers of a server: some with a connection that they keep, some who never finish their request."""

import http.client
import socket
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress

HOST = "127.0.0.1"
TIMEOUT = 30


class Client:
    """A reader who asks one request after the other on one connection, as nginx does."""

    def __init__(self, port: int, *, headers: Mapping[str, str] | None = None) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT)
        self._headers = headers or {}

    def get(self, path: str) -> tuple[int, int]:
        """Return the status and the length of the body."""
        self._connection.request("GET", path, headers=self._headers)
        response = self._connection.getresponse()
        return response.status, len(response.read())

    def close(self) -> None:
        self._connection.close()

    def is_answered(self, path: str) -> bool:
        try:
            return self.get(path)[0] < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            self.close()


def load(
    port: int, path: str, *, clients: int, seconds: float, headers: Mapping[str, str] | None = None
) -> Counter[object]:
    """Let so many clients read for so long. Return how often each status came, or the name of each error."""
    results: Counter[object] = Counter()
    end = time.monotonic() + seconds

    def read() -> None:
        client = Client(port, headers=headers)
        while time.monotonic() < end:
            try:
                results[client.get(path)[0]] += 1
            except (OSError, http.client.HTTPException) as error:
                results[type(error).__name__] += 1
                client.close()
        client.close()

    threads = [threading.Thread(target=read) for _number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def slow_readers(port: int, number: int) -> list[socket.socket]:
    """Open so many connections and send half a request on each."""
    sockets = []
    for _number in range(number):
        with suppress(OSError):
            opened = socket.create_connection((HOST, port), timeout=TIMEOUT)
            opened.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
            sockets.append(opened)
    return sockets


def seconds_beside_slow_readers(port: int, path: str, *, number: int) -> float:
    """Return how long one request takes while others do not finish theirs; infinity if it is not answered."""
    sockets = slow_readers(port, number)
    client, start = Client(port), time.monotonic()
    try:
        client.get(path)
    except (OSError, http.client.HTTPException):
        return float("inf")
    finally:
        for opened in (client, *sockets):
            opened.close()
    return time.monotonic() - start
