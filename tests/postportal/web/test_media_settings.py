from typing import Any

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from postportal.web.media_settings import media_storage

KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
PLACE = {"S3_BUCKET": "post", "S3_REGION": "eu-west-1"}


def storage_for(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    for name in ("MEDIA_STORAGE", "S3_BUCKET", "S3_ENDPOINT", "S3_REGION", "S3_PREFIX", *KEYS):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return media_storage(environ.Env())


def test_files_are_stored_in_a_folder_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert storage_for(monkeypatch) == {"BACKEND": "postportal.images.storage.AtomicFileStorage"}


def test_another_storage_is_used_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert storage_for(monkeypatch, MEDIA_STORAGE="our.Storage") == {"BACKEND": "our.Storage"}


def test_bucket_is_described_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    place = {"S3_BUCKET": "post", "S3_ENDPOINT": "https://s3.example:9000", "S3_PREFIX": "/portal/"}

    options = storage_for(monkeypatch, MEDIA_STORAGE="s3", **place)["OPTIONS"]

    assert (options["bucket_name"], options["endpoint_url"], options["location"]) == (
        "post",
        "https://s3.example:9000",
        "portal",
    )
    assert options["file_overwrite"] is False


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "S3_BUCKET is not set"),
        ({"S3_BUCKET": "post"}, "S3_REGION is not set"),
        ({"S3_BUCKET": "post", "S3_ENDPOINT": "s3.example"}, "S3_ENDPOINT is not a URL"),
        *[({**PLACE, key: "x"}, "set both or neither") for key in KEYS],
        ({"MEDIA_STORAGE": "postportal.images.storage.AtomicFileStorage", **PLACE}, "Set MEDIA_STORAGE=s3"),
    ],
)
def test_start_without_a_setting_of_the_bucket_fails(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], words: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=words):
        storage_for(monkeypatch, **{"MEDIA_STORAGE": "s3", **environment})
