import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.urls import reverse
from pytest_django import Settings

from postportal.images.models import Image
from tests.factories import images, staff

FULL = OSError(errno.ENOSPC, "No space left on device")
DISK_FULL = "The file could not be saved because the server has no disk space left. Try again later."


class HalfWrittenFile(ContentFile):
    """File that fails after its first half, as on a full disk."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[Any]:
        yield from [b"half"]
        raise FULL


def list_files(settings: Settings) -> list[str]:
    media = Path(settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def fsync(handle: int) -> None:
        raise FULL

    monkeypatch.setattr("os.fsync", fsync)


def test_file_is_stored_completely_and_readable(settings: Settings) -> None:
    name = default_storage.save("images/ab/van.png", ContentFile(b"a van"))

    assert Path(settings.MEDIA_ROOT, name).read_bytes() == b"a van"
    assert Path(settings.MEDIA_ROOT, name).stat().st_mode & 0o777 == 0o644
    assert list_files(settings) == ["images/ab/van.png"]


def test_existing_file_is_not_overwritten(settings: Settings) -> None:
    default_storage.save("van.png", ContentFile(b"a van"))

    name = default_storage.save("van.png", ContentFile(b"a train"))

    assert name != "van.png"
    assert Path(settings.MEDIA_ROOT, "van.png").read_bytes() == b"a van"
    assert Path(settings.MEDIA_ROOT, name).read_bytes() == b"a train"


def test_incomplete_file_is_removed(settings: Settings) -> None:
    with pytest.raises(OSError, match="No space left"):
        default_storage.save("images/ab/van.png", HalfWrittenFile(b""))

    assert list_files(settings) == []


@pytest.mark.django_db
def test_failed_save_leaves_no_file(settings: Settings) -> None:
    with pytest.raises(IntegrityError):
        Image.objects.create(file=images.upload(), alt="")

    assert list_files(settings) == []


@pytest.mark.django_db
def test_form_reports_a_full_disk_and_keeps_the_fields(settings: Settings, full_disk: None) -> None:
    fields = {"file": images.upload(), "alt": "A van", "focal_x": "0.5", "focal_y": "0.5", **images.WHOLE}

    answer = staff.sign_in().post(reverse("admin:images_image_add"), fields)

    form = answer.context["adminform"].form
    assert (answer.status_code, form.errors) == (200, {"file": [DISK_FULL]})
    assert form["alt"].value() == "A van"
    assert (Image.objects.count(), list_files(settings)) == (0, [])


@pytest.mark.django_db
def test_library_reports_a_full_disk(settings: Settings, full_disk: None) -> None:
    answer = staff.sign_in().post(reverse("admin:images_image_upload"), {"file": images.upload(), "alt": "A van"})

    assert (answer.status_code, answer.json()["errors"]["file"][0]["message"]) == (422, DISK_FULL)
    assert (Image.objects.count(), list_files(settings)) == (0, [])


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["add", "upload"])
def test_other_disk_errors_are_raised(view: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fsync(handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("os.fsync", fsync)
    fields = {"file": images.upload(), "alt": "A van", "focal_x": "0.5", "focal_y": "0.5", **images.WHOLE}

    with pytest.raises(OSError, match="Input/output error"):
        staff.sign_in().post(reverse(f"admin:images_image_{view}"), fields)
