"""Content files of the demo: texts as TOML, pictures as WebP, in the folders next to this module."""

import tomllib
from pathlib import Path
from typing import Any

ContentEntry = dict[str, Any]

DEMO_FOLDER = Path(__file__).parent
PICTURES_FOLDER = DEMO_FOLDER / "pictures"


def read_content(name: str) -> ContentEntry:
    """Return the content of `content/<name>.toml`."""
    with (DEMO_FOLDER / "content" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def pick_fields(entry: ContentEntry, *names: str) -> ContentEntry:
    """Return the named fields that the entry has. The others are left to the model's defaults."""
    return {name: entry[name] for name in names if name in entry}
