"""Tidying of plain text before it is stored: composed (NFC), without control, direction and other invisible characters.

Joiners stay where a script needs them: between letters of Persian, in the scripts of India, and inside emoji."""

import re
import unicodedata

from postportal.text.characters import (
    CHINESE,
    CONTROLS,
    EMOJI,
    INVISIBLE,
    OLD_SEPARATORS,
    SCRIPTS_WITH_JOINERS,
    VARIATION_SELECTORS,
)

_LINE_BREAK = re.compile(rf"\r\n?|[{OLD_SEPARATORS}\x85\u2028\u2029]")
# The blank of Braille and the filler of Hangul look like a space.
_BLANK = re.compile(r"[^\S\n]|\u2800")
_SIGNS_WITH_VARIANTS = f"0-9#*©®‼⁉™ℹ\u1000-\u109f\u3000-\u33ff{EMOJI}{CHINESE}"
_KEPT = (
    # The flags of Scotland and others: a black flag and the letters of the region.
    r"(?<=\U0001f3f4)[\U000e0020-\U000e007e]+\U000e007f"
    rf"|(?<=[{SCRIPTS_WITH_JOINERS}])\u200c(?=[{SCRIPTS_WITH_JOINERS}])|(?<=[{SCRIPTS_WITH_JOINERS}])\u200d"
    rf"|(?:(?<=[{EMOJI}])|(?<=[{EMOJI}]\ufe0f))\u200d(?=[{EMOJI}])"
    rf"|(?<=[{_SIGNS_WITH_VARIANTS}])[{VARIATION_SELECTORS}]"
)
_MAY_BE_UNSEEN = re.compile(rf"[{CONTROLS}{INVISIBLE}{VARIATION_SELECTORS}]")
_UNSEEN = re.compile(rf"(?P<kept>{_KEPT})|{_MAY_BE_UNSEEN.pattern}")
_PLAIN = re.compile(r"[ -~]*")


def tidy_line(text: str) -> str:
    """Return the text as one line: without invisible characters, line breaks and repeated or outer spaces."""
    if not _PLAIN.fullmatch(text):
        text = strip_invisible(_BLANK.sub(" ", _LINE_BREAK.sub(" ", text)))
    return " ".join(text.split())


def tidy_lines(text: str) -> str:
    """Return the text with its lines: without invisible characters; every kind of line break is a newline."""
    if _PLAIN.fullmatch(text):
        return text
    return strip_invisible(_BLANK.sub(" ", _LINE_BREAK.sub("\n", text)))


def strip_invisible(text: str) -> str:
    """Return the text composed and without characters that nobody sees. Blanks and line breaks stay as they are."""
    if _MAY_BE_UNSEEN.search(text):
        text = _UNSEEN.sub(lambda found: found["kept"] or "", text)
    return unicodedata.normalize("NFC", text)


def unbroken(text: str) -> str:
    """Return the text with no-break spaces: a number stays on one line with its unit."""
    return text.replace(" ", "\u00a0")
