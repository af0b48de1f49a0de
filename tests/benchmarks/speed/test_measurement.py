import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from benchmarks.speed.measurement import Timing, measure


class StatusHandler(BaseHTTPRequestHandler):
    """Respond with the status that the path names."""

    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Keep the output of the tests clean."""


@pytest.fixture
def port() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), StatusHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_failures_are_counted_by_status(port: int) -> None:
    timing = measure("short", ["/200", "/500", "/200", "/503", "/500"], port=port, count=4, seconds=60)

    assert (timing.name, len(timing.milliseconds), timing.failures) == ("short", 2, {500: 1, 503: 1})


def test_page_that_does_not_exist_is_requested_once(port: int) -> None:
    timing = measure("list", ["/404", "/404"], port=port, count=2, seconds=60)

    assert timing.failures == {404: 1}
    assert timing.summary() == "list                    no successful response: 1 × 404"


def test_summary_has_percentiles_number_of_requests_and_failures() -> None:
    line = Timing("short", milliseconds=[float(number) for number in range(1, 101)], failures={500: 2}).summary()

    assert line.endswith("p50    50.0 ms   p95    95.0 ms   p99    99.0 ms   100 requests, 2 × 500")


def test_summary_without_any_request() -> None:
    assert Timing("short").summary().endswith("no successful response: no requests")
