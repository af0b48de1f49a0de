"""Recognition of files that are not JSON Lines at all: one sentence instead of an error for each line."""

import re

# How much of the start of a file is looked at.
SAMPLE_BYTES = 65_536
_ADVICE = "This command reads JSON Lines: UTF-8 text with one JSON object on each line."
_SIGNATURES = [
    (b"\x1f\x8b", "It is compressed with gzip; unpack it first."),
    (b"PK\x03\x04", "It is a ZIP archive; unpack it first."),
    (b"BZh", "It is compressed with bzip2; unpack it first."),
    (b"\xfd7zXZ", "It is compressed with xz; unpack it first."),
    (b"\x28\xb5\x2f\xfd", "It is compressed with zstd; unpack it first."),
    (b"\xff\xfe", "It is UTF-16; save it as UTF-8."),
    (b"\xfe\xff", "It is UTF-16; save it as UTF-8."),
    (b"\x00\x00\xfe\xff", "It is UTF-32; save it as UTF-8."),
    (b"%PDF", "It is a PDF file."),
    (b"SQLite format 3", "It is an SQLite database."),
]
_OLD_MAC_LINES = re.compile(rb"\}\s*\r\s*\{")


def container_problem(sample: bytes) -> str:
    """Return why a file that starts with these bytes cannot be read as JSON Lines, as a sentence, or ""."""
    problem = _problem(sample)
    return f"{problem} {_ADVICE}" if problem else ""


def _problem(sample: bytes) -> str:
    for signature, problem in _SIGNATURES:
        if sample.startswith(signature):
            return problem
    text = sample.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.count(0) > len(text) // 4:
        return "It is UTF-16; save it as UTF-8." if b"{" in text[:8] or b"[" in text[:8] else "It is not text."
    if text.startswith(b"["):
        return "It is one JSON array; write each of its objects on a line of its own."
    if text.startswith(b"<"):
        return "It is XML or HTML."
    if b"\n" not in text and _OLD_MAC_LINES.search(text):
        return "Its lines end with CR only; save it with LF or CRLF line ends."
    return _problem_of_lines(text, is_complete=len(sample) < SAMPLE_BYTES)


def _problem_of_lines(text: bytes, *, is_complete: bool) -> str:
    lines = [line.strip() for line in text.split(b"\n")]
    # The last line of a sample may have been cut.
    lines = [line for line in (lines if is_complete else lines[:-1]) if line]
    if not lines:
        return "" if not text or text.startswith(b"{") else "It is not JSON."
    if len(lines) > 1 and all(line.endswith(b"},") for line in lines[:-1]):
        return "Its lines end with commas; remove them."
    is_spread = len(lines) > 1 and not any(line.endswith(b"}") for line in lines)
    if lines[0] == b"{" or (is_spread and lines[0].startswith(b"{")):
        return "It is one JSON object over several lines."
    if not any(line.startswith(b"{") for line in lines):
        return "It is not JSON."
    return "It is not UTF-8; save it as UTF-8." if _undecodable(lines) > max(1, len(lines) // 2) else ""


def _undecodable(lines: list[bytes]) -> int:
    count = 0
    for line in lines:
        try:
            line.decode()
        except UnicodeDecodeError:
            count += 1
    return count
