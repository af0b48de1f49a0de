"""Links from the text of an article to the people it mentions, made when the page is rendered."""

import re
from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from news.models import Mention
from postportal.richtext.references import PERSON, reference_to
from postportal.text.characters import HAN

# Sanitised HTML: tags are well formed, and attributes are quoted.
_TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
_ELEMENT = re.compile(r"<(/?)([a-z][a-z0-9]*)")
# No links within these.
_SKIPPED = frozenset({"a", "code", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
_CHINESE = re.compile(f"[{HAN}]")
_LETTER = re.compile(rf"[^\W{HAN}]")


def link_people(body: str, mentions: Iterable[Mention]) -> SafeString:
    """Return the text, which must be sanitised, with the first occurrence of each person linked to their page, unless
    the text links there already. The mentions must be loaded by `with_positions`."""
    urls = _urls_by_name(body, mentions)
    if urls:
        body = _link(body, urls)
    return mark_safe(body)  # noqa: S308 - sanitised on save


def _urls_by_name(body: str, mentions: Iterable[Mention]) -> dict[str, str]:
    urls: dict[str, str] = {}
    for mention in mentions:
        url = mention.subject.get_absolute_url()
        reference = reference_to(mention.person_id or 0, scheme=PERSON)
        if mention.person and f'href="{url}"' not in body and f'href="{reference}"' not in body:
            for name in (mention.display_name, mention.other_script_name, mention.label):
                # A single character is found in too many words.
                if len(name) > 1 and (text := escape(name, quote=False)) in body:
                    urls.setdefault(text, url)
    return urls


def _link(body: str, urls: dict[str, str]) -> str:
    # The longest first, so that “Tsering Dolma” is not taken for Tsering. What is around a name is looked at later: a
    # pattern that begins with the names skips every place where none begins.
    names = sorted(urls, key=len, reverse=True)
    finder = re.compile("|".join(map(re.escape, names)))
    depth, linked = 0, set[str]()
    parts = _TAG.split(body)
    for place, part in enumerate(parts):
        if place % 2:
            element = _ELEMENT.match(part)
            if element and element[2] in _SKIPPED:
                depth += -1 if element[1] else 1
        elif depth == 0:
            parts[place] = _link_part(part, names, urls, finder=finder, linked=linked)
    return "".join(parts)


def _link_part(text: str, names: list[str], urls: dict[str, str], *, finder: re.Pattern[str], linked: set[str]) -> str:
    pieces, copied, place = [], 0, 0
    while match := finder.search(text, place):
        start = match.start()
        name = next((each for each in names if text.startswith(each, start) and _is_whole(text, start, each)), "")
        place = start + (len(name) or 1)
        if name and urls[name] not in linked:
            linked.add(urls[name])
            pieces += [text[copied:start], f'<a href="{escape(urls[name])}">{name}</a>']
            copied = place
    return "".join([*pieces, text[copied:]])


def _is_whole(text: str, start: int, name: str) -> bool:
    """Return True if the name at this place is no part of a longer word or of an entity. Chinese has no spaces between
    words, nor between a word and a Latin name."""
    before, after = text[max(start - 1, 0) : start], text[start + len(name) : start + len(name) + 1]
    begins = _CHINESE.match(name[0]) or not (before == "&" or _LETTER.match(before))
    return bool(begins and (_CHINESE.match(name[-1]) or not _LETTER.match(after)))
