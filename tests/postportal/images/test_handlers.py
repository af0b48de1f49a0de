from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.files.storage import default_storage

from postportal.images import renditions as rendition_module
from postportal.images.handlers import RenditionError, build_renditions
from postportal.images.models import Image
from postportal.images.renditions import Rendition
from postportal.outbox.delivery import deliver_all
from postportal.outbox.models import OutboxEvent
from tests.factories import images

pytestmark = pytest.mark.django_db
Commits = Callable[..., AbstractContextManager[list[Any]]]


def test_each_rendition_is_built_once(django_capture_on_commit_callbacks: Commits) -> None:
    image = images.image(file=images.upload(size=(900, 600)))

    build_renditions("images.image", image.pk)

    image.refresh_from_db()
    assert sorted(image.renditions) == ["og", "portrait", "stamp", "tile", "wide"]
    assert all(default_storage.exists(name) for name in image.file_names())
    times = {name: default_storage.get_modified_time(name) for name in image.file_names()}
    build_renditions("images.image", image.pk)
    assert {name: default_storage.get_modified_time(name) for name in times} == times


def test_renditions_are_built_after_the_commit(django_capture_on_commit_callbacks: Commits) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        image = images.image()

    image.refresh_from_db()
    assert image.renditions["wide"][0][:2] == [60, 40]


def test_moved_focal_point_replaces_the_crops(django_capture_on_commit_callbacks: Commits) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        image = images.image(file=images.upload(size=(900, 600)))
    before = Image.objects.get().file_names()

    image.focal_x = 0.1
    with django_capture_on_commit_callbacks(execute=True):
        image.save()

    after = Image.objects.get().file_names()
    assert all(default_storage.exists(name) for name in after)
    assert not any(default_storage.exists(name) for name in before - after)
    # Texts refer to whole pictures by name.
    assert {name for name in before if "x" not in name.rpartition("/")[2]} <= after


def test_building_for_a_deleted_picture_does_nothing() -> None:
    build_renditions("images.image", 4711)


def test_picture_that_changed_during_the_build_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    image = images.image()
    store = default_storage.save

    def save_while_somebody_edits(*args: Any) -> str:
        Image.objects.filter(pk=image.pk).update(focal_x=0.9)
        return str(store(*args))

    monkeypatch.setattr(default_storage, "save", save_while_somebody_edits)
    build_renditions("images.image", image.pk)

    image.refresh_from_db()
    assert (image.focal_x, image.renditions) == (0.9, {})


def test_existing_files_are_used() -> None:
    image = images.image()
    build_renditions("images.image", image.pk)
    Image.objects.update(renditions={})

    build_renditions("images.image", image.pk)

    image.refresh_from_db()
    assert image.renditions["wide"][0][:2] == [60, 40]


@pytest.mark.parametrize("size", [(1898, 1500), (3200, 768)])
def test_size_that_rounds_badly_gets_all_renditions(size: tuple[int, int]) -> None:
    image = images.image(file=images.upload(size=size))

    build_renditions("images.image", image.pk)

    image.refresh_from_db()
    assert sorted(image.renditions) == ["og", "portrait", "stamp", "tile", "wide"]


def test_renditions_without_error_are_used_and_the_others_are_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    encode = rendition_module._encode_one

    def encode_no_share_image(source: Any, rendition: Rendition, **options: Any) -> bytes:
        if rendition.preset == "og":
            raise ValueError("Box offset can't be negative")
        return encode(source, rendition, **options)

    image = images.image()
    with monkeypatch.context() as patch:
        patch.setattr(rendition_module, "_encode_one", encode_no_share_image)
        with pytest.raises(RenditionError, match="1200x630"):
            build_renditions("images.image", image.pk)
        assert deliver_all() == 1

    image.refresh_from_db()
    assert sorted(image.renditions) == ["portrait", "stamp", "tile", "wide"]
    assert image.open_graph_source.url.endswith(image.file.name)
    assert "RenditionError" in OutboxEvent.objects.get().last_error
    assert deliver_all() == 0
    image.refresh_from_db()
    assert sorted(image.renditions) == ["og", "portrait", "stamp", "tile", "wide"]


def test_rendition_that_cannot_be_stored_does_not_cost_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    store, image = default_storage.save, images.image()

    def store_all_but_one(name: str, content: Any) -> str:
        if name.endswith(".jpg"):
            raise OSError("No space left on device")
        return str(store(name, content))

    monkeypatch.setattr(default_storage, "save", store_all_but_one)
    with pytest.raises(RenditionError):
        build_renditions("images.image", image.pk)

    image.refresh_from_db()
    assert sorted(image.renditions) == ["portrait", "stamp", "tile", "wide"]
