"""Fixture that imports lines with the command."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

Import = Callable[..., tuple[str, str]]


@pytest.fixture
def import_articles(tmp_path: Path) -> Import:
    """Return a function that imports lines (objects or bytes) and returns standard output and error."""

    def run(*lines: dict[str, Any] | bytes, error: str = "", **options: Any) -> tuple[str, str]:
        file = tmp_path / "articles.jsonl"
        file.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
        stdout, stderr = StringIO(), StringIO()
        options = {"create_sections": True, **options}
        if error:
            with pytest.raises(CommandError, match=error):
                call_command("import_articles", str(file), stdout=stdout, stderr=stderr, **options)
        else:
            call_command("import_articles", str(file), stdout=stdout, stderr=stderr, **options)
        return stdout.getvalue(), stderr.getvalue()

    return run
