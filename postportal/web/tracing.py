"""Sentry and OpenTelemetry, which are installed and turned on by operators who use them (docs/deploy.md).

Neither gets a URL that is a key, a cookie, a form or a reader's address."""

import os
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from postportal.web.bearer_urls import hide_keys
from postportal.web.request_ids import request_id

# Regular expressions of URLs that are not traced, separated by commas: those with a key (bearer_urls.py).
UNTRACED_URLS = r"/preview/,/admin/calendar/,/admin/password/link/,/metrics$,/healthz$"
_NEEDED = {
    "SENTRY_DSN": ("sentry_sdk", "sentry-sdk"),
    "OPENTELEMETRY": (
        "opentelemetry.instrumentation.django",
        "opentelemetry-instrumentation-django opentelemetry-exporter-otlp-proto-http",
    ),
}
# What an event keeps of a request.
_KEPT = ("method", "url")


def start_tracing() -> None:
    """Start what the settings ask for. Raises ImproperlyConfigured if its package is missing."""
    if settings.SENTRY_DSN:
        sentry = _import("SENTRY_DSN", "sentry_sdk")
        sentry.init(
            dsn=settings.SENTRY_DSN,
            send_default_pii=False,
            include_local_variables=False,
            before_send=clean_event,
            before_send_transaction=clean_event,
            before_breadcrumb=lambda crumb, hint: _hide_keys_in(crumb),
        )
    if settings.OPENTELEMETRY:
        _start_opentelemetry()


def clean_event(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """Return an event of Sentry with the ID of the request, without keys and without what the reader sent."""
    event["tags"] = {**(event.get("tags") or {}), "request_id": request_id.get()}
    if "request" in event:
        event["request"] = {name: value for name, value in event["request"].items() if name in _KEPT}
    event.pop("user", None)
    return _hide_keys_in(event)  # type: ignore[no-any-return]


def _hide_keys_in(value: Any) -> Any:
    if isinstance(value, str):
        return hide_keys(value)
    if isinstance(value, dict):
        return {name: _hide_keys_in(found) for name, found in value.items()}
    if isinstance(value, list):
        return [_hide_keys_in(found) for found in value]
    return value


def _start_opentelemetry() -> None:
    """Trace requests. Where to, and under which name, is said by the variables of OpenTelemetry itself."""
    django = _import("OPENTELEMETRY", "opentelemetry.instrumentation.django")
    exporter = _import("OPENTELEMETRY", "opentelemetry.exporter.otlp.proto.http.trace_exporter")
    trace = _import("OPENTELEMETRY", "opentelemetry.trace")
    sdk = _import("OPENTELEMETRY", "opentelemetry.sdk.trace")
    export = _import("OPENTELEMETRY", "opentelemetry.sdk.trace.export")
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.BatchSpanProcessor(exporter.OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    # After the security headers, which every answer has.
    os.environ.setdefault("OTEL_PYTHON_DJANGO_MIDDLEWARE_POSITION", "1")
    django.DjangoInstrumentor().instrument(excluded_urls=UNTRACED_URLS)


def _import(setting: str, module: str) -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        _module, packages = _NEEDED[setting]
        raise ImproperlyConfigured(f"{setting} is set, but a package is missing: pip install {packages}") from error
