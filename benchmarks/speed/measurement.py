"""Asks one after another and counts the milliseconds until the answer is read whole."""

import http.client
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.faults.checker import percentile

REQUEST_TIMEOUT = 60


@dataclass
class Timing:
    what: str
    milliseconds: list[float] = field(default_factory=list)
    # Answers that were none: (status, how many).
    failures: dict[int, int] = field(default_factory=dict)

    def summary(self) -> str:
        if not self.milliseconds:
            return f"{self.what:24}not there: {self._describe_others()}"
        p50, p95, p99 = (percentile(self.milliseconds, share) for share in (50, 95, 99))
        said = f"{self.what:24}p50 {p50:7.1f} ms   p95 {p95:7.1f} ms   p99 {p99:7.1f} ms"
        said += f"   {len(self.milliseconds)} requests"
        return f"{said}, {self._describe_others()}" if self.failures else said

    def _describe_others(self) -> str:
        return ", ".join(f"{count} × {status}" for status, count in sorted(self.failures.items())) or "no requests"


def measure(what: str, addresses: Iterable[str], *, port: int, count: int, seconds: float) -> Timing:
    """At most `count` requests, in at most `seconds`; each over a connection of its own, as from different readers."""
    found = Timing(what)
    end = time.monotonic() + seconds
    for _, address in zip(range(count), addresses, strict=False):
        begun = time.perf_counter()
        status = _get(address, port=port)
        taken = (time.perf_counter() - begun) * 1000
        if status == http.client.OK:
            found.milliseconds.append(taken)
        else:
            found.failures[status] = found.failures.get(status, 0) + 1
        # An address that nobody has built is not asked for again and again.
        if time.monotonic() > end or (status == http.client.NOT_FOUND and not found.milliseconds):
            break
    return found


def _get(address: str, *, port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=REQUEST_TIMEOUT)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()
