import json
from io import BytesIO

import pytest
from django.utils import timezone

from news.imports import article_import
from news.imports.jsonl import read_lines

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("size", "updated"), [(10_000, 1), (20_000, 0)])
def test_long_lines_make_a_batch_smaller(size: int, updated: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_import, "MAX_BATCH_BYTES", size)
    lines = [
        json.dumps({"external_id": key, "title": "Night mail", "published": "2019-05-20", "body": "x" * 6000})
        for key in ("n-1", "n-2", "n-1")
    ]
    lines[2] = lines[2].replace("Night", "Day")

    file = BytesIO("\n".join(lines).encode())
    reporter = article_import.ImportReporter(on_error=lambda number, reason: pytest.fail(reason))
    rules = article_import.ImportRules(create_sections=True)
    run = article_import.ArticleImport(at=timezone.now(), reporter=reporter, rules=rules)
    counts = run.import_lines(read_lines(file))

    # A line updates an article only if that was written in an earlier batch.
    assert (counts.created, counts.updated, counts.superseded) == (2, updated, 1 - updated)
