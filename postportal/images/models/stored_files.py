import secrets
from pathlib import PurePosixPath
from typing import NamedTuple

from django.core.files.storage import default_storage
from django.db import models, transaction


class Source(NamedTuple):
    """File of a picture in one size, for use in an `img`."""

    width: int
    height: int
    url: str


def random_file_name(instance: models.Model, filename: str) -> str:
    """Return a random name for an uploaded file. Its original name may contain names of people or reveal what a picture
    under embargo shows."""
    token = secrets.token_hex(12)
    return f"images/{token[:2]}/{token}{PurePosixPath(filename).suffix}"


def delete_files_on_commit(names: set[str]) -> None:
    """Delete stored files once the transaction is committed: until then they may still be needed."""

    def remove() -> None:
        for name in names:
            default_storage.delete(name)

    if names:
        transaction.on_commit(remove, robust=True)
