"""Counters of several processes. Each starts in a process of its own, since prometheus_client is told only once."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

COUNT = """
import os, sys
from pathlib import Path
from postportal.web import metrics
metrics.count_request(route="early", status=200, seconds=1)
metrics.start(sys.argv[1])
for status in sys.argv[2:]:
    metrics.count_request(route="home", status=int(status), seconds=0.02)
with metrics.time_search():
    pass
print(metrics.started().text([]).decode())
sys.stdout.flush()
sys.stdin.readline()
"""


def start(folder: Path, *statuses: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", COUNT, str(folder), *statuses]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def read(process: subprocess.Popen[str]) -> list[str]:
    """Return the lines with numbers, once all are written."""
    assert process.stdout
    lines = []
    for line in process.stdout:
        if line == "\n":
            break
        lines.append(line.strip())
    return [line for line in lines if not line.startswith("#")]


def test_processes_are_counted_together_and_leave_no_files_behind(tmp_path: Path) -> None:
    folder = tmp_path / "metrics"
    with start(folder, "200", "404") as first:
        read(first)
        with start(folder, "200", "503") as second:
            lines = read(second)
            # As if it had crashed: its successor goes on with its files.
            second.kill()
        files = {path.name for path in folder.iterdir()}
        with start(folder, "201") as third:
            later = read(third)
            third.communicate("\n")
        first.communicate("\n")

    assert {
        'postportal_request_seconds_count{route="home",status="2xx"} 2.0',
        'postportal_request_seconds_count{route="home",status="4xx"} 1.0',
        'postportal_request_seconds_count{route="home",status="5xx"} 1.0',
        'postportal_request_seconds_bucket{le="0.01",route="home",status="2xx"} 0.0',
        'postportal_request_seconds_bucket{le="0.025",route="home",status="2xx"} 2.0',
        "postportal_search_seconds_count 2.0",
    } <= set(lines)
    assert "early" not in "".join(lines)
    assert 'postportal_request_seconds_count{route="home",status="2xx"} 3.0' in later
    assert files == {path.name for path in folder.iterdir()} >= {"histogram_0.db", "histogram_1.db"}
    assert len(files) == 4
