"""Captured pages as files: decoding, and rejection of files that cannot be a captured page."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# The longest page of the old site has some 40,000 characters.
MAX_FILE_BYTES = 1_000_000
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class UnreadableFileError(Exception):
    """Raised for a file that cannot be a captured page. The message gives the reason."""


@dataclass(frozen=True, slots=True)
class CaptureFile:
    name: str
    text: str
    sha256: str
    modified_at: dt.datetime | None
    findings: tuple[str, ...] = ()


def find_text_files(path: Path) -> Iterator[Path]:
    """Yield the file itself, or every text file in the folder and its subfolders."""
    if path.is_dir():
        yield from sorted(
            file for file in path.rglob("*") if file.suffix.lower() in {".txt", ".text"} and file.is_file()
        )
    else:
        yield path


def read_file(path: Path) -> CaptureFile:
    """Read a captured page. Raise UnreadableFileError if it is no text of a reasonable size."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadableFileError(f"larger than {MAX_FILE_BYTES:,} bytes")
        data = path.read_bytes()
        modified_at = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    except OSError as error:
        raise UnreadableFileError(error.strerror or str(error)) from error
    text, findings = decode_text(data)
    return CaptureFile(path.name, text, hashlib.sha256(data).hexdigest(), modified_at, findings)


def decode_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return (text, findings about the bytes). Raise UnreadableFileError if they are no text."""
    if not data.strip():
        raise UnreadableFileError("empty")
    if _is_binary(data):
        raise UnreadableFileError("not a text file")
    findings = []
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), "")
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        text = _decode_chinese(data)
        findings.append("not UTF-8, read as GB 18030")
    if "\x00" in text:
        text = text.replace("\x00", "")
        findings.append("NUL characters removed")
    return text.removeprefix("\ufeff"), tuple(findings)


def _is_binary(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    sample = data[:8192]
    controls = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 or byte == 127 for byte in sample)
    return controls * 20 > len(sample)


def _decode_chinese(data: bytes) -> str:
    """Decode the older Chinese encoding. Nearly any bytes are valid in it, so the result must look like Chinese."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise UnreadableFileError("neither UTF-8 nor GB 18030") from error
    foreign = [character for character in text if ord(character) > 127]
    common = sum(
        "\u4e00" <= character <= "\u9fff" or character in "，。、；：？！（）《》“”‘’·—…　" for character in foreign
    )
    # The roughly 6,700 characters of everyday Chinese come first in the encoding; bytes of other encodings rarely do.
    everyday = sum(_is_everyday(character) for character in foreign)
    if common < 0.9 * len(foreign) or everyday < 0.9 * common:
        raise UnreadableFileError("neither UTF-8 nor GB 18030")
    return text


def _is_everyday(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
