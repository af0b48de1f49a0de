"""Renditions: the fixed sizes and crops of a picture. They are built once, never on request."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, NamedTuple

from PIL import Image

# Aspect ratio of the crop; None keeps the whole picture.
CROP_RATIOS: dict[str, tuple[int, int] | None] = {
    "wide": None,
    "stamp": None,
    "tile": (3, 2),
    "portrait": (4, 5),
    "og": (1200, 630),
}
WIDTHS = {
    "wide": (480, 800, 1200, 1600),
    "stamp": (320, 640, 1200),
    "tile": (320, 640),
    "portrait": (120, 240, 480),
    "og": (1200,),
}


class Rendition(NamedTuple):
    preset: str
    width: int
    height: int
    box: tuple[float, float, float, float]
    name: str


def crop_box(
    width: int, height: int, *, ratio: tuple[int, int] | None, focal: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Return the largest box of the ratio, centred on the focal point as far as the edges allow.

    `focal` is a fraction of width and height. The box is (left, top, right, bottom) in pixels."""
    if ratio is None:
        return (0, 0, width, height)
    scale = min(width / ratio[0], height / ratio[1])
    part = (ratio[0] * scale, ratio[1] * scale)
    left = min(max(focal[0] * width - part[0] / 2, 0), width - part[0])
    top = min(max(focal[1] * height - part[1] / 2, 0), height - part[1])
    return (left, top, left + part[0], top + part[1])


def plan_renditions(file_name: str, width: int, height: int, *, focal: tuple[float, float]) -> Iterator[Rendition]:
    """Yield the renditions that a picture must have.

    The name contains all that the pixels depend on, so that a file that exists is never built again. Uncropped pictures
    keep their name when the focal point moves, because texts refer to them."""
    stem = PurePosixPath(file_name).with_suffix("")
    for preset, ratio in CROP_RATIOS.items():
        box = crop_box(width, height, ratio=ratio, focal=focal)
        native = round(box[2] - box[0])
        mark = f"-{round(focal[0] * 1000):04}{round(focal[1] * 1000):04}" if ratio else ""
        kind = f"-{ratio[0]}x{ratio[1]}" if ratio else ""
        extension = "jpg" if preset == "og" else "webp"
        for size in _usable_widths(WIDTHS[preset], native=native):
            height_of_size = max(1, round(size * (box[3] - box[1]) / (box[2] - box[0])))
            yield Rendition(preset, size, height_of_size, box, f"{stem}{kind}-{size}{mark}.{extension}")


def _usable_widths(wanted: tuple[int, ...], *, native: int) -> list[int]:
    """Return the widths that need no enlarging, and the native width if the picture is smaller than the largest."""
    smaller = [width for width in wanted if width <= native]
    return smaller if len(smaller) == len(wanted) else [*smaller, max(native, 1)]


def encode_renditions(file: IO[bytes], wanted: list[Rendition]) -> dict[str, bytes]:
    """Return the contents of the files by name. Encodes in threads, since Pillow releases the interpreter lock."""
    with Image.open(file) as opened:
        source = opened.convert("RGBA" if opened.mode in {"RGBA", "LA", "P", "PA"} else "RGB")
    jobs = {rendition.name: rendition for rendition in wanted}
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        return dict(zip(jobs, pool.map(lambda rendition: _encode_one(source, rendition), jobs.values()), strict=True))


def _encode_one(source: Image.Image, rendition: Rendition) -> bytes:
    size = (rendition.width, rendition.height)
    image = source.resize(size, Image.Resampling.LANCZOS, box=rendition.box, reducing_gap=2.0)
    output = BytesIO()
    if rendition.name.endswith(".jpg"):
        # Shown by other sites, some of which have a black background.
        if image.mode == "RGBA":
            paper = Image.new("RGB", size, "white")
            paper.paste(image, mask=image.getchannel("A"))
            image = paper
        image.save(output, "JPEG", quality=82, progressive=True, optimize=True)
    else:
        image.save(output, "WEBP", quality=80, method=4)
    return output.getvalue()
