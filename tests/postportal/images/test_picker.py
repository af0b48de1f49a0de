from typing import Any

import pytest
from django.urls import reverse

from postportal.images.models import Image
from tests.factories import images, staff

pytestmark = pytest.mark.django_db
LIBRARY, UPLOAD = "admin:images_image_library", "admin:images_image_upload"


def upload_as(role: str = "Editor", **fields: Any) -> Any:
    return staff.sign_in(role=role).post(reverse(UPLOAD), {"file": images.upload(), "alt": "A van", **fields})


def test_library_is_searched_and_paginated() -> None:
    for number in range(13):
        images.image(alt=f"Van {number}")
    browser = staff.sign_in(role="Author")

    first = browser.get(reverse(LIBRARY)).json()
    second = browser.get(reverse(LIBRARY), {"page": first["next"]}).json()
    found = browser.get(reverse(LIBRARY), {"q": "van 12"}).json()

    assert (len(first["pictures"]), first["next"], first["count"]) == (12, 2, 13)
    assert (len(second["pictures"]), second["next"]) == (1, None)
    assert [picture["alt"] for picture in found["pictures"]] == ["Van 12"]


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, ""])
def test_library_accepts_invalid_page_numbers(page: str) -> None:
    images.image()

    assert staff.sign_in(role="Author").get(reverse(LIBRARY), {"page": page}).status_code == 200


def test_library_returns_the_data_for_a_text() -> None:
    image = images.image(alt="A van", caption="On its way", credit="Li Na", title="Van")

    [picture] = staff.sign_in().get(reverse(LIBRARY)).json()["pictures"]

    url = f"/media/{image.file.name}"
    assert picture == {
        "id": image.pk,
        "title": "Van",
        "alt": "A van",
        "caption": "On its way",
        "credit": "Li Na",
        "thumbnail": url,
        "src": url,
        "srcset": f"{url} 60w",
        "width": 60,
        "height": 40,
    }


def test_decorative_picture_has_no_alternative_text() -> None:
    images.image(alt="A line", is_decorative=True)

    assert staff.sign_in().get(reverse(LIBRARY)).json()["pictures"][0]["alt"] == ""


def test_upload_adds_a_picture() -> None:
    answer = upload_as(credit="Li Na")

    image = Image.objects.get()
    assert answer.status_code == 201
    assert answer.json()["picture"]["id"] == image.pk
    assert (image.alt, image.credit) == ("A van", "Li Na")


def test_upload_without_alternative_text_is_a_field_error() -> None:
    answer = upload_as(alt="")

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["alt"]
    assert Image.objects.count() == 0


def test_upload_sets_the_focal_point() -> None:
    upload_as(focal_x="0.1", focal_y="0.9")

    image = Image.objects.get()
    assert (image.focal_x, image.focal_y) == (0.1, 0.9)


def test_focal_point_of_an_upload_is_the_middle_unless_given() -> None:
    upload_as(focal_x="", focal_y="")

    image = Image.objects.get()
    assert (image.focal_x, image.focal_y) == (0.5, 0.5)
    assert list(upload_as(focal_x="2").json()["errors"]) == ["focal_x"]


def test_upload_ignores_other_fields() -> None:
    upload_as(title="x", width="9", renditions='{"wide": []}')

    image = Image.objects.get()
    assert (image.focal_x, image.width, image.renditions) == (0.5, 60, {})


@pytest.mark.parametrize("role", ["Viewer", "Service desk"])
def test_upload_requires_permission(role: str) -> None:
    assert upload_as(role).status_code == 403


def test_library_requires_permission() -> None:
    assert staff.sign_in(role="Service desk").get(reverse(LIBRARY)).status_code == 403
    assert staff.sign_in(role="Editor").post(reverse(LIBRARY)).status_code == 405
    assert staff.sign_in(role="Editor").get(reverse(UPLOAD)).status_code == 405
