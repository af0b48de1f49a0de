"""Bucket for uploaded files, on S3 or on a server with the same protocol."""

from typing import Any

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class PrivateBucketStorage(S3Storage):
    """Bucket that nobody but the portal can read. Readers load files from the portal, which knows who may see them."""

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return settings.MEDIA_URL + (filepath_to_uri(name) or "").lstrip("/")
