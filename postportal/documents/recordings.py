"""Checks of video and audio files by their content: a container of the type that the name says, complete, and with
nothing before or after it."""

import re

from postportal.documents.refusals import not_what_it_says

_VIDEO, _SOUND = b"vide", b"soun"
# Of MP4: boxes that hold other boxes on the way to the kind of a track.
_HOLDERS = {b"moov", b"trak", b"mdia"}
_BOX_NAME = re.compile(rb"[A-Za-z0-9 \xa9]{4}")
# Of WebM.
_DOCTYPE = b"\x42\x82"
_EBML, _SEGMENT = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"
_OGG_HEADER = 27
_OGG_CODECS = (b"\x01vorbis", b"OpusHead", b"\x7fFLAC", b"Speex   ")
# Of MPEG audio: bit rates of layer III in kbit/s, of version 1 and of 2 and 2.5, and sampling rates in Hz.
_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_SAMPLINGS = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
# So many frames in a row are no coincidence.
_FRAMES = 4


def check_recording(content: bytes, extension: str) -> None:
    """Raise ValidationError if this is no recording of the type."""
    is_valid = {
        "mp4": lambda: _VIDEO in _tracks(content),
        "m4a": lambda: _SOUND in _tracks(content) and _VIDEO not in _tracks(content),
        "webm": lambda: _is_webm(content),
        "mp3": lambda: _is_mp3(content),
        "ogg": lambda: _is_ogg(content),
    }[extension]
    if not is_valid():
        raise not_what_it_says(extension)


def _tracks(content: bytes) -> set[bytes]:
    """Return the kinds of the tracks of an MP4 file, none if it is not one."""
    boxes = _boxes(content, 0, len(content))
    names = [name for name, _start, _end in boxes]
    if not names or names[0] != b"ftyp" or not {b"moov", b"mdat"} <= {*names, *([b"mdat"] * (b"moof" in names))}:
        return set()
    return set(_handlers(content, boxes))


def _handlers(content: bytes, boxes: list[tuple[bytes, int, int]]) -> list[bytes]:
    found: list[bytes] = []
    for name, start, end in boxes:
        if name in _HOLDERS:
            found += _handlers(content, _boxes(content, start, end))
        elif name == b"hdlr":
            found.append(content[start + 8 : start + 12])
    return found


def _boxes(content: bytes, start: int, end: int) -> list[tuple[bytes, int, int]]:
    """Return name, start and end of the boxes between these places, none if they do not fill them."""
    found: list[tuple[bytes, int, int]] = []
    while start + 8 <= end:
        size, name, header = int.from_bytes(content[start : start + 4], "big"), content[start + 4 : start + 8], 8
        if size == 1:
            size, header = int.from_bytes(content[start + 8 : start + 16], "big"), 16
        elif size == 0:
            size = end - start
        if size < header or start + size > end or not _BOX_NAME.fullmatch(name):
            return []
        found.append((name, start + header, start + size))
        start += size
    return found if start == end else []


def _is_webm(content: bytes) -> bool:
    """Return True for a header that says “webm”, followed by the segment and nothing else."""
    if not content.startswith(_EBML):
        return False
    length, start = _ebml_number(content, 4)
    rest = start + length
    if (_DOCTYPE, b"webm") not in _ebml_elements(content, start, rest) or content[rest : rest + 4] != _SEGMENT:
        return False
    size, body = _ebml_number(content, rest + 4)
    # A stream of unknown length has ones only.
    is_open = size == (1 << (7 * (body - rest - 4))) - 1
    return is_open or body + size == len(content)


def _ebml_elements(content: bytes, start: int, end: int) -> list[tuple[bytes, bytes]]:
    """Return the elements between these places, as code and content."""
    found: list[tuple[bytes, bytes]] = []
    while start < end <= len(content):
        _code, after = _ebml_number(content, start)
        length, body = _ebml_number(content, after)
        found.append((content[start:after], content[body : body + length]))
        start = body + length
    return found


def _ebml_number(content: bytes, start: int) -> tuple[int, int]:
    """Return a number of variable length, and where it ends."""
    first = content[start] if start < len(content) else 0
    length = 9 - first.bit_length()
    number = int.from_bytes(content[start : start + length], "big") & ((1 << (7 * length)) - 1) if first else 0
    return number, start + length


def _is_mp3(content: bytes) -> bool:
    """Return True for MPEG audio of layer III, with tags before and after it."""
    start = 0
    if content.startswith(b"ID3") and len(content) > 10:
        size = [byte & 0x7F for byte in content[6:10]]
        start = 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
    count = 0
    while start + 4 <= len(content) and count < _FRAMES:
        length = _frame_length(content[start : start + 4])
        if not length:
            return False
        start, count = start + length, count + 1
    return count == _FRAMES


def _frame_length(header: bytes) -> int:
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    rate, sampling = header[2] >> 4, header[2] >> 2 & 3
    if header[0] != 0xFF or header[1] < 0xE0 or layer != 1 or version == 1 or rate in (0, 15) or sampling == 3:
        return 0
    kilobits = (_RATES_1 if version == 3 else _RATES_2)[rate]
    return (144 if version == 3 else 72) * kilobits * 1000 // _SAMPLINGS[version][sampling] + (header[2] >> 1 & 1)


def _is_ogg(content: bytes) -> bool:
    """Return True for sound in pages that follow each other to the end."""
    start, codec = 0, b""
    while start + _OGG_HEADER <= len(content):
        if content[start : start + 4] != b"OggS":
            return False
        segments = content[start + 26]
        table = content[start + _OGG_HEADER : start + _OGG_HEADER + segments]
        body = start + _OGG_HEADER + segments
        codec = codec or content[body : body + 8]
        start = body + sum(table)
    return start == len(content) and codec.startswith(_OGG_CODECS)
