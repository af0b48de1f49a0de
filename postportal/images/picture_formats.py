"""The formats and modes of pictures that can be uploaded, and what becomes of each. Everything else is refused."""

from collections.abc import Callable
from typing import NamedTuple

from PIL import Image

MAX_PIXELS = 40_000_000
# The WebP decoder holds four copies of every pixel in memory, other decoders one.
MAX_WEBP_PIXELS = 25_000_000


class Format(NamedTuple):
    mime_type: str
    # Extension of the stored file. A picture without loss may also be stored as WebP, if PNG would be larger.
    stored_as: str
    max_pixels: int = MAX_PIXELS
    # False: the further pictures in a file are not frames, and only the first is kept.
    has_frames: bool = False


# By the names that Pillow gives them.
FORMATS = {
    "JPEG": Format("image/jpeg", "jpg"),
    # A JPEG with more pictures behind it: phones add maps of depth or brightness, cameras a smaller copy.
    "MPO": Format("image/jpeg", "jpg"),
    "PNG": Format("image/png", "png", has_frames=True),
    "WEBP": Format("image/webp", "webp", max_pixels=MAX_WEBP_PIXELS, has_frames=True),
    "GIF": Format("image/gif", "png", has_frames=True),
}
# Without MPO, which the decoder of JPEG recognizes.
DECODERS = [name for name in FORMATS if name != "MPO"]
ACCEPTED_TYPES = ",".join(dict.fromkeys(row.mime_type for row in FORMATS.values()))


class UnknownModeError(ValueError):
    """The pixels of a picture are stored in a way that none of the formats uses."""


def _keep(image: Image.Image) -> Image.Image:
    return image


def _expand(image: Image.Image) -> Image.Image:
    return image.convert("RGBA" if "transparency" in image.info else "RGB")


def _expand_if_transparent(image: Image.Image) -> Image.Image:
    return image.convert("RGBA") if "transparency" in image.info else image


def _reduce_to_eight_bits(image: Image.Image) -> Image.Image:
    # Plain conversion would clip everything above 255.
    grey = image.point(lambda value: value / 256).convert("L")
    if "transparency" in image.info:
        grey.info["transparency"] = image.info["transparency"] // 256
    return _expand_if_transparent(grey)


# How pixels are brought to one of the modes L, RGB, RGBA, LA and CMYK, which can be resampled.
MODES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "1": _expand,
    "P": _expand,
    "L": _expand_if_transparent,
    "RGB": _expand_if_transparent,
    "LA": _keep,
    "RGBA": _keep,
    "CMYK": _keep,
    "I;16": _reduce_to_eight_bits,
}


def to_continuous_tone(image: Image.Image) -> Image.Image:
    """Return the picture in a mode that can be resampled."""
    if image.mode not in MODES:
        raise UnknownModeError(image.mode)
    return MODES[image.mode](image)
