"""The guide for editors, in both languages, shows each picture that was taken for it and says what it shows."""

import re
from pathlib import Path

import pytest
from django.conf import settings

DOCS = Path(settings.BASE_DIR) / "docs"
ENGLISH, CHINESE = "editors-guide.md", "editors-guide.zh-hans.md"
MAX_PICTURES_SIZE = 1_500_000


def guide(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def shown(name: str) -> list[tuple[str, str]]:
    """Return the pictures of a guide: the words and the address of each."""
    return re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", guide(name))


def levels(name: str) -> list[int]:
    """Return the levels of the headings of a guide, in their order."""
    return [len(marks) for marks in re.findall(r"^(#+) ", guide(name), re.MULTILINE)]


@pytest.mark.parametrize("name", [ENGLISH, CHINESE])
def test_guide_shows_each_picture_with_words(name: str) -> None:
    taken = sorted(f"guide/{file.name}" for file in (DOCS / "guide").iterdir())

    assert sorted(address for _words, address in shown(name)) == taken
    assert [address for words, address in shown(name) if not words] == []


def test_guides_have_the_same_headings_and_pictures() -> None:
    assert levels(CHINESE) == levels(ENGLISH)
    assert [address for _words, address in shown(CHINESE)] == [address for _words, address in shown(ENGLISH)]


def test_guides_link_to_each_other() -> None:
    assert f"({CHINESE})" in guide(ENGLISH).split("\n\n")[1]
    assert f"({ENGLISH})" in guide(CHINESE).split("\n\n")[1]


def test_guide_is_no_burden_to_fetch() -> None:
    assert sum(file.stat().st_size for file in (DOCS / "guide").iterdir()) <= MAX_PICTURES_SIZE
