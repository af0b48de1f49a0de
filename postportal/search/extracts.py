"""The few words around what was found."""

import re
from collections.abc import Sequence

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

LENGTH = 220
BEFORE = 60


def extract(texts: Sequence[str], *, words: Sequence[str]) -> SafeString:
    """Cut the first of `texts` that has one of `words`, else the first that is not empty, and mark the words."""
    pattern = _pattern(words)
    filled = [text for text in texts if text]
    if not filled:
        return SafeString("")
    found = next(((text, match) for text in filled if pattern and (match := pattern.search(text))), None)
    text, start = (found[0], found[1].start()) if found else (filled[0], 0)
    return marked(_cut(text, around=start), pattern=pattern)


def marked(text: str, *, pattern: re.Pattern[str] | None) -> SafeString:
    """Escape every piece by itself, then put the marks between them: no text can become markup."""
    if pattern is None:
        return mark_safe(escape(text))  # noqa: S308 - escaped
    pieces = enumerate(pattern.split(text))
    return format_html_join("", "{}", ((_mark(piece) if n % 2 else piece,) for n, piece in pieces))


def _mark(piece: str) -> SafeString:
    return mark_safe(f"<mark>{escape(piece)}</mark>")  # noqa: S308 - escaped


def _pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest_first))})", re.IGNORECASE) if words else None


def _cut(text: str, *, around: int) -> str:
    """Cut between words where there are any: Chinese has none."""
    start = max(0, around - BEFORE)
    if start and (space := text.find(" ", start, around)) != -1:
        start = space + 1
    end = min(len(text), start + LENGTH)
    if end < len(text) and (space := text.rfind(" ", start + LENGTH // 2, end)) != -1:
        end = space
    return ("… " if start else "") + " ".join(text[start:end].split()) + (" …" if end < len(text) else "")
