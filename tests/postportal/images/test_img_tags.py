import pytest
from django.template import Context, Template

from postportal.images.img_tags import IMAGE_PLACES, img_tag
from postportal.images.models import Image
from postportal.images.renditions import plan_renditions
from tests.factories import images

pytestmark = pytest.mark.django_db


def make_built_image(**fields: object) -> Image:
    """Make a picture whose renditions are listed as built, without building them."""
    image = images.image(**fields)
    image.width, image.height = 1600, 1000
    for rendition in plan_renditions(image.file.name, 1600, 1000, focal=(0.5, 0.5)):
        image.renditions.setdefault(rendition.preset, []).append([rendition.width, rendition.height, rendition.name])
    return image


def test_lead_picture_has_high_priority_and_alternative_text() -> None:
    image = make_built_image(alt="A <train>")
    stem = f"/media/{image.file.name.removesuffix('.png')}"

    assert img_tag(image, "lead") == (
        f'<img src="{stem}-1200.webp" srcset="{stem}-480.webp 480w, {stem}-800.webp 800w, {stem}-1200.webp 1200w, '
        f'{stem}-1600.webp 1600w" sizes="(min-width:76rem) 71rem, 92vw" width="1600" height="1000" '
        'alt="A &lt;train&gt;" fetchpriority="high">'
    )


@pytest.mark.parametrize("place", ["row", "tile", "mini", "hit", "cover"])
def test_picture_in_a_list_is_decorative(place: str) -> None:
    assert ' alt=""' in img_tag(make_built_image(), place)


@pytest.mark.parametrize("place", ["lead", "wide", "portrait", "stamp", "stamp_large"])
def test_picture_outside_lists_has_alternative_text(place: str) -> None:
    assert ' alt="A green van on a mountain road"' in img_tag(make_built_image(), place)
    assert ' alt=""' in img_tag(make_built_image(is_decorative=True), place)


def test_picture_below_the_fold_is_loaded_lazily() -> None:
    assert img_tag(make_built_image(), "tile").endswith(' loading="lazy" decoding="async">')
    assert img_tag(make_built_image(), "tile", is_first=True).endswith(' fetchpriority="high">')


@pytest.mark.parametrize("place", IMAGE_PLACES)
def test_every_place_works_before_renditions_are_built(place: str) -> None:
    markup = img_tag(images.image(), place)

    assert ' width="60" height="40"' in markup
    assert markup.count(" 60w") == 1


def test_template_tag_renders_nothing_without_a_picture() -> None:
    template = Template('{% picture image "row" %}|{% picture other "portrait" alt="Zhou Mei" first=True %}')

    no_picture, picture = template.render(Context({"image": None, "other": make_built_image()})).split("|")

    assert no_picture == ""
    assert ' alt="Zhou Mei" fetchpriority="high">' in picture
