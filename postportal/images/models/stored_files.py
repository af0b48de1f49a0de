"""Base of pictures and documents: a stored file that can be replaced, and all files that they have had."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any, ClassVar, NamedTuple, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from postportal.images.models.deleted_file import KEPT_DAYS, DeletedFile

RowT = TypeVar("RowT", bound="FileRow")


class Source(NamedTuple):
    """File of a picture in one size, for use in an `img`."""

    width: int
    height: int
    url: str


def random_file_name(instance: models.Model, filename: str) -> str:
    """Return a random name for the uploaded file of a picture."""
    return random_name_in("images", filename)


def random_name_in(folder: str, filename: str) -> str:
    """Return a random name for an uploaded file. Its original name may contain names of people or say what is not
    public yet."""
    token = secrets.token_hex(12)
    return f"{folder}/{token[:2]}/{token}{PurePosixPath(filename).suffix}"


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
    # What the names of stored files look like, and what is a space in the name of an upload that becomes the title.
    stored_name: ClassVar[re.Pattern[str]]
    spaces_in_names: ClassVar[str] = "_"
    # Columns that describe the current file, which its row among `files` has as well.
    file_details: ClassVar[tuple[str, ...]] = ()
    file: Any
    files: Any
    title: Any

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

    @property
    def has_stored_file(self) -> bool:
        """False while the file is an upload."""
        return bool(self.stored_name.fullmatch(self.file.name or ""))

    def current_file_names(self) -> set[str]:
        """Return the name of the current file, and those of files that are made of it."""
        return {self.file.name} if self.file.name else set()

    def file_names(self) -> set[str]:
        """Return the names of all stored files of the row, also of earlier ones."""
        return {*self.current_file_names(), *self.files.values_list("name", flat=True)}

    def clean_file(self) -> None:
        """Process an upload. Raise ValidationError at the field of the file."""
        try:
            self.process_upload()
        except ValidationError as error:
            raise ValidationError({"file": error}) from error

    def process_upload(self) -> None:
        """Replace an uploaded file with what is stored of it, once for each file. Called by `clean` and `save`."""
        upload = self.file
        if not upload or self.has_stored_file or getattr(upload.file, "is_processed", False):
            return
        content = self.take_upload(upload)
        if not self.title:
            self.title = re.sub(f"[{self.spaces_in_names}]", " ", PurePosixPath(upload.name or "").stem)[:200]
        content.is_processed = True  # type: ignore[attr-defined]
        self.file = content

    def take_upload(self, upload: Any) -> ContentFile:
        """Check an uploaded file, store its details in the row and return what is stored of it."""
        raise NotImplementedError

    def record_file(self, *, by: Any, **details: Any) -> None:
        """Note the current file once among those that the row has had."""
        details |= {name: getattr(self, name) for name in self.file_details}
        self.files.get_or_create(name=self.file.name, defaults={"uploaded_by": by, **details})

    def take_details_of_known_file(self) -> None:
        """Take over the details of an earlier file, which is brought back."""
        known = self.files.filter(name=self.file.name).first() if self.pk else None
        for name in self.file_details if known else ():
            setattr(self, name, getattr(known, name))

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


class KnownFile(models.Model):
    """Base of the rows for files that a picture or a document has or had. Written with it and never changed."""

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )

    class Meta:
        abstract = True
        ordering = ["-uploaded_at", "-pk"]
        # Nobody edits it, so there are no permissions.
        default_permissions = ()
