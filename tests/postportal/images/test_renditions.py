from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from postportal.images.processing import MAX_SIDE
from postportal.images.renditions import CROP_RATIOS, WIDTHS, Rendition, crop_box, encode_renditions, plan_renditions

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


SIDES = st.integers(1, MAX_SIDE)
FRACTIONS = st.floats(0, 1)


@given(SIDES, SIDES, st.sampled_from([ratio for ratio in CROP_RATIOS.values() if ratio]), FRACTIONS, FRACTIONS)
@example(1898, 1500, (1200, 630), 0.5, 0.5)
@example(3200, 1536, (1200, 630), 0.5, 0.5)
@example(3200, 768, (1200, 630), 1.0, 1.0)
def test_crop_never_leaves_the_picture(width: int, height: int, ratio: tuple[int, int], x: float, y: float) -> None:
    left, top, right, bottom = crop_box(width, height, ratio=ratio, focal=(x, y))

    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert (right - left) / (bottom - top) == pytest.approx(ratio[0] / ratio[1])


@given(SIDES, SIDES, FRACTIONS, FRACTIONS)
@example(320, 240, 0.5, 0.5)
@example(3200, 1, 0.0, 1.0)
@example(1, 3200, 1.0, 0.0)
def test_each_width_is_planned_once_and_none_is_larger_than_the_picture(
    width: int, height: int, x: float, y: float
) -> None:
    wanted = list(plan_renditions("a/b.png", width, height, focal=(x, y)))

    assert list(dict.fromkeys(rendition.preset for rendition in wanted)) == list(CROP_RATIOS)
    for preset in CROP_RATIOS:
        widths = [rendition.width for rendition in wanted if rendition.preset == preset]
        assert widths == sorted(set(widths))
        assert widths[-1] <= min(WIDTHS[preset][-1], width)


@pytest.mark.parametrize(
    "size", [(1, 1), (2, 1), (1, 3), (1898, 1500), (3200, 768), (3200, 1620), (1536, 3200), (3200, 1), (1, 3200)]
)
@pytest.mark.parametrize("focal", [CENTRE, (0.0, 0.0), (1.0, 1.0), (0.123, 0.987)])
def test_renditions_of_any_shape_are_built(size: tuple[int, int], focal: tuple[float, float]) -> None:
    picture = BytesIO()
    Image.new("RGB", size, "#0b4a3a").save(picture, "PNG")
    wanted = list(plan_renditions("a/b.png", *size, focal=focal))

    files = {name: Image.open(BytesIO(content)).size for name, content in encode_renditions(picture, wanted).items()}

    assert files == {rendition.name: (rendition.width, rendition.height) for rendition in wanted}


def test_one_bad_rendition_does_not_cost_the_others() -> None:
    picture = BytesIO()
    Image.new("RGB", (100, 80)).save(picture, "PNG")
    wanted = list(plan_renditions("a/b.png", 100, 80, focal=CENTRE))
    bad = Rendition("tile", 50, 40, (-1e-9, 0, 50, 40), "a/bad.webp")

    assert list(encode_renditions(picture, [bad, *wanted])) == list(dict.fromkeys(row.name for row in wanted))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("quality", [25, 80])
def test_rendition_is_not_larger_than_the_stored_picture(kind: str, quality: int) -> None:
    picture = BytesIO()
    Image.effect_noise((80, 60), 60).resize((800, 600)).convert("RGB").save(picture, kind, quality=quality)
    wanted = list(plan_renditions("a/b.png", 800, 600, focal=CENTRE))

    files = encode_renditions(picture, wanted)

    assert max(len(content) for content in files.values()) <= len(picture.getvalue())


def test_rendition_of_a_drawing_is_stored_without_loss_if_that_is_smaller() -> None:
    drawing = Image.effect_noise((400, 300), 90).convert("1").convert("RGB")
    picture = BytesIO()
    drawing.save(picture, "PNG", optimize=True)
    wanted = [row for row in plan_renditions("a/b.png", 400, 300, focal=CENTRE) if row.name == "a/b-400.webp"]

    content = encode_renditions(picture, wanted[:1])["a/b-400.webp"]

    assert b"VP8L" in content[:20]
    assert Image.open(BytesIO(content)).convert("RGB").tobytes() == drawing.tobytes()
