"""The smallest recordings of each type: correct containers without sound or picture."""

import struct

WEBVTT = "WEBVTT\n\n1\n00:00.000 --> 00:02.000\nA van climbs the road.\n\n00:02.000 --> 00:04.500 line:0\nMusic\n"


def box(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(content)) + name + content


def mp4(*kinds: bytes, brand: bytes = b"isom") -> bytes:
    """Return an MP4 file with one track of each kind."""
    tracks = b"".join(
        box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + kind + bytes(13)))) for kind in kinds or (b"vide", b"soun")
    )
    return box(b"ftyp", brand + bytes(4)) + box(b"moov", box(b"mvhd", bytes(100)) + tracks) + box(b"mdat", b"\0" * 16)


def webm(doctype: bytes = b"webm") -> bytes:
    header = b"\x42\x82" + bytes([0x80 | len(doctype)]) + doctype
    return b"\x1a\x45\xdf\xa3" + bytes([0x80 | len(header)]) + header + b"\x18\x53\x80\x67" + b"\x84" + bytes(4)


def mp3(frames: int = 8, *, tag: bytes = b"") -> bytes:
    """Return silence with 128 kbit/s and 44.1 kHz."""
    head = b"ID3\x04\0\0" + bytes([0, 0, len(tag) >> 7, len(tag) & 127]) + tag if tag else b""
    return head + (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def ogg(codec: bytes = b"OpusHead") -> bytes:
    body = codec + bytes(11)
    page = b"OggS" + bytes(22) + bytes([1, len(body)]) + body
    return page + b"OggS" + bytes(22) + bytes([2, 10, 5]) + bytes(15)
