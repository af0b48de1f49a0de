import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.once
def test_every_bar_of_small_archives_is_measured(tmp_path: Path) -> None:
    options = ["--sizes", "60", "--seconds", "0.2", "--requests", "4", "--output", str(tmp_path)]

    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bars", *options], capture_output=True, text=True, check=False, timeout=600
    )

    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / "results.json").read_text())
    names = " ".join(bar["name"] for bar in results["bars"])
    for part in (
        "cached page",
        "304",
        "first page",
        "save of an article",
        "last pages",
        "suggestions",
        "home, beside 60",
    ):
        assert part in names
    assert [archive["articles"] for archive in results["archives"]] == [60]
    assert {file.name for file in tmp_path.iterdir()} == {"results.json", "searches-sqlite.svg", "uncached-sqlite.svg"}
    assert done.stdout.rstrip().endswith("bars met.")
