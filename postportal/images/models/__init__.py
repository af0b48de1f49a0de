from postportal.images.models.deleted_file import KEPT_DAYS, DeletedFile
from postportal.images.models.image import CROP_FIELDS, FRAMING_FIELDS, Image
from postportal.images.models.image_file import ImageFile
from postportal.images.models.stored_files import (
    FileRow,
    FileRowQuerySet,
    KnownFile,
    Source,
    delete_files_on_commit,
    random_file_name,
    random_name_in,
)

__all__ = [
    "CROP_FIELDS",
    "FRAMING_FIELDS",
    "KEPT_DAYS",
    "DeletedFile",
    "FileRow",
    "FileRowQuerySet",
    "Image",
    "ImageFile",
    "KnownFile",
    "Source",
    "delete_files_on_commit",
    "random_file_name",
    "random_name_in",
]
