"""Silent films for the demo, made of pictures, without a library for video: a WebM file of VP8 frames. The frame of a
lossy WebP picture is a VP8 frame."""

import struct
from collections.abc import Sequence
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

SIZE = (480, 300)
SECONDS = 3
_QUALITY = 60


def write_film(pictures: Sequence[IO[bytes]]) -> bytes:
    """Return a film that shows each picture for three seconds."""
    blocks = [_block(_vp8_frame(picture), at=number * SECONDS * 1000) for number, picture in enumerate(pictures)]
    # The last picture once more, or it would be shown for no time.
    blocks.append(_block(_vp8_frame(pictures[-1]), at=len(pictures) * SECONDS * 1000 - 1))
    header = _element(0x1A45DFA3, _element(0x4282, b"webm"), _number(0x4287, 4), _number(0x4285, 2))
    duration = _element(0x4489, struct.pack(">d", len(pictures) * SECONDS * 1000.0))
    names = [_element(code, b"PostPortal") for code in (0x4D80, 0x5741)]
    info = _element(0x1549A966, _number(0x2AD7B1, 1_000_000), duration, *names)
    size = _element(0xE0, _number(0xB0, SIZE[0]), _number(0xBA, SIZE[1]))
    entry = _element(0xAE, *(_number(code, 1) for code in (0xD7, 0x73C5, 0x83)), _element(0x86, b"V_VP8"), size)
    cluster = _element(0x1F43B675, _number(0xE7, 0), *blocks)
    return header + _element(0x18538067, info, _element(0x1654AE6B, entry), cluster)


def _vp8_frame(picture: IO[bytes]) -> bytes:
    picture.seek(0)
    with Image.open(picture) as opened:
        frame = ImageOps.fit(opened.convert("RGB"), SIZE)
    file = BytesIO()
    frame.save(file, "WEBP", quality=_QUALITY)
    content = file.getvalue()
    # After “RIFF”, the length and “WEBP”: one chunk with its name and length.
    length = int.from_bytes(content[16:20], "little")
    return content[20 : 20 + length]


def _block(frame: bytes, *, at: int) -> bytes:
    """Return a frame of the first track, which needs no other one."""
    return _element(0xA3, b"\x81" + struct.pack(">h", at) + b"\x80", frame)


def _number(code: int, value: int) -> bytes:
    return _element(code, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def _element(code: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    # The length in eight bytes, whose first bit says so.
    return code.to_bytes((code.bit_length() + 7) // 8, "big") + (1 << 56 | len(content)).to_bytes(8, "big") + content
