"""Text that others chose, made fit for a log."""

import unicodedata

# Control, format (among them those that turn the direction of writing), halves of characters, separators of lines.
ESCAPED_CATEGORIES = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def one_line(text: object, *, limit: int) -> str:
    """Return the text in one line of at most `limit` characters, with what cannot be seen written out: nobody can make
    one entry look like two, or hide the end of it."""
    # What is cut off anyway need not be read; one character becomes ten at most.
    line = "".join(map(_escape, str(text)[: limit + 1]))
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _escape(character: str) -> str:
    # The backslash, too: else a typed “\n” would look like an encoded one.
    if character == "\\" or unicodedata.category(character) in ESCAPED_CATEGORIES:
        return character.encode("unicode_escape").decode("ascii")
    return character
