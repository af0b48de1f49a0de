import json
from pathlib import Path

import pytest

from benchmarks.bars.__main__ import main
from benchmarks.servers.nginx import find_nginx


@pytest.mark.once
@pytest.mark.usefixtures("_copied_tables")
def test_every_bar_of_small_archives_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.bars.__main__.SIZES", [(60, 2)])
    options = ["--seconds", "0.2", "--requests", "3", "--output", str(tmp_path)]

    assert main(options) == 0

    results = json.loads((tmp_path / "results.json").read_text())
    names = " ".join(bar["name"] for bar in results["bars"])
    for part in (
        "cached page",
        "304",
        *(["through nginx, beside a file", "that of the file"] if find_nginx() else []),
        "first page",
        "save of an article",
        "save of a new text",
        "last pages",
        "suggestions",
        "home, beside 60",
    ):
        assert part in names
    assert [archive["articles"] for archive in results["archives"]] == [60, 120]
    charts = {f"{subject}-sqlite.svg" for subject in ("saves", "searches", "uncached")}
    assert {file.name for file in tmp_path.iterdir()} == {"results.json", *charts}
    assert capsys.readouterr().out.rstrip().endswith("bars met.")
