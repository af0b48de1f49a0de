"""Passages in another language than the text around them, which word processors mark.

Word marks every run of Latin letters in a Chinese text, and some Chinese ones as English: only a mark that fits the
characters is kept."""

import re

from postportal.richtext.tree import Element
from postportal.text.characters import HAN
from postportal.text.language_tags import clean_language_tag, main_language

_DOCUMENT = re.compile(r"<(?:html|body)\b[^<>]*\slang\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"[^\W\d_]{2}")
_WITH_HAN = {"zh", "yue", "ja", "ko"}


def language_of_document(html: str) -> str:
    """Return the language that a whole document says it has, and "" for a part of one."""
    found = [clean_language_tag(tag) for tag in _DOCUMENT.findall(html)]
    return found[-1] if found else ""


def foreign_language(element: Element, around: str) -> str:
    """Return the language of the element if it differs from that around it, and "" otherwise."""
    tag = clean_language_tag(element.attributes.get("lang", ""))
    if not tag or main_language(tag) == main_language(around):
        return ""
    if not around and tag != element.attributes["lang"]:
        # Of a program, and there is nothing to compare it with.
        return ""
    text = element.text()
    if main_language(tag) in _WITH_HAN:
        return tag if _HAN.search(text) or main_language(tag) in {"ja", "ko"} else ""
    return tag if _WORD.search(text) and not _HAN.search(text) else ""
