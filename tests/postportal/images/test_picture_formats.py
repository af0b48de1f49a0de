"""Every format and every mode that Pillow knows: each picture is stored as it looks, or refused."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageChops, ImageDraw, ImageStat
from PIL.PngImagePlugin import PngInfo

from postportal.images.picture_formats import ACCEPTED_TYPES, DECODERS, FORMATS, MODES, to_continuous_tone
from postportal.images.processing import Master, make_master

Image.init()
EVERY_FORMAT = sorted({*Image.OPEN, *Image.SAVE, *Image.registered_extensions().values()})
REFUSED = [name for name in EVERY_FORMAT if name not in FORMATS]
SIZE = (64, 48)


def drawing(mode: str = "RGB", size: tuple[int, int] = SIZE) -> Image.Image:
    """Return a picture with a light and a dark half, a circle and a shade."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    ImageDraw.Draw(image).ellipse((8, 8, 40, 40), fill="#c02020", outline="white")
    if mode == "I;16":
        return image.convert("L").convert("I").point(lambda value: value * 257).convert("I;16")
    return image.convert(mode)


def encode(image: Image.Image, kind: str, **options: Any) -> bytes:
    content = BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def store(content: bytes) -> Master:
    return make_master(BytesIO(content), size=len(content))


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def refusal(content: bytes) -> tuple[str, str]:
    with pytest.raises(ValidationError) as error:
        store(content)
    return str(error.value.code), str(error.value.message)


def as_seen(content: bytes) -> Image.Image:
    image = opened(content)
    # Plain conversion would clip 16 bits.
    return drawing().convert("L") if image.mode == "I;16" else image.convert("RGBA")


def mean_difference(one: Image.Image, other: Image.Image) -> float:
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
    return max(ImageStat.Stat(difference).mean)


def samples() -> dict[tuple[str, str], bytes]:
    """Return a file for each accepted format and each mode that Pillow can write in it."""
    found = {}
    for kind in FORMATS:
        # Files of 16 bits are opened in mode I;16, whatever they were written from.
        for mode in sorted(set(Image.MODES) - {"I", "F", "I;16B", "I;16L", "I;16N"}):
            try:
                found[kind, mode] = encode(drawing(mode), kind)
            except (OSError, ValueError, KeyError):
                continue
    return found


SAMPLES = samples()


def test_samples_have_every_accepted_format_and_mode() -> None:
    assert {kind for kind, _mode in SAMPLES} == set(FORMATS)
    assert {opened(content).mode for content in SAMPLES.values()} == set(MODES)


@pytest.mark.parametrize("sample", SAMPLES, ids="-".join)
def test_picture_looks_the_same_and_does_not_grow(sample: tuple[str, str]) -> None:
    content = SAMPLES[sample]

    master = store(content)

    stored = opened(master.content)
    assert (master.width, master.height, stored.size) == (*SIZE, SIZE)
    assert mean_difference(stored, as_seen(content)) < 5
    assert len(master.content) <= len(content)
    assert stored.format in {"jpg": {"JPEG"}, "png": {"PNG"}, "webp": {"WEBP"}}[master.extension]
    # The modes that every browser shows.
    assert stored.mode in {"L", "RGB", "RGBA"}


@pytest.mark.parametrize("sample", SAMPLES, ids="-".join)
def test_lossy_file_stays_lossy_and_others_stay_exact(sample: tuple[str, str]) -> None:
    extensions = {"JPEG": {"jpg"}, "MPO": {"jpg"}, "PNG": {"png", "webp"}, "GIF": {"png", "webp"}, "WEBP": {"webp"}}

    assert store(SAMPLES[sample]).extension in extensions[sample[0]]


@pytest.mark.parametrize("kind", REFUSED)
def test_other_format_is_refused(kind: str) -> None:
    assert kind not in DECODERS
    if kind not in Image.SAVE or kind in {"HDF5", "GRIB", "BUFR", "WMF", "IM"}:
        return  # Pillow cannot write it, or will not in its next version.
    mode = {"XBM": "1", "MSP": "1", "PALM": "P", "BLP": "P", "SPIDER": "F"}.get(kind, "RGB")
    content = encode(drawing(mode, (32, 32)), kind)

    assert refusal(content) == ("unreadable", "This file is not a valid picture. Use JPEG, PNG, WebP or GIF.")


@pytest.mark.parametrize("mode", sorted(set(Image.MODES) - set(MODES)))
def test_other_mode_is_refused(mode: str) -> None:
    with pytest.raises(ValueError, match=mode):
        to_continuous_tone(Image.new(mode, SIZE))


@pytest.mark.parametrize("mode", MODES)
def test_pixels_of_every_mode_can_be_resampled(mode: str) -> None:
    assert to_continuous_tone(drawing(mode)).mode in {"L", "LA", "RGB", "RGBA", "CMYK"}


def test_form_offers_the_accepted_formats() -> None:
    assert ACCEPTED_TYPES == "image/jpeg,image/png,image/webp,image/gif"


@pytest.mark.parametrize("pictures", [2, 3])
def test_first_picture_of_an_mpo_is_kept_as_jpeg(pictures: int) -> None:
    first, others = drawing(size=(640, 480)), [Image.new("RGB", (320, 240), "blue")] * (pictures - 1)
    content = encode(first, "MPO", save_all=True, append_images=others, quality=90)

    master = store(content)

    assert (opened(content).format, opened(master.content).format) == ("MPO", "JPEG")
    assert mean_difference(opened(master.content), first) < 5
    assert len(master.content) < len(content)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
@pytest.mark.parametrize("frames", [2, 5])
def test_animation_is_refused(kind: str, frames: int) -> None:
    pictures = [Image.new("RGB", SIZE, (40 * number, 0, 90)) for number in range(frames)]
    content = encode(pictures[0], kind, save_all=True, append_images=pictures[1:], duration=100)

    code, message = refusal(content)

    assert (code, message.partition(".")[0]) == ("animated", "This picture is animated")


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_animation_of_one_frame_is_a_still_picture(kind: str) -> None:
    assert store(encode(drawing(), kind, save_all=True)).width == SIZE[0]


@pytest.mark.parametrize("quality", [20, 50, 75, 90, 95])
@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_file_of_any_quality_does_not_grow(kind: str, quality: int) -> None:
    photograph = Image.effect_noise((300, 200), 60).resize((900, 600)).convert("RGB")
    content = encode(photograph, kind, quality=quality)

    master = store(content)

    assert len(master.content) <= len(content)
    assert mean_difference(opened(master.content), opened(content)) < 6


def test_grey_photograph_does_not_grow() -> None:
    content = encode(Image.effect_noise((300, 200), 60).resize((900, 600)), "JPEG", quality=60, optimize=True)

    assert len(store(content).content) <= len(content)


def test_lossless_webp_stays_exact() -> None:
    content = encode(drawing(size=(300, 200)), "WEBP", lossless=True)

    assert mean_difference(opened(store(content).content), drawing(size=(300, 200))) == 0


def test_reduced_drawing_does_not_grow() -> None:
    page = Image.new("1", (7000, 5000), 1)
    for top in range(100, 5000, 400):
        for left in range(100, 6800, 300):
            ImageDraw.Draw(page).ellipse((left, top, left + top % 170 + 60, top + left % 230 + 60), outline=0, width=5)
    content = encode(page, "PNG", optimize=True)

    assert len(store(content).content) <= len(content)


@pytest.mark.parametrize(
    ("mode", "transparent", "colour"),
    [("L", 0, 0), ("P", 0, 0), ("RGB", (0, 0, 0), (0, 0, 0)), ("1", 0, 0), ("I;16", 65535, 65535)],
)
def test_transparent_colour_stays_transparent(mode: str, transparent: Any, colour: Any) -> None:
    content = encode(Image.new(mode, SIZE, colour), "PNG", transparency=transparent)

    stored = opened(store(content).content)

    assert stored.convert("RGBA").getpixel((5, 5))[3] == 0


def test_transparent_colour_of_sixteen_bits_a_channel_stays_transparent() -> None:
    pixels = opened(sixteen_bit_png(transparent=b"\xff\xff" * 3))

    assert pixels.mode == "RGB"
    assert opened(store(sixteen_bit_png(transparent=b"\xff\xff" * 3)).content).convert("RGBA").getpixel((0, 0))[3] == 0


def sixteen_bit_png(*, transparent: bytes) -> bytes:
    """Return a white PNG with 16 bits a channel, which Pillow cannot write."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 4, 4, 16, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * 24) * 4)
    chunks = chunk(b"IHDR", head) + chunk(b"tRNS", transparent) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def test_comments_and_profiles_do_not_count_as_pixels() -> None:
    information = PngInfo()
    information.add_text("Comment", "x" * 5000)

    master = store(encode(drawing(), "PNG", pnginfo=information))

    assert opened(master.content).format == "PNG"
    assert b"Comment" not in master.content
