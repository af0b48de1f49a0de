"""Where pictures are kept on disk."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage


class AtomicFileStorage(FileSystemStorage):
    """A file is there whole or not at all: written under another name, brought to the disk, then given its own.

    Django's writes in place. A full disk or a power cut then leaves the beginning of a picture under the name of the
    picture, and whoever asks whether it exists is told yes."""

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
    """What Django moves to its place instead of copying it."""

    def __init__(self, path: str) -> None:
        super().__init__(None, name=path)
        self.path = path

    def temporary_file_path(self) -> str:
        return self.path
