"""URLs of earlier files: to which current file each leads."""

import pytest

from postportal.images.handlers import build_renditions
from postportal.images.models import Image
from postportal.images.text_pictures import current_url, find_pictures
from tests.factories import images

pytestmark = pytest.mark.django_db


def replaced(times: int = 1) -> tuple[str, Image]:
    """Return the stem of the first file, and the picture with its current one."""
    image = images.image(file=images.upload(size=(40, 30)))
    first = image.stem
    for number in range(times):
        image.file = images.upload(size=(1000, 800 + number))
        image.save()
    build_renditions("images.image", image.pk)
    image.refresh_from_db()
    return first, image


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (".png", ".png"),
        ("-480.webp", "-480.webp"),
        ("-500.webp", "-800.webp"),
        ("-9999.webp", "-1000.webp"),
        ("-3x2-320-05000500.webp", "-3x2-320-05000500.webp"),
        ("-4x5-240-01000900.webp", "-4x5-240-05000500.webp"),
        ("-1200x630-1200-05000500.jpg", "-1200x630-1000-05000500.jpg"),
        ("-nonsense.webp", "-1000.webp"),
    ],
)
def test_url_leads_to_the_same_format_in_a_size_that_is_large_enough(end: str, expected: str) -> None:
    first, image = replaced()
    url = current_url(first + end)
    assert url == f"/media/{image.stem}{expected}" or (end, url) == (".png", image.sources("wide")[-1].url)


def test_current_and_unknown_files_lead_nowhere() -> None:
    _first, image = replaced()
    assert {current_url(name) for name in image.current_file_names()} == {""}
    assert current_url(f"images/00/{'0' * 24}.png") == ""


def test_every_earlier_file_leads_to_the_current_one() -> None:
    first, image = replaced(times=3)
    stems = [file.stem for file in image.files.all()]

    found = find_pictures([*stems, "images/00/" + "0" * 24])

    assert (len(stems), first in stems) == (4, True)
    assert {stem: picture.stem for stem, picture in found.items()} == dict.fromkeys(stems, image.stem)
