import re

import pytest

from benchmarks.speed.__main__ import main


@pytest.mark.once
@pytest.mark.usefixtures("_copied_tables")
def test_benchmark_measures_the_stages_that_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--articles", "30", "--requests", "3", "--plans", "--copies", "2"]
    options += ["--only", "import", "short", "article"]

    assert main(options) == 0

    output = capsys.readouterr().out
    lines = dict(re.findall(r"(?m)^([a-z][a-z0-9-]*) {2,}(.*)$", output))
    assert set(lines) == {"import", "index", "short", "article"}
    assert lines["index"].endswith(" 60 articles")
    assert lines["short"].endswith("3 requests")
    assert lines["article"].endswith("3 requests")
    assert "article_publish_at" in output
