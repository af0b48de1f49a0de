from typing import Any

import pytest
from django.urls import reverse

from postportal.images.models import Image
from tests.factories import editorial, forms, images, news, staff

pytestmark = pytest.mark.django_db


def admin_url(view: str, *args: Any) -> str:
    return reverse(f"admin:images_image_{view}", args=args)


def test_picture_is_added_with_its_focal_point() -> None:
    fields = {"file": images.upload(), "alt": "A van", "credit": "Li Na", "focal_x": "0.25", "focal_y": "1"}

    answer = staff.sign_in(role="Editor").post(admin_url("add"), fields | images.WHOLE)

    image = Image.objects.get()
    assert answer.status_code == 302
    assert (image.alt, image.focal_x, image.focal_y, image.title) == ("A van", 0.25, 1.0, "round")
    assert not image.is_cropped


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("alt", ""), ("file", ""), ("focal_x", "2"), ("focal_y", "nan"), ("focal_x", "")),
        *(("crop_left", "-1"), ("crop_top", "nan"), ("crop_right", "0.01"), ("crop_bottom", "")),
    ],
)
def test_invalid_field_has_an_error_and_the_others_keep_their_values(field: str, value: str) -> None:
    fields = {
        "file": images.upload(),
        "alt": "A van",
        "credit": "Li Na",
        "focal_x": "0.5",
        "focal_y": "0.5",
        **images.WHOLE,
        field: value,
    }

    answer = staff.sign_in().post(admin_url("add"), fields)

    form = answer.context["adminform"].form
    assert list(form.errors) == [field]
    assert form["credit"].value() == "Li Na"


def test_form_lists_the_uses_of_the_picture() -> None:
    image = images.image()
    news.article("Lead", lead_image=image)
    news.article("Body", body=f'<img src="/media/{image.file.name}">')
    news.person("Zhou", portrait=image)

    page = staff.sign_in().get(admin_url("change", image.pk)).content.decode()

    assert "1 article, as “lead picture”" in page
    assert "1 article, in text" in page
    assert "1 person, as “portrait”" in page


def test_picture_in_a_text_cannot_be_deleted() -> None:
    image = images.image()
    article = news.article("Van", body=f'<img src="/media/{image.file.name}">')

    answer = staff.sign_in().post(admin_url("delete", image.pk), forms.delete_confirmation(image))

    assert "cannot be deleted because it is in use" in answer.content.decode()
    assert reverse("admin:news_article_change", args=[article.pk]) in answer.content.decode()
    assert Image.objects.count() == 1


@pytest.mark.parametrize("place", ["lead picture", "text"])
def test_picture_of_unpublished_changes_cannot_be_deleted(place: str) -> None:
    image, article = images.image(), news.article()
    changes: dict[str, Any] = {"lead_image": image.pk}
    if place == "text":
        changes = {"body": f'<img src="/media/{image.file.name}">'}
    editorial.correction(article, by=staff.account("Editor"), **changes)

    answer = staff.sign_in().post(admin_url("delete", image.pk), forms.delete_confirmation(image))

    assert "1 article, in unpublished changes" in answer.content.decode()
    assert Image.objects.count() == 1


def test_unused_picture_is_deleted_with_its_files() -> None:
    image = images.image()

    staff.sign_in().post(admin_url("delete", image.pk), forms.delete_confirmation(image))

    assert Image.objects.count() == 0


def test_list_shows_thumbnails_with_alternative_text() -> None:
    images.image(title="Van <b>")

    page = staff.sign_in().get(admin_url("changelist")).content.decode()

    assert 'alt="Edit Van &lt;b&gt;"' in page
