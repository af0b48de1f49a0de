"""An import that is killed is completed by repeating it, the search included."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from news.imports.batches import BatchWriter
from news.models import Article
from postportal.outbox import delivery
from postportal.outbox.delivery_process import MIN_EVENTS, MODULE
from postportal.outbox.models import OutboxEvent
from postportal.search import index
from tests.factories import news
from tests.news.imports.import_lines import article_line, line_data

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 120
COMMAND = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py")]
LINES = [json.dumps(line_data(number, body="[gallery]")) + "\n" for number in range(25)]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a process that uses this test's database, or a copy if that is in memory."""
    news.section()
    url = os.environ.get("DATABASE_URL", "")
    if connection.vendor == "sqlite":
        url = f"sqlite:///{tmp_path / 'portal.sqlite3'}"
        with sqlite3.connect(tmp_path / "portal.sqlite3") as copy:
            connection.connection.backup(copy)
        copy.close()
    else:
        url = f"{url.rpartition('/')[0]}/{connection.settings_dict['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "DEBUG": "1", "PYTHONUNBUFFERED": "1"}


def start(*args: str, environment: dict[str, str], **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *args], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
    )


def test_import_killed_between_batches_is_completed_by_repeating_it(
    environment: dict[str, str], tmp_path: Path
) -> None:
    process = start("import_articles", "-", "--batch-size", "10", environment=environment, stdin=subprocess.PIPE)
    # If it hangs, reading its output ends here.
    watchdog = threading.Timer(SECONDS, process.kill)
    watchdog.start()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.writelines(LINES[:15])
    process.stdin.flush()
    # Printed once the first batch is committed. The process then waits for the sixteenth line.
    assert process.stdout.readline().startswith("line 1: left out")
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=SECONDS)
    watchdog.cancel()
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(LINES))

    again, _ = start("import_articles", str(file), environment=environment).communicate(timeout=SECONDS)
    check = start("search_index", "check", environment=environment)

    assert "25 lines: 15 created, 0 updated, 10 unchanged, 0 kept, 0 failed." in again
    assert check.communicate(timeout=SECONDS)[0] == "The index matches the content.\n"


def _delivery_process_of(pid: int) -> int:
    """Return the process that delivers what this import commits."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return next(int(child) for child in children if MODULE in Path(f"/proc/{child}/cmdline").read_text())


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="Only one core.")
def test_import_whose_second_process_is_killed_leaves_nothing_out(environment: dict[str, str]) -> None:
    count = MIN_EVENTS + 10
    lines = [json.dumps(line_data(number, body="[gallery]")) + "\n" for number in range(count + 5)]
    size = ["--batch-size", str(count)]
    process = start("import_articles", "-", *size, environment=environment, stdin=subprocess.PIPE)
    watchdog = threading.Timer(SECONDS, process.kill)
    watchdog.start()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.writelines(lines[:-1])
    process.stdin.flush()
    # Printed once the first batch is committed and handed over.
    assert process.stdout.readline().startswith("line 1: left out")
    os.kill(_delivery_process_of(process.pid), signal.SIGKILL)
    rest, errors = process.communicate(lines[-1], timeout=SECONDS)
    watchdog.cancel()
    check = start("search_index", "check", environment=environment)

    assert f"{count + 5} lines: {count + 5} created, 0 updated, 0 unchanged, 0 kept, 0 failed." in rest
    assert errors == ""
    assert check.communicate(timeout=SECONDS)[0] == "The index matches the content.\n"


def test_repeated_import_delivers_what_a_killed_one_left_in_the_outbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news.section()
    # As if the process was killed after the commit.
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_deliver_batch", lambda model, ids: 0)
        with transaction.atomic():
            BatchWriter(at=timezone.now()).write([article_line()])
    assert OutboxEvent.objects.exists()
    assert index.check()
    file = tmp_path / "articles.jsonl"
    file.write_text(json.dumps(line_data()))

    call_command("import_articles", str(file))

    assert (Article.objects.count(), OutboxEvent.objects.count()) == (1, 0)
    assert not index.check()
