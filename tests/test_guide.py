"""The guide for editors shows each picture that was taken for it, and says in words what it shows."""

import re
from pathlib import Path

from django.conf import settings

DOCS = Path(settings.BASE_DIR) / "docs"
SHOWN = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", (DOCS / "editors-guide.md").read_text(encoding="utf-8"))
MAX_PICTURES_SIZE = 1_500_000


def test_guide_shows_each_picture_with_words() -> None:
    taken = sorted(f"guide/{file.name}" for file in (DOCS / "guide").iterdir())

    assert sorted(address for _words, address in SHOWN) == taken
    assert [address for words, address in SHOWN if not words] == []


def test_guide_is_no_burden_to_fetch() -> None:
    assert sum(file.stat().st_size for file in (DOCS / "guide").iterdir()) <= MAX_PICTURES_SIZE
