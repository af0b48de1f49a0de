import pytest
from django.core.files.storage import FileSystemStorage
from pytest_django import Settings

from postportal.images.storage_check import check_media_storage


def test_usual_storage_is_fine() -> None:
    assert check_media_storage() == []


@pytest.mark.parametrize("backend", ["no.such.Storage", "django.core.files.storage.Storage"])
def test_storage_without_urls_is_reported(settings: Settings, backend: str) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": backend}}

    [error] = check_media_storage()

    assert (error.id, error.msg.startswith("Uploaded files cannot be used: ")) == ("images.E001", True)


class PublicStorage(FileSystemStorage):
    def url(self, name: str | None) -> str:
        return f"https://bucket.example/{name}"


def test_storage_that_makes_files_public_is_reported(settings: Settings) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.PublicStorage"}}

    [error] = check_media_storage()

    assert (error.id, error.msg) == (
        "images.E002",
        "Uploaded files would be public at https://bucket.example/images/00/check.webp",
    )
