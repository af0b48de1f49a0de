"""System check of the storage for uploaded files."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.files.storage import default_storage


def check_media_storage(**kwargs: Any) -> list[CheckMessage]:
    """Return an error if the storage cannot say the URL of a file, because every page with a picture would fail, or if
    it says that of another site, because anybody could load a picture that is not public."""
    try:
        url = default_storage.url("images/00/check.webp")
    except Exception as error:  # noqa: BLE001 - whatever a storage of another project raises
        hint = "Check MEDIA_STORAGE and the settings next to it in .env.example."
        return [Error(f"Uploaded files cannot be used: {error}", hint=hint, id="images.E001")]
    if not url.startswith(settings.MEDIA_URL):
        hint = "Let the method “url” of the storage return MEDIA_URL and the name of the file."
        return [Error(f"Uploaded files would be public at {url}", hint=hint, id="images.E002")]
    return []
