"""Links from the text of an article to the people it mentions, made when the page is rendered."""

import re
from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from news.models import Mention
from postportal.text.characters import HAN

# Sanitised HTML: tags are well formed, and attributes are quoted.
_TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
_ELEMENT = re.compile(r"<(/?)([a-z][a-z0-9]*)")
# No links within these.
_SKIPPED = frozenset({"a", "code", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
_CHINESE = re.compile(f"[{HAN}]")


def link_people(body: str, mentions: Iterable[Mention]) -> SafeString:
    """Return the text, which must be sanitised, with the first occurrence of each person linked to their page, unless
    the text links there already. The mentions must be loaded by `with_positions`."""
    urls = _urls_by_name(body, mentions)
    if urls:
        # The longest first, so that “Tsering Dolma” is not taken for Tsering.
        names = sorted(urls, key=len, reverse=True)
        body = _link(body, urls, re.compile("|".join(map(_pattern, names))))
    return mark_safe(body)  # noqa: S308 - sanitised on save


def _urls_by_name(body: str, mentions: Iterable[Mention]) -> dict[str, str]:
    urls: dict[str, str] = {}
    for mention in mentions:
        url = mention.subject.get_absolute_url()
        if mention.person and f'href="{url}"' not in body:
            for name in (mention.display_name, mention.other_script_name, mention.label):
                # A single character is found in too many words.
                if len(name) > 1:
                    urls.setdefault(escape(name, quote=False), url)
    return urls


def _pattern(name: str) -> str:
    # Chinese has no spaces between words.
    before = "" if _CHINESE.match(name[0]) else r"(?<![\w&])"
    after = "" if _CHINESE.match(name[-1]) else r"(?!\w)"
    return f"{before}{re.escape(name)}{after}"


def _link(body: str, urls: dict[str, str], pattern: re.Pattern[str]) -> str:
    depth, linked = 0, set[str]()

    def with_link(match: re.Match[str]) -> str:
        url = urls[match[0]]
        if url in linked:
            return match[0]
        linked.add(url)
        return f'<a href="{escape(url)}">{match[0]}</a>'

    parts = _TAG.split(body)
    for place, part in enumerate(parts):
        if place % 2:
            element = _ELEMENT.match(part)
            if element and element[2] in _SKIPPED:
                depth += -1 if element[1] else 1
        elif depth == 0:
            parts[place] = pattern.sub(with_link, part)
    return "".join(parts)
