from io import BytesIO

import pytest
from PIL import Image

from postportal.images.renditions import crop_box, encode_renditions, plan_renditions

CENTRE = (0.5, 0.5)


@pytest.mark.parametrize(
    ("focal", "box"),
    [
        ((0.5, 0.5), (350, 0, 1250, 600)),
        ((0.0, 0.0), (0, 0, 900, 600)),
        ((1.0, 1.0), (700, 0, 1600, 600)),
        ((0.3, 0.5), (30, 0, 930, 600)),
    ],
)
def test_crop_keeps_the_focal_point_as_near_as_the_edges_allow(
    focal: tuple[float, float], box: tuple[float, float, float, float]
) -> None:
    assert crop_box(1600, 600, ratio=(3, 2), focal=focal) == pytest.approx(box)


def test_crop_of_a_tall_picture_moves_up_and_down() -> None:
    assert crop_box(600, 1600, ratio=(3, 2), focal=(0.5, 0.25)) == pytest.approx((0, 200, 600, 600))


def test_whole_picture_is_not_cropped() -> None:
    assert crop_box(1600, 600, ratio=None, focal=(0, 0)) == (0, 0, 1600, 600)


def sizes(width: int, height: int) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for rendition in plan_renditions("images/ab/abc.jpg", width, height, focal=CENTRE):
        found.setdefault(rendition.preset, []).append((rendition.width, rendition.height))
    return found


def test_plan_of_a_photograph_has_every_size() -> None:
    assert sizes(3200, 2000) == {
        "wide": [(480, 300), (800, 500), (1200, 750), (1600, 1000)],
        "stamp": [(320, 200), (640, 400), (1200, 750)],
        "tile": [(320, 213), (640, 427)],
        "portrait": [(120, 150), (240, 300), (480, 600)],
        "og": [(1200, 630)],
    }


def test_plan_of_a_small_picture_enlarges_nothing() -> None:
    assert sizes(200, 100) == {
        "wide": [(200, 100)],
        "stamp": [(200, 100)],
        "tile": [(150, 100)],
        "portrait": [(80, 100)],
        "og": [(190, 100)],
    }


@pytest.mark.parametrize("size", [(1, 1), (3200, 1), (1, 3200)])
def test_plan_of_an_extreme_picture_has_no_empty_size(size: tuple[int, int]) -> None:
    assert all(
        min(rendition.width, rendition.height) >= 1 for rendition in plan_renditions("a.png", *size, focal=CENTRE)
    )


def test_name_depends_on_size_and_focal_point() -> None:
    names = [
        {rendition.name for rendition in plan_renditions("a/b.jpg", 3200, 2000, focal=focal)}
        for focal in (CENTRE, (0.2, 0.5))
    ]

    assert names[0] & names[1] == {f"a/b-{width}.webp" for width in (320, 480, 640, 800, 1200, 1600)}
    assert "a/b-3x2-320-05000500.webp" in names[0]


def test_files_have_the_planned_size_and_format() -> None:
    picture = BytesIO()
    Image.new("RGBA", (1600, 1000), (0, 0, 0, 0)).save(picture, "PNG")
    wanted = list(plan_renditions("a/b.png", 1600, 1000, focal=CENTRE))

    files = {name: Image.open(BytesIO(content)) for name, content in encode_renditions(picture, wanted).items()}

    assert {name: image.size for name, image in files.items()} == {r.name: (r.width, r.height) for r in wanted}
    assert {image.format for name, image in files.items() if name.endswith("webp")} == {"WEBP"}
    # Other sites show this one: transparent parts become white.
    [shared] = [image for image in files.values() if image.format == "JPEG"]
    assert shared.getpixel((5, 5)) == (255, 255, 255)
