"""Crop and focal point: in the files of the picture, and from the forms that use it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image as Canvas

from postportal.images.handlers import build_renditions
from postportal.images.models import Image
from postportal.images.renditions import crop_box
from postportal.publishing.models import Revision
from tests.factories import forms, images, news, staff

pytestmark = pytest.mark.django_db


def url_of(image: Image) -> str:
    return reverse("admin:images_image_framing", args=[image.pk])


def post(image: Image, *, role: str = "Author", version: str = "", **framing: Any) -> Any:
    browser = staff.sign_in(role=role)
    shown = browser.get(url_of(image)).json()
    return browser.post(url_of(image), {**shown["framing"], "_version": version or shown["version"], **framing})


def test_crop_is_saved_as_a_version_and_the_file_is_kept() -> None:
    image = images.image(file=images.upload(size=(400, 300)))

    answer = post(image, crop_left="0.5", focal_x="0.75")
    build_renditions("images.image", image.pk)

    name, size = image.file.name, (image.width, image.height)
    image.refresh_from_db()
    assert (answer.status_code, image.crop, image.focal_x) == (200, (0.5, 0, 1, 1), 0.75)
    assert (image.file.name, image.width, image.height) == (name, *size)
    assert [source.width for source in image.sources("wide")] == [200]
    assert Revision.objects.of(image).count() == 2


def test_second_editor_is_told() -> None:
    image = images.image()
    before = staff.sign_in(role="Author").get(url_of(image)).json()["version"]
    post(image, crop_left="0.5")

    answer = post(image, version=before, crop_left="0.1")

    image.refresh_from_db()
    assert (answer.status_code, image.crop_left) == (409, 0.5)


@pytest.mark.parametrize("framing", [{"crop_left": "0.99"}, {"crop_top": "1"}, {"crop_right": "nan"}, {"focal_x": "2"}])
def test_impossible_framing_is_refused(framing: dict[str, str]) -> None:
    image = images.image()
    answer = post(image, **framing)
    assert (answer.status_code, bool(answer.json()["error"])) == (422, True)
    assert Image.objects.get().crop == (0, 0, 1, 1)


def test_others_cannot_crop() -> None:
    image = images.image()
    assert staff.sign_in(role="Service desk").get(url_of(image)).status_code == 403
    assert staff.sign_in(role="Viewer").get(url_of(image)).status_code == 200
    assert staff.sign_in(role="Viewer").post(url_of(image)).status_code == 403


def test_form_takes_the_crop_without_scripts() -> None:
    image = images.image()
    browser, url = staff.sign_in(role="Author"), reverse("admin:images_image_change", args=[image.pk])

    browser.post(url, forms.fill_form(browser, url, crop_right="0.4", crop_top="0.25"))

    image.refresh_from_db()
    assert image.crop == (0, 0.25, 0.4, 1)


def test_what_was_cropped_away_is_not_public(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    image = images.image(file=images.upload(size=(400, 300)))
    build_renditions("images.image", image.pk)
    image.refresh_from_db()
    article = news.article(lead_image=image, body=f'<figure><img src="/media/{image.file.name}" alt=""></figure>')
    whole = image.current_file_names()
    post(image, crop_left="0.5")
    with django_capture_on_commit_callbacks(execute=True):
        build_renditions("images.image", image.pk)
    image.refresh_from_db()

    page = client.get(article.get_absolute_url()).content.decode()

    assert [name for name in whole if f'/media/{name}"' in page or f"/media/{name} " in page] == []
    for name in whole:
        answer = client.get(f"/media/{name}")
        assert (name, answer.status_code, "-c0500" in answer["Location"]) == (name, 302, True)
    picture: Any = staff.sign_in(role="Author").get(reverse("admin:images_image_whole", args=[image.pk]))
    assert (picture.status_code, len(b"".join(picture.streaming_content)) > 0) == (200, True)


@pytest.mark.parametrize(
    ("ratio", "focal", "box"),
    [
        (None, (0.5, 0.5), (100, 50, 300, 150)),
        ((1, 1), (0, 0), (100, 50, 200, 150)),
        ((1, 1), (1, 1), (200, 50, 300, 150)),
        ((1, 1), (0.4, 0.9), (110, 50, 210, 150)),
        ((4, 1), (0.5, 0.25), (100, 50, 300, 100)),
    ],
)
def test_formats_are_cut_from_within_the_crop(ratio: Any, focal: tuple[float, float], box: Any) -> None:
    assert crop_box(400, 200, ratio=ratio, focal=focal, crop=(0.25, 0.25, 0.75, 0.75)) == pytest.approx(box)


def test_pixels_are_those_of_the_crop() -> None:
    image = images.image(file=images.upload(size=(400, 300)), crop_left=0.5, crop_bottom=0.5)
    build_renditions("images.image", image.pk)
    image.refresh_from_db()
    with image.file.storage.open(image.renditions["wide"][-1][2]) as file, Canvas.open(file) as canvas:
        assert canvas.size == (200, 150)
