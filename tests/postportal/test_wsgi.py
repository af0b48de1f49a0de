import os
import subprocess
import sys
from pathlib import Path

import pytest


def test_code_is_preloaded_and_excluded_from_garbage_collection() -> None:
    says = "import gc, sys, postportal.wsgi; print('postportal.urls' in sys.modules, gc.get_freeze_count() > 10_000)"

    done = subprocess.run([sys.executable, "-c", says], capture_output=True, text=True, check=True, timeout=120)

    assert done.stdout.split() == ["True", "True"]


def test_start_loads_nothing_that_only_some_requests_need() -> None:
    unwanted = {"openpyxl", "psycopg", "webauthn", "authlib"}
    says = f"import sys, postportal.wsgi; print(sorted({unwanted} & set(sys.modules)))"
    environment = {**os.environ, "DATABASE_URL": "sqlite:///:memory:"}

    done = subprocess.run(
        [sys.executable, "-c", says], env=environment, capture_output=True, text=True, check=True, timeout=120
    )

    assert done.stdout == "[]\n"


def test_log_of_gunicorn_holds_no_keys() -> None:
    lines = [
        "import logging, postportal.wsgi",
        "logging.getLogger('gunicorn.access').warning('GET %s', '/preview/KEY/')",
        "logging.getLogger('gunicorn.error').warning('Error handling request %s', '/admin/calendar/KEY.ics')",
    ]

    done = subprocess.run(
        [sys.executable, "-c", "; ".join(lines)], capture_output=True, text=True, check=True, timeout=120
    )

    assert ("KEY" in done.stderr, done.stderr.count("…")) == (False, 2)


@pytest.mark.once
def test_requests_are_counted_and_have_an_id_if_metrics_are_on(tmp_path: Path) -> None:
    lines = """
import postportal.wsgi
from django.test import RequestFactory
def ask(path, **headers):
    found = []
    environ = RequestFactory().get(path, headers=headers, SERVER_NAME="127.0.0.1").environ
    body = b"".join(postportal.wsgi.application(environ, lambda *arguments: found.extend(arguments)))
    return found[0][:3], dict(found[1])["X-Request-ID"], body.decode()
print(*ask("/healthz", **{"X-Request-ID": "0123456789abcdef"})[:2])
print(ask("/metrics", Authorization="Bearer " + "t" * 32)[2])
"""
    environment = {
        **os.environ,
        "DEBUG": "1",
        "DATABASE_URL": "sqlite:///:memory:",
        "METRICS_TOKEN": "t" * 32,
        "METRICS_FOLDER": str(tmp_path / "metrics"),
    }

    done = subprocess.run(
        [sys.executable, "-c", lines],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )

    assert done.stdout.startswith("200 0123456789abcdef\n")
    assert 'postportal_request_seconds_count{route="healthz",status="2xx"} 1.0' in done.stdout
    # The database is there, but has no tables.
    assert "postportal_database_up 0.0" in done.stdout
