import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any, ClassVar, NamedTuple, TypeVar

from django.core.files.storage import default_storage
from django.db import models, transaction

from postportal.images.models.deleted_file import KEPT_DAYS, DeletedFile

RowT = TypeVar("RowT", bound="FileRow")


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


class FileRowQuerySet(models.QuerySet[RowT]):
    def delete(self) -> tuple[int, dict[str, int]]:
        names = {name for row in self for name in row.file_names()}
        with transaction.atomic():
            result = super().delete()
            DeletedFile.objects.keep(names)
        return result


class FileRow(models.Model):
    """Row with a file that can be replaced. When it is deleted, all files that it ever had are kept for a while
    (`DeletedFile`), so that it can be restored with them."""

    own_relations: ClassVar[tuple[str, ...]] = ("files",)
    is_public_by_use: ClassVar[bool] = True
    kept_days: ClassVar[int] = KEPT_DAYS
    file: Any

    # Who replaces the file, for the list of files.
    uploader: Any = None

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        names = self.file_names()
        with transaction.atomic():
            result = super().delete(*args, **kwargs)
            DeletedFile.objects.keep(names)
        return result

    def complete_return(self) -> None:
        DeletedFile.objects.take_back(self.file_names(), needed=self.file.name)

    def file_names(self) -> set[str]:
        """Return the names of all stored files of the row, also of earlier ones."""
        raise NotImplementedError

    @property
    def has_stored_file(self) -> bool:
        """False while the file is an upload."""
        raise NotImplementedError

    @contextmanager
    def _delete_file_on_error(self) -> Iterator[None]:
        """Delete a newly stored file if the row cannot be saved."""
        is_new = not self.has_stored_file
        try:
            yield
        except Exception:
            if is_new and self.has_stored_file:
                default_storage.delete(self.file.name)
            raise
