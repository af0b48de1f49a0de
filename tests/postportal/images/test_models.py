import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from postportal.images.models import DeletedFile, Image
from tests.factories import images, news

pytestmark = pytest.mark.django_db
Commits = Callable[..., AbstractContextManager[list[Any]]]


def stored_files() -> set[str]:
    return {
        f"images/{folder}/{name}"
        for folder in (default_storage.listdir("images")[0] if default_storage.exists("images") else [])
        for name in default_storage.listdir(f"images/{folder}")[1]
    }


def test_upload_gets_a_random_name() -> None:
    image = images.image(file=images.upload(name="../../secret plan of the embargo.PNG"))

    assert re.fullmatch(r"images/[0-9a-f]{2}/[0-9a-f]{24}\.png", image.file.name)
    assert image.title == "secret plan of the embargo"
    assert (image.width, image.height) == (60, 40)


def test_upload_is_processed_once() -> None:
    image = Image(file=images.upload(), alt="A van")

    image.full_clean()
    content = image.file.file
    image.save()

    assert content.name == "picture.png"
    assert stored_files() == {image.file.name}


def test_given_title_is_not_replaced() -> None:
    assert images.image(title="Summit").title == "Summit"


def test_unreadable_upload_is_a_field_error() -> None:
    image = Image(file=images.upload(), alt="A van")
    image.file.file.seek(0)
    image.file.file.truncate(20)

    with pytest.raises(ValidationError) as refusal:
        image.full_clean()

    assert list(refusal.value.message_dict) == ["file"]


@pytest.mark.parametrize("alt", ["", "  "])
def test_picture_needs_alternative_text_unless_decorative(alt: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Image(file=images.upload(), alt=alt).full_clean()

    assert list(refusal.value.message_dict) == ["alt"]
    Image(file=images.upload(), alt=alt, is_decorative=True).full_clean()


def test_database_enforces_the_constraints() -> None:
    for wrong in ({"alt": ""}, {"focal_x": 1.1}, {"focal_y": -0.1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Image.objects.create(file=images.upload(), **{"alt": "A van", **wrong})


def test_source_is_the_file_until_renditions_are_built() -> None:
    image = images.image()

    assert [tuple(source) for source in image.sources("wide")] == [(60, 40, f"/media/{image.file.name}")]
    assert image.open_graph_source == image.sources("og")[0]


def test_deleting_keeps_the_files_for_a_while(django_capture_on_commit_callbacks: Commits) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        image = images.image()
    names = Image.objects.get().file_names()
    assert len(names) > 1

    with django_capture_on_commit_callbacks(execute=True):
        Image.objects.get(pk=image.pk).delete()

    assert stored_files() == names == set(DeletedFile.objects.values_list("name", flat=True))


def test_deleting_many_keeps_their_files_too(django_capture_on_commit_callbacks: Commits) -> None:
    names = images.image().file_names() | images.image().file_names()

    with django_capture_on_commit_callbacks(execute=True):
        Image.objects.all().delete()

    assert stored_files() == names == set(DeletedFile.objects.values_list("name", flat=True))


def test_new_file_replaces_the_old_renditions(django_capture_on_commit_callbacks: Commits) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        image = images.image()
    image.refresh_from_db()
    name, before = image.file.name, image.file_names()

    image.file = images.upload(size=(80, 80))
    with django_capture_on_commit_callbacks(execute=True):
        image.save()

    image.refresh_from_db()
    assert stored_files() == image.file_names()
    assert before & image.file_names() == {name}
    assert before & image.current_file_names() == set()
    assert len(before) > 1
    assert image.width == 80


def test_picture_in_use_cannot_be_deleted() -> None:
    from django.db.models import ProtectedError

    image = images.image()
    news.article(lead_image=image)

    with pytest.raises(ProtectedError):
        image.delete()
    with pytest.raises(ProtectedError):
        Image.objects.all().delete()

    assert stored_files() == {image.file.name}


def test_matching_requires_every_word() -> None:
    found = images.image(alt="A green van", credit="Li Na")
    images.image(alt="A green boat")

    assert list(Image.objects.matching("GREEN na")) == [found]
    assert Image.objects.matching("").count() == 2
