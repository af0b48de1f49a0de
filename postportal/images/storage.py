"""File storage for pictures."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage


class AtomicFileStorage(FileSystemStorage):
    """Storage that writes to a temporary file, syncs it to disk and then renames it: a file is complete or absent.

    Django's storage writes in place. After a full disk or a power cut the first part of a picture would exist under its
    final name."""

    def _save(self, name: str, content: Any) -> str:
        folder = Path(self.path(name)).parent
        folder.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(prefix=".unfinished-", dir=folder)
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 - it is open already
                file.writelines(content.chunks())
                file.flush()
                os.fsync(handle)
            return str(super()._save(name, _MovableFile(unfinished)))  # type: ignore[misc]
        finally:
            Path(unfinished).unlink(missing_ok=True)


class _MovableFile(File):
    """File that Django moves into place instead of copying it."""

    def __init__(self, path: str) -> None:
        super().__init__(None, name=path)
        self.path = path

    def temporary_file_path(self) -> str:
        return self.path
