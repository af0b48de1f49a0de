import re
import subprocess
import sys

import pytest


@pytest.mark.once
def test_benchmark_measures_the_stages_that_are_asked_for() -> None:
    options = ["--articles", "30", "--requests", "3", "--plans", "--copies", "2"]
    options += ["--only", "import", "short", "article"]
    command = [sys.executable, "-m", "benchmarks.speed", *options]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)

    assert done.returncode == 0, done.stderr
    lines = dict(re.findall(r"(?m)^([a-z][a-z0-9-]*) {2,}(.*)$", done.stdout))
    assert set(lines) == {"import", "index", "short", "article"}
    assert lines["index"].endswith(" 60 articles")
    assert lines["short"].endswith("3 requests")
    assert lines["article"].endswith("3 requests")
    assert "article_publish_at" in done.stdout
