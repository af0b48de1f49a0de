"""Encoding of pictures: in the best quality that takes no more space than the file they come from."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import IO, Any, NamedTuple

from PIL import Image, JpegImagePlugin

# Quality of the stored picture, then what is tried while the file is larger than the uploaded one.
JPEG_QUALITY = 90
# In per cent of the quantization of the uploaded file.
JPEG_QUANTIZATIONS = (100, 130)
WEBP_QUALITIES = (90, 80, 70, 60, 45, 30, 15)
# Renditions, including the JPEG that other sites show.
RENDITION_QUALITIES = (80, 65, 50, 35, 20)
# The WebP encoder needs half the time of the PNG encoder with this effort.
LOSSLESS_WEBP = {"lossless": True, "method": 2, "quality": 50}


class Encoding(NamedTuple):
    content: bytes
    extension: str


class Original(NamedTuple):
    """Properties of an uploaded file that its stored form depends on."""

    file_size: int
    is_lossless: bool
    is_grey: bool
    # Of a JPEG: one or two tables of 64 numbers, and the resolution of the colours.
    quantization: list[list[int]]
    sampling: int

    @classmethod
    def of(cls, image: Image.Image, file: IO[bytes], *, file_size: int) -> "Original":
        tables: list[list[int]] = []
        sampling = -1
        if isinstance(image, JpegImagePlugin.JpegImageFile):
            tables, sampling = list(image.quantization.values()), JpegImagePlugin.get_sampling(image)
        return cls(file_size, is_lossless_picture(image, file), image.mode == "L", tables, sampling)


def encode_master(image: Image.Image, extension: str, *, original: Original, is_smaller: bool) -> Encoding:
    """Return the picture as it is stored. `is_smaller` means that it has fewer pixels than the original."""
    if extension == "jpg":
        encodings = _jpeg_encodings(image, original)
    elif original.is_lossless:
        encodings = _lossless_encodings(image, extension, may_lose=is_smaller)
    else:
        encodings = _webp_encodings(image, WEBP_QUALITIES)
    return _first_within(encodings, limit=original.file_size)


def encode_rendition(image: Image.Image, extension: str, *, limit: int, is_lossless: bool) -> bytes:
    """Return a rendition, if possible of at most `limit` bytes. `is_lossless` is a property of the stored picture."""
    return _first_within(_rendition_encodings(image, extension, is_lossless=is_lossless), limit=limit).content


def is_lossless_picture(image: Image.Image, file: IO[bytes]) -> bool:
    """Return True if the pixels in the file of the picture were stored without loss."""
    if image.format != "WEBP":
        return image.format in {"PNG", "GIF"}
    position = file.tell()
    file.seek(0)
    content = file.read()
    file.seek(position)
    return _is_lossless_webp(content)


def _first_within(encodings: Iterable[Encoding], *, limit: int) -> Encoding:
    """Return the first encoding of at most `limit` bytes, or else the smallest."""
    found: list[Encoding] = []
    for encoding in encodings:
        if len(encoding.content) <= limit:
            return encoding
        found.append(encoding)
    return min(found, key=lambda encoding: len(encoding.content))


def _jpeg_encodings(image: Image.Image, original: Original) -> Iterator[Encoding]:
    yield _encode(image, "jpg", quality=JPEG_QUALITY)
    # A file of low quality would grow: nothing is gained by describing its errors more exactly.
    alike = image.convert("L") if original.is_grey else image
    for percent in JPEG_QUANTIZATIONS if original.quantization else ():
        tables = [[min(value * percent // 100, 255) for value in table] for table in original.quantization]
        yield _encode(alike, "jpg", qtables=tables, subsampling=original.sampling)


def _lossless_encodings(image: Image.Image, extension: str, *, may_lose: bool) -> Iterator[Encoding]:
    if extension == "png":
        yield _encode(image, "png", compress_level=6)
    yield _encode(image, "webp", **LOSSLESS_WEBP)
    if may_lose:
        # Resampled edges of a drawing have many more colours than the drawing had.
        yield from _webp_encodings(image, WEBP_QUALITIES)


def _webp_encodings(image: Image.Image, qualities: Iterable[int]) -> Iterator[Encoding]:
    for quality in qualities:
        yield _encode(image, "webp", quality=quality, method=4)


def _rendition_encodings(image: Image.Image, extension: str, *, is_lossless: bool) -> Iterator[Encoding]:
    for quality in RENDITION_QUALITIES:
        yield _encode(image, extension, quality=quality, **({"method": 4} if extension == "webp" else {}))
        if is_lossless and extension == "webp" and quality == RENDITION_QUALITIES[0]:
            yield _encode(image, "webp", **LOSSLESS_WEBP)


def _encode(image: Image.Image, extension: str, **options: Any) -> Encoding:
    output = BytesIO()
    if extension == "jpg":
        image.save(output, "JPEG", progressive=True, optimize=True, **options)
    else:
        image.save(output, extension.upper(), **options)
    return Encoding(output.getvalue(), extension)


def _is_lossless_webp(content: bytes) -> bool:
    """Return True if the pixels are in a VP8L chunk. Chunks have a name, a length and an even number of bytes."""
    position = 12
    while position + 8 <= len(content):
        name = content[position : position + 4]
        if name in {b"VP8 ", b"VP8L"}:
            return name == b"VP8L"
        length = int.from_bytes(content[position + 4 : position + 8], "little")
        position += 8 + length + length % 2
    return False
