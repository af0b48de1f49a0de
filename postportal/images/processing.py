"""Processing of uploaded pictures: check, turn upright, shrink and re-encode them."""

from io import BytesIO
from typing import IO, NamedTuple

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
# The WebP decoder holds four copies of every pixel in memory, other decoders one.
MAX_WEBP_PIXELS = 25_000_000
# Longest side of the stored picture: twice the widest rendition, so that a crop around the focal point stays sharp.
MAX_SIDE = 3200
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")

# Pillow would warn about pictures that are too large; our own limit is stricter and refuses them.
Image.MAX_IMAGE_PIXELS = None
_SRGB = ImageCms.createProfile("sRGB")


class Master(NamedTuple):
    content: bytes
    extension: str
    width: int
    height: int


def make_master(file: IO[bytes], *, size: int) -> Master:
    """Return the picture in the form in which it is stored. Raise ValidationError if it cannot be accepted.

    `size` is in bytes. Only the pixels of the file are kept: no EXIF, no location, no comments, no trailing data.
    """
    if size > MAX_BYTES:
        raise ValidationError(
            _("The file is too large (%(size)s). The limit is %(limit)s.")
            % {"size": filesizeformat(size), "limit": filesizeformat(MAX_BYTES)},
            code="too_large",
        )
    try:
        return _reencode(file)
    except ValidationError:
        raise
    except Exception as error:
        # Decoders of broken files raise nearly anything: SyntaxError, struct.error, EOFError, OverflowError.
        raise ValidationError(
            _("This file is not a valid picture. Use JPEG, PNG, WebP or GIF."), code="unreadable"
        ) from error


def _reencode(file: IO[bytes]) -> Master:
    file.seek(0)
    # Restrict the formats: otherwise the content of the file could choose any of fifty decoders.
    image: Image.Image = Image.open(file, formats=FORMATS)
    width, height = image.size
    limit = MAX_WEBP_PIXELS if image.format == "WEBP" else MAX_PIXELS
    if width * height > limit:
        raise ValidationError(
            _("The picture has %(count)s megapixels. The limit is %(limit)s. Resize it and try again.")
            % {"count": round(width * height / 1_000_000), "limit": limit // 1_000_000},
            code="too_many_pixels",
        )
    extension = {"JPEG": "jpg", "WEBP": "webp"}.get(image.format or "", "png")
    # JPEG can decode to a smaller size at once, which saves most of the time and memory.
    scale = min(1, MAX_SIDE / max(width, height))
    image.draft("RGB", (round(width * scale), round(height * scale)))
    ImageOps.exif_transpose(image, in_place=True)
    image = _to_srgb(_shrink(_to_continuous_tone(image)), extension=extension)
    return Master(_encode(image, extension=extension), extension, *image.size)


def _to_continuous_tone(image: Image.Image) -> Image.Image:
    """Convert the image to a mode that can be resampled."""
    if image.mode.startswith("I") or image.mode == "F":
        # 16 bits a pixel: plain conversion would clip everything above 255.
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in {"P", "PA", "1"}:
        return image.convert("RGBA" if image.mode == "PA" or "transparency" in image.info else "RGB")
    return image


def _shrink(image: Image.Image) -> Image.Image:
    factor = max(image.size) // MAX_SIDE
    if factor > 1:
        # By a whole factor first: this frees the large picture before resampling needs memory.
        information = image.info
        image = image.reduce(factor)
        image.info = information
    image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=None)
    return image


def _to_srgb(image: Image.Image, *, extension: str) -> Image.Image:
    profile = image.info.get("icc_profile")
    transparent = image.mode in {"RGBA", "LA", "La", "RGBa"} or "transparency" in image.info
    target = "RGBA" if transparent and extension != "jpg" else "RGB"
    if profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode=mode)
            image = converted or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # A broken profile says nothing about the colours.
    return image if image.mode == target else image.convert(target)


def _encode(image: Image.Image, *, extension: str) -> bytes:
    # Pillow writes some of this (profiles, comments) into the new file.
    image.info.clear()
    output = BytesIO()
    if extension == "jpg":
        image.save(output, "JPEG", quality=90, progressive=True, optimize=True)
    elif extension == "webp":
        image.save(output, "WEBP", quality=90, method=4)
    else:
        image.save(output, "PNG", compress_level=6)
    return output.getvalue()
