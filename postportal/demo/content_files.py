"""The texts and pictures of the demo, as files beside this module."""

import tomllib
from pathlib import Path
from typing import Any

Entry = dict[str, Any]

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"


def read(name: str) -> Entry:
    with (HERE / "content" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def pick(entry: Entry, *names: str) -> Entry:
    """Return those of the named fields that the entry has: the others keep the model's own default."""
    return {name: entry[name] for name in names if name in entry}
