"""Checks of title, standfirst and texts: pictures, headings, tables, lengths and sentences.

The reading grade is that of Flesch and Kincaid, and is computed for English only: it counts syllables.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from postportal.publishing.checks import Fault
from postportal.richtext.handlers import rich_text_fields
from postportal.richtext.plain_text import plain_text
from postportal.richtext.tree import Element, parse_html

# What search engines and phones show of a title, and what lists show of a standfirst.
MAX_TITLE, MAX_STANDFIRST = 90, 250
MAX_SENTENCE_WORDS = 40
# Fewer words give no grade that means anything.
MIN_GRADED_WORDS = 100
MAX_GRADE = 14
_SENTENCE_END = re.compile(r"(?<=[.!?])[”’\")]*\s+|\n+")
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_SYLLABLE = re.compile(r"[aeiouy]+")


def picture_faults(item: Any, user: Any) -> Iterator[Fault]:
    """Find pictures without alternative text: the lead picture, and those in the texts."""
    picture = getattr(item, "lead_image", None)
    if picture is not None and not picture.alt:
        title = _("The picture has no alternative text")
        yield Fault(title, _("Describe it for people who cannot see it, in its own form."), "lead_image")
    for name, node in _nodes(item):
        for image in node.find("img"):
            if not image.attributes.get("alt", "").strip():
                file_name = image.attributes.get("src", "").rpartition("/")[2]
                yield Fault(_("A picture in the text has no alternative text"), file_name, name, file_name)


def heading_faults(item: Any, user: Any) -> Iterator[Fault]:
    """Find headings that are empty or skip a level."""
    level, field = 1, ""
    for name, node in _nodes(item):
        if name != field:
            level, field = 1, name
        if node.tag not in {"h2", "h3", "h4"}:
            continue
        words = node.text().strip()
        if not words:
            yield Fault(_("A heading is empty"), _("Write it or remove it."), name)
        if int(node.tag[1]) > level + 1:
            yield Fault(_("A heading skips a level"), f"“{words}”", name, words)
        level = int(node.tag[1])


def table_faults(item: Any, user: Any) -> Iterator[Fault]:
    """Find tables without a header row or column."""
    for name, node in _nodes(item):
        for table in node.find("table"):
            if not table.find("th"):
                words = Truncator(table.find("td")[0].text() if table.find("td") else "").chars(40)
                yield Fault(_("A table has no header row"), f"“{words}”" if words else "", name, words)


def length_faults(item: Any, user: Any) -> Iterator[Fault]:
    """Find a title and a standfirst that are longer than what is shown of them."""
    for name, limit in (("title", MAX_TITLE), ("standfirst", MAX_STANDFIRST)):
        text = getattr(item, name, "")
        if len(text) > limit:
            label = capfirst(str(item._meta.get_field(name).verbose_name))
            detail = _("%(count)s characters. Lists and search results show about %(limit)s.")
            title = _("%(field)s is long") % {"field": label}
            yield Fault(title, detail % {"count": len(text), "limit": limit}, name)


def sentence_faults(item: Any, user: Any) -> Iterator[Fault]:
    """Find very long sentences, and texts that are hard to read. Only in English."""
    if getattr(item, "language", "en") != "en":
        return
    for name in rich_text_fields(type(item)):
        text = plain_text(getattr(item, name))
        sentences = [words for part in _SENTENCE_END.split(text) if (words := _WORD.findall(part))]
        for words in sentences:
            if len(words) > MAX_SENTENCE_WORDS:
                start = " ".join(words[:4])
                detail = _("%(count)s words, starting “%(start)s”") % {"count": len(words), "start": start}
                yield Fault(_("A sentence is very long"), detail, name, start)
        grade = reading_grade(sentences)
        if grade > MAX_GRADE:
            detail = _("About %(years)s years of school are needed. Shorter sentences and words help.")
            yield Fault(_("The text is hard to read"), detail % {"years": grade}, name)


def reading_grade(sentences: list[list[str]]) -> int:
    """Return the years of school that readers need for the sentences, 0 for fewer words than can be graded."""
    words = [word for sentence in sentences for word in sentence]
    if len(words) < MIN_GRADED_WORDS:
        return 0
    syllables = sum(max(1, len(_SYLLABLE.findall(word.lower().removesuffix("e")))) for word in words)
    return round(0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59)


def _nodes(item: Any) -> Iterator[tuple[str, Element]]:
    """Return the elements at the top level of each text, with the name of its field."""
    for name in rich_text_fields(type(item)):
        for node in parse_html(getattr(item, name)):
            if isinstance(node, Element):
                yield name, node
