"""Cleaning of captured text: lines without invisible characters, half-width signs, single spaces."""

import re

# Form feeds, next-line characters and the Unicode separators are all used as line breaks.
_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_WIDE_SPACES = re.compile(r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Added by people who shortened a capture, never part of the page.
_CONDENSED_MARK = re.compile(r"[ ]?\[condensed\]", re.IGNORECASE)
# Full-width letters, digits and signs, and the ideographic space.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_WHITESPACE = re.compile(r"\s+")


def split_lines(text: str) -> list[str]:
    """Return the lines without trailing spaces. Indentation is kept because it shows nesting."""
    text = _INVISIBLE.sub("", _LINE_BREAKS.sub("\n", text))
    text = _CONDENSED_MARK.sub("", _WIDE_SPACES.sub(" ", text))
    return [line.rstrip() for line in text.split("\n")]


def to_half_width(text: str) -> str:
    """Replace full-width characters with half-width ones, to read numbers and labels. Roman numerals and × stay."""
    return text.translate(_FULL_WIDTH)


def collapse_whitespace(text: str) -> str:
    return _WHITESPACE.sub(" ", text).strip()


def strip_blank_lines(lines: list[str]) -> list[str]:
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return lines[start:end]


def split_comma_list(words: str) -> list[str]:
    """Return the words of a comma-separated list that may run over several lines."""
    return [word for part in words.split(",") if (word := part.strip())]
