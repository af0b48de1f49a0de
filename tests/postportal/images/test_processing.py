import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms

from postportal.images.processing import MAX_BYTES, MAX_SIDE, Master, make_master


def encode_image(image: Image.Image, kind: str, **options: Any) -> bytes:
    content = BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def process_bytes(content: bytes) -> Master:
    return make_master(BytesIO(content), size=len(content))


def refusal_codes(content: bytes, *, size: int | None = None) -> list[str]:
    with pytest.raises(ValidationError) as refusal:
        make_master(BytesIO(content), size=len(content) if size is None else size)
    return [error.code for error in refusal.value.error_list]


def decompression_bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that declares very many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("kind", "extension", "saved_as"),
    [("JPEG", "jpg", "JPEG"), ("MPO", "jpg", "JPEG"), ("PNG", "png", "PNG"), ("WEBP", "webp", "WEBP")],
)
def test_picture_is_stored_in_a_web_format(kind: str, extension: str, saved_as: str) -> None:
    master = process_bytes(encode_image(Image.new("RGB", (40, 30), "red"), kind))

    assert (master.extension, master.width, master.height) == (extension, 40, 30)
    assert Image.open(BytesIO(master.content)).format == saved_as


@pytest.mark.parametrize("size", [(12_000, 12_000), (40_001, 1_000), (200_000, 201)])
def test_decompression_bomb_is_refused(size: tuple[int, int]) -> None:
    assert refusal_codes(decompression_bomb(*size)) == ["too_many_pixels"]


def test_webp_has_a_lower_pixel_limit() -> None:
    assert refusal_codes(encode_image(Image.new("RGB", (5_001, 5_000)), "WEBP", quality=1, method=0)) == [
        "too_many_pixels"
    ]


def test_picture_with_a_palette_is_resampled() -> None:
    stripes = Image.new("P", (6_400, 10))
    stripes.putpalette([0, 0, 0, 255, 255, 255])
    stripes.paste(1, (0, 0, 6_400, 5))

    master = process_bytes(encode_image(stripes, "PNG"))

    assert (master.width, master.height) == (3_200, 5)
    assert 100 < Image.open(BytesIO(master.content)).getpixel((1_000, 2))[0] < 155


def test_forty_megapixels_are_accepted() -> None:
    master = process_bytes(encode_image(Image.new("1", (8_000, 5_000)), "PNG"))

    assert (master.width, master.height) == (MAX_SIDE, MAX_SIDE * 5 // 8)


def test_large_file_is_refused_without_reading_it() -> None:
    assert refusal_codes(b"", size=MAX_BYTES + 1) == ["too_large"]


@pytest.mark.parametrize(
    "content",
    [
        *(
            b"",
            b"\0",
            b"GIF89a" + b"\0" * 40,
            b"\x89PNG\r\n\x1a\n",
            b"RIFF\x00\x00\x00\x00WEBP",
            b"\xff\xd8\xff\xe0junk",
        ),
        *(b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html></html>", b"%PDF-1.4", b"MZ" + b"\0" * 64),
        *(b"BM" + b"\0" * 60, b"II*\0" + b"\0" * 60, b"8BPS" + b"\0" * 60, b"\0\0\1\0\1\0"),
    ],
)
def test_unreadable_files_are_refused(content: bytes) -> None:
    assert refusal_codes(content) == ["unreadable"]


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "TGA", "PPM"])
def test_other_formats_are_refused(kind: str) -> None:
    assert refusal_codes(encode_image(Image.new("RGB", (40, 30)), kind)) == ["unreadable"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_truncated_file_is_refused(kind: str) -> None:
    noise = Image.effect_noise((200, 200), 90)
    content = encode_image(noise.convert("P" if kind == "GIF" else "RGB"), kind)

    assert refusal_codes(content[: len(content) // 2]) == ["unreadable"]


def test_format_is_taken_from_the_content_not_the_name() -> None:
    content = BytesIO(encode_image(Image.new("RGB", (40, 30)), "PNG"))
    content.name = "photo.jpg"

    assert make_master(content, size=100).extension == "png"


def test_metadata_is_removed() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[2] = (39.0, 54.0, 20.0)
    content = encode_image(Image.new("RGB", (40, 30)), "JPEG", exif=exif, comment=b"Secret Comment", dpi=(300, 300))

    master = process_bytes(content + b"Secret Appendix")

    assert b"Secret" in content
    assert b"Secret" not in master.content
    assert dict(Image.open(BytesIO(master.content)).getexif()) == {}


def test_text_in_a_png_is_removed() -> None:
    from PIL.PngImagePlugin import PngInfo

    information = PngInfo()
    information.add_text("Author", "Secret Name")

    master = process_bytes(encode_image(Image.new("RGB", (40, 30)), "PNG", pnginfo=information))

    assert b"Secret" not in master.content


def test_picture_is_rotated_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = Image.new("RGB", (40, 20), "red")
    picture.paste("blue", (0, 0, 10, 20))

    master = process_bytes(encode_image(picture, "JPEG", exif=exif, quality=95))

    upright = Image.open(BytesIO(master.content))
    assert (master.width, master.height) == (20, 40)
    assert upright.getpixel((10, 2))[2] > 200


def test_colours_are_converted_to_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    master = process_bytes(encode_image(Image.new("RGB", (40, 30), "#336699"), "JPEG", icc_profile=profile, quality=95))

    stored = Image.open(BytesIO(master.content))
    assert "icc_profile" not in stored.info
    assert all(abs(a - b) < 5 for a, b in zip(stored.getpixel((5, 5)), (0x33, 0x66, 0x99), strict=True))


def test_broken_colour_profile_is_ignored() -> None:
    master = process_bytes(encode_image(Image.new("RGB", (40, 30), "red"), "PNG", icc_profile=b"junk"))

    assert Image.open(BytesIO(master.content)).getpixel((5, 5)) == (255, 0, 0)


def test_sixteen_bit_picture_is_scaled_to_eight_bits() -> None:
    master = process_bytes(encode_image(Image.new("I;16", (40, 30), 32768), "PNG"))

    assert Image.open(BytesIO(master.content)).getpixel((5, 5)) == (128, 128, 128)
