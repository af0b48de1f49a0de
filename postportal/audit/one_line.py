"""Sanitizing of text from outside for a log."""

import unicodedata

# Control and format characters (some change the direction of writing), surrogates, line and paragraph separators.
ESCAPED_CATEGORIES = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def one_line(text: object, *, limit: int) -> str:
    """Return the text as one line of at most `limit` characters, with invisible characters escaped: nobody can make one
    entry look like two or hide the end of it."""
    # Escaping makes a text longer, never shorter: the characters beyond the limit need not be read.
    line = "".join(map(_escape, str(text)[: limit + 1]))
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _escape(character: str) -> str:
    # The backslash too: otherwise a typed “\n” would look like an escaped line break.
    if character == "\\" or unicodedata.category(character) in ESCAPED_CATEGORIES:
        return character.encode("unicode_escape").decode("ascii")
    return character
