"""Renditions: the fixed sizes and crops of a picture. They are built once, never on request."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePosixPath
from typing import IO, NamedTuple

from PIL import Image

from postportal.images.encoding import encode_rendition, is_lossless_picture
from postportal.images.picture_formats import DECODERS

logger = logging.getLogger(__name__)

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
    box: Box
    name: str


Box = tuple[float, float, float, float]
WHOLE: Box = (0, 0, 1, 1)


def crop_box(
    width: int, height: int, *, ratio: tuple[int, int] | None, focal: tuple[float, float], crop: Box = WHOLE
) -> Box:
    """Return the largest box of the ratio within the crop, centred on the focal point as far as the edges allow.

    `focal` and `crop` are fractions of width and height. Boxes are (left, top, right, bottom), here in pixels."""
    left, top, right, bottom = crop[0] * width, crop[1] * height, crop[2] * width, crop[3] * height
    if ratio is None:
        return (left, top, right, bottom)
    scale = min((right - left) / ratio[0], (bottom - top) / ratio[1])
    start, end = _span(right - left, part=ratio[0] * scale, centre=focal[0] * width - left)
    upper, lower = _span(bottom - top, part=ratio[1] * scale, centre=focal[1] * height - top)
    return (left + start, top + upper, min(left + end, width), min(top + lower, height))


def _span(side: float, *, part: float, centre: float) -> tuple[float, float]:
    """Return start and end of a part of a side. `part` may be larger than the side by a rounding error, and Pillow
    refuses a box that leaves the picture by as little."""
    start = max(0.0, min(centre - part / 2, side - part))
    return start, min(start + part, float(side))


def plan_renditions(
    file_name: str, width: int, height: int, *, focal: tuple[float, float], crop: Box = WHOLE
) -> Iterator[Rendition]:
    """Yield the renditions that a picture must have.

    The name contains all that the pixels depend on, so that a file that exists is never built again. Uncropped pictures
    keep their name when the focal point moves, because texts refer to them."""
    stem = PurePosixPath(file_name).with_suffix("")
    # The precision of the names.
    focal = (round(focal[0], 3), round(focal[1], 3))
    crop = (round(crop[0], 3), round(crop[1], 3), round(crop[2], 3), round(crop[3], 3))
    cut = "" if crop == WHOLE else "-c" + "".join(f"{round(edge * 1000):04}" for edge in crop)
    for preset, ratio in CROP_RATIOS.items():
        box = crop_box(width, height, ratio=ratio, focal=focal, crop=crop)
        native = round(box[2] - box[0])
        mark = f"-{round(focal[0] * 1000):04}{round(focal[1] * 1000):04}" if ratio else ""
        kind = f"-{ratio[0]}x{ratio[1]}" if ratio else ""
        extension = "jpg" if preset == "og" else "webp"
        for size in _usable_widths(WIDTHS[preset], native=native):
            height_of_size = max(1, round(size * (box[3] - box[1]) / (box[2] - box[0])))
            yield Rendition(preset, size, height_of_size, box, f"{stem}{kind}-{size}{mark}{cut}.{extension}")


def _usable_widths(wanted: tuple[int, ...], *, native: int) -> list[int]:
    """Return the widths that need no enlarging, and the native width if the picture is smaller than the largest."""
    largest = min(max(native, 1), wanted[-1])
    return [*(width for width in wanted if width < largest), largest]


def encode_renditions(file: IO[bytes], wanted: list[Rendition]) -> dict[str, bytes]:
    """Return the contents of the files by name, without those that could not be encoded: one bad rendition must not
    cost the others. Encodes in threads, since Pillow releases the interpreter lock.

    No rendition is larger than the stored picture, unless even the lowest quality needs more."""
    with Image.open(file, formats=DECODERS) as opened:
        is_lossless = is_lossless_picture(opened, file)
        source = opened.convert("RGBA" if opened.mode in {"RGBA", "LA", "P", "PA"} else "RGB")
    limit = file.seek(0, os.SEEK_END)

    def encode(rendition: Rendition) -> bytes | None:
        try:
            return _encode_one(source, rendition, limit=limit, is_lossless=is_lossless)
        except Exception:
            logger.exception("The rendition %s could not be encoded", rendition.name)
            return None

    jobs = {rendition.name: rendition for rendition in wanted}
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        contents = zip(jobs, pool.map(encode, jobs.values()), strict=True)
    return {name: content for name, content in contents if content is not None}


def _encode_one(source: Image.Image, rendition: Rendition, *, limit: int, is_lossless: bool) -> bytes:
    size = (rendition.width, rendition.height)
    image = source.resize(size, Image.Resampling.LANCZOS, box=rendition.box, reducing_gap=2.0)
    extension = rendition.name.rpartition(".")[2]
    # Shown by other sites, some of which have a black background.
    if extension == "jpg" and image.mode == "RGBA":
        paper = Image.new("RGB", size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    return encode_rendition(image, extension, limit=limit, is_lossless=is_lossless)
