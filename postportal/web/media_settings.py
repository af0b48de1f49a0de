"""Setting for the storage of uploaded files. Whatever it is, readers load files from /media/ of the portal itself,
which knows who may see them."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

FILES = "postportal.images.storage.AtomicFileStorage"
BUCKET = "postportal.images.s3_storage.PrivateBucketStorage"


def media_storage(env: Any) -> dict[str, Any]:
    """Return the default storage for the environment, an `environ.Env`. Raise ImproperlyConfigured if a setting is
    missing.

    MEDIA_STORAGE is “s3” for a bucket, described by S3_…, or a storage class of Django."""
    backend = env.str("MEDIA_STORAGE", default=FILES)
    bucket = env.str("S3_BUCKET", default="")
    if backend == FILES and bucket:
        raise ImproperlyConfigured(
            "S3_BUCKET is set, but MEDIA_STORAGE is not. Set MEDIA_STORAGE=s3 to use the bucket."
        )
    if backend != "s3":
        return {"BACKEND": backend}
    endpoint, region = env.str("S3_ENDPOINT", default=""), env.str("S3_REGION", default="")
    if not bucket:
        raise ImproperlyConfigured("S3_BUCKET is not set. MEDIA_STORAGE=s3 stores uploaded files in this bucket.")
    if not endpoint and not region:
        raise ImproperlyConfigured("S3_REGION is not set. Set it, or the URL of your own server as S3_ENDPOINT.")
    if endpoint and not endpoint.startswith(("https://", "http://")):
        raise ImproperlyConfigured("S3_ENDPOINT is not a URL. For example https://s3.portal.example")
    access_key, secret_key = env.str("AWS_ACCESS_KEY_ID", default=""), env.str("AWS_SECRET_ACCESS_KEY", default="")
    if bool(access_key) != bool(secret_key):
        raise ImproperlyConfigured("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY belong together: set both or neither.")
    options = {
        "bucket_name": bucket,
        "endpoint_url": endpoint or None,
        "region_name": region or None,
        "access_key": access_key or None,
        "secret_key": secret_key or None,
        "location": env.str("S3_PREFIX", default="").strip("/"),
        "file_overwrite": False,
    }
    return {"BACKEND": BUCKET, "OPTIONS": options}
