"""Titles for pages without one: their first words."""

import re

from postportal.legacy.parsing.page import LegacyPage
from postportal.richtext.plain_text import plain_text

_MAX_TITLE_LENGTH = 120
_SENTENCE = re.compile(r".+?(?:[.!?](?=\s|\Z)|[。！？])")


def title_or_first_words(page: LegacyPage, *, findings: list[str]) -> str:
    """Return the title, or else the first heading or sentence of the text, or "" if there is no text either."""
    if page.title:
        return page.title
    first_line = next(iter(plain_text(page.body).split("\n")), "")
    sentence = _SENTENCE.match(first_line)
    words = (sentence[0] if sentence else first_line).rstrip(".。")
    if len(words) > _MAX_TITLE_LENGTH:
        words = f"{words[:_MAX_TITLE_LENGTH].rsplit(' ', 1)[0]}…"
    if words:
        findings.append(f"first words used as the title: “{words}”")
    return words
