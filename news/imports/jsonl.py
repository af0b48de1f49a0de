"""Reading of JSONL files line by line, with constant memory."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

# Longer than any article. Protects the memory against files without line breaks.
MAX_LINE_BYTES = 8_000_000


class BadLineError(Exception):
    """The line is not a valid article. The message says why."""


@dataclass(frozen=True, slots=True)
class JsonLine:
    """A line of a file. `byte_count` is its size in the file, even if the line is too long to be stored in `data`."""

    number: int
    byte_count: int
    data: bytes
    is_too_long: bool = False

    def parse(self) -> dict[str, Any]:
        """Return the object on the line. Raises BadLineError."""
        if self.is_too_long:
            raise BadLineError(f"longer than {MAX_LINE_BYTES:,} bytes")
        try:
            # Files that were joined have the byte order mark in the middle, too.
            text = self.data.decode("utf-8-sig")
            found = json.loads(text, object_pairs_hook=_without_repeated_keys)
        except UnicodeDecodeError as error:
            raise BadLineError(f"not UTF-8 at byte {error.start + 1}") from error
        except json.JSONDecodeError as error:
            raise BadLineError(f"not JSON: {error.msg} at character {error.colno}") from error
        except (ValueError, RecursionError) as error:
            raise BadLineError("not readable JSON: nested too deeply, or a number too long") from error
        if not isinstance(found, dict):
            raise BadLineError("not a JSON object")
        return found


def _without_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object. JSON would silently keep only the last of two equal keys."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        shown = "".join(sign for sign in repeated if sign.isprintable())[:40]
        raise BadLineError(f"the key “{shown}” is given more than once")
    return found


def read_lines(file: BinaryIO) -> Iterator[JsonLine]:
    """Yield the lines that are not blank."""
    number = 0
    while data := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        size = len(data)
        is_too_long = size > MAX_LINE_BYTES and not data.endswith(b"\n")
        while is_too_long and (rest := file.readline(MAX_LINE_BYTES)):
            size += len(rest)
            if rest.endswith(b"\n"):
                break
        if is_too_long or data.strip():
            yield JsonLine(number, size, b"" if is_too_long else data, is_too_long)
