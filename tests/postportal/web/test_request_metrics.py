from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import resolve

from postportal.web import metrics
from postportal.web.request_metrics import RouteMiddleware, with_metrics


class Recorder:
    """Stands for the counters of Prometheus, which no test of this process can start twice."""

    def __init__(self) -> None:
        self.found: list[tuple[str, ...]] = []
        self.requests = self

    def labels(self, *labels: str) -> "Recorder":
        self.found.append(labels)
        return self

    def observe(self, seconds: float) -> None:
        assert 0 <= seconds < 60


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, ...]]]:
    recorder = Recorder()
    monkeypatch.setattr(metrics, "_counting", [recorder])
    return iter([recorder.found])


def call(application: Any, path: str = "/") -> None:
    list(with_metrics(application)(RequestFactory().get(path).environ, lambda *arguments: None))


def test_route_status_and_failures_are_counted(counted: Iterator[list[tuple[str, ...]]], tmp_path: Path) -> None:
    def page(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        request = RequestFactory().get("/news/")
        request.META, request.resolver_match = environ, resolve("/news/")
        RouteMiddleware(lambda request: None).process_view(request, None, (), {})  # type: ignore[arg-type, return-value]
        start_response("304 Not Modified", [])
        return []

    def unknown(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("404 Not Found", [])
        return []

    def broken(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        raise LookupError("not here")

    call(page)
    call(unknown, "/some/guess/")
    with pytest.raises(LookupError, match="not here"):
        call(broken)

    assert next(counted) == [("news:articles", "3xx"), ("none", "4xx"), ("none", "5xx")]
