"""The texts and pictures of the demo, as files beside this module."""

import tomllib
from pathlib import Path
from typing import Any

ContentEntry = dict[str, Any]

DEMO_FOLDER = Path(__file__).parent
PICTURES_FOLDER = DEMO_FOLDER / "pictures"


def read_content(name: str) -> ContentEntry:
    with (DEMO_FOLDER / "content" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def pick_fields(entry: ContentEntry, *names: str) -> ContentEntry:
    """Return those of the named fields that the entry has: the others keep the model's own default."""
    return {name: entry[name] for name in names if name in entry}
