"""Processing of uploaded pictures: check, turn upright, shrink and re-encode them."""

from io import BytesIO
from typing import IO, NamedTuple

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from postportal.images.encoding import Original, encode_master
from postportal.images.picture_formats import DECODERS, FORMATS, Format, to_continuous_tone

MAX_BYTES = 20 * 1024 * 1024
# Longest side of the stored picture: twice the widest rendition, so that a crop around the focal point stays sharp.
MAX_SIDE = 3200

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
        return _reencode(file, size=size)
    except ValidationError:
        raise
    except Exception as error:
        # Decoders of broken files raise nearly anything: SyntaxError, struct.error, EOFError, OverflowError.
        raise ValidationError(
            _("This file is not a valid picture. Use JPEG, PNG, WebP or GIF."), code="unreadable"
        ) from error


def _reencode(file: IO[bytes], *, size: int) -> Master:
    file.seek(0)
    # Restrict the formats: otherwise the content of the file could choose any of fifty decoders.
    image: Image.Image = Image.open(file, formats=DECODERS)
    image_format = FORMATS[image.format or ""]
    _check_pixels_and_frames(image, image_format)
    original = Original.of(image, file, file_size=size)
    # JPEG can decode to a smaller size at once, which saves most of the time and memory.
    area, scale = image.width * image.height, min(1, MAX_SIDE / max(image.size))
    image.draft("RGB", (round(image.width * scale), round(image.height * scale)))
    ImageOps.exif_transpose(image, in_place=True)
    image = _to_srgb(_shrink(to_continuous_tone(image)))
    # Pillow writes some of this (profiles, comments) into the new file.
    image.info.clear()
    is_smaller = image.width * image.height < area
    encoding = encode_master(image, image_format.stored_as, original=original, is_smaller=is_smaller)
    return Master(encoding.content, encoding.extension, *image.size)


def _check_pixels_and_frames(image: Image.Image, image_format: Format) -> None:
    pixels, limit = image.width * image.height, image_format.max_pixels
    if pixels > limit:
        raise ValidationError(
            _("The picture has %(count)s megapixels. The limit is %(limit)s. Resize it and try again.")
            % {"count": round(pixels / 1_000_000), "limit": limit // 1_000_000},
            code="too_many_pixels",
        )
    if image_format.has_frames and getattr(image, "is_animated", False):
        # Readers could not stop it (WCAG 2.2.2), and one frame may not show what the animation does.
        raise ValidationError(
            _("This picture is animated. Only still pictures can be used. Save one frame of it and upload that."),
            code="animated",
        )


def _shrink(image: Image.Image) -> Image.Image:
    factor = max(image.size) // MAX_SIDE
    if factor > 1:
        # By a whole factor first: this frees the large picture before resampling needs memory.
        information = image.info
        image = image.reduce(factor)
        image.info = information
    image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=None)
    return image


def _to_srgb(image: Image.Image) -> Image.Image:
    target = "RGBA" if image.mode in {"RGBA", "LA"} else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode != "LA":
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            image = ImageCms.profileToProfile(image, source, _SRGB, outputMode=target) or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # A broken profile says nothing about the colours.
    return image if image.mode == target else image.convert(target)
