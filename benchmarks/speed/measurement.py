"""Measure the time until a response is read completely, one request after the other."""

import http.client
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.faults.checker import percentile

REQUEST_TIMEOUT = 60


@dataclass
class Timing:
    name: str
    milliseconds: list[float] = field(default_factory=list)
    # The number of responses with each status other than 200.
    failures: dict[int, int] = field(default_factory=dict)

    def summary(self) -> str:
        """Return a line with percentiles, the number of requests and the failures."""
        if not self.milliseconds:
            return f"{self.name:24}no successful response: {self._describe_failures()}"
        p50, p95, p99 = (percentile(self.milliseconds, share) for share in (50, 95, 99))
        line = f"{self.name:24}p50 {p50:7.1f} ms   p95 {p95:7.1f} ms   p99 {p99:7.1f} ms"
        line += f"   {len(self.milliseconds)} requests"
        return f"{line}, {self._describe_failures()}" if self.failures else line

    def _describe_failures(self) -> str:
        return ", ".join(f"{count} × {status}" for status, count in sorted(self.failures.items())) or "no requests"


def measure(name: str, urls: Iterable[str], *, port: int, count: int, seconds: float) -> Timing:
    """Request at most `count` URLs within `seconds`, each over a new connection, as different readers do."""
    timing = Timing(name)
    end = time.monotonic() + seconds
    for _, url in zip(range(count), urls, strict=False):
        start = time.perf_counter()
        status = _get(url, port=port)
        taken = (time.perf_counter() - start) * 1000
        if status == http.client.OK:
            timing.milliseconds.append(taken)
        else:
            timing.failures[status] = timing.failures.get(status, 0) + 1
        # Give up on a kind of page that does not exist.
        if time.monotonic() > end or (status == http.client.NOT_FOUND and not timing.milliseconds):
            break
    return timing


def _get(url: str, *, port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=REQUEST_TIMEOUT)
    try:
        connection.request("GET", url)
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()
