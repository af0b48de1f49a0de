"""References from texts to rows whose words change: links with the URL “hotline:12”, which show the number of today,
and “document:12”, which show title, type and size of a document.

The words in the link are what an editor saw when it was made. Readers get them if the row is not public any more. This
package knows no content: the app of the row says what its references show."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from html import escape
from typing import NamedTuple

from django.urls import reverse

from postportal.richtext.safe_links import validate_link

HOTLINE, DOCUMENT = SCHEMES = ("hotline", "document")
_REFERENCE = re.compile(rf"({'|'.join(SCHEMES)}):([1-9][0-9]{{0,17}})")
# In clean HTML, where no attribute of a link contains a bracket.
_LINK = re.compile(rf'<a ([^<>]*)href="{_REFERENCE.pattern}"([^<>]*)>(.*?)</a>', re.DOTALL)


class Reference(NamedTuple):
    """URL and words of a reference for readers. Without `words`, those in the text stay."""

    url: str
    words: str = ""


class Choice(NamedTuple):
    """A row that an editor can choose, and the words of a reference to it now."""

    url: str
    label: str
    words: str


class Source(NamedTuple):
    """Functions of the app of the rows: `find` returns what references to these rows show at a time, `choices` the
    rows to choose from, and `choices_url` names the view that returns them as JSON. `path_of` returns the path that a
    reference leads to, if that is always the same."""

    find: Callable[[Collection[int], dt.datetime], Mapping[int, Reference]]
    choices: Callable[[dt.datetime], list[Choice]]
    choices_url: str
    path_of: Callable[[int], str] = lambda pk: ""


_sources: dict[str, Source] = {}


def register_references(source: Source, *, scheme: str = HOTLINE) -> None:
    _sources[scheme] = source


def reference_to(pk: int | str, *, scheme: str = HOTLINE) -> str:
    """Return the URL with which texts and menus refer to the row."""
    return f"{scheme}:{pk}"


def reference_key(url: str, *, scheme: str = HOTLINE) -> int | None:
    """Return the key of the row that the URL refers to, None for other URLs."""
    match = _REFERENCE.fullmatch(url)
    return int(match[2]) if match and match[1] == scheme else None


def is_reference(url: str) -> bool:
    """Return True if the URL refers to a row of any kind."""
    return _REFERENCE.fullmatch(url) is not None


def has_references(html: str) -> bool:
    """Return True if the text may have references, without reading it in full."""
    return any(f'"{scheme}:' in html for scheme in SCHEMES)


def path_of_reference(url: str) -> str:
    """Return the path on this site that a reference always leads to, or ""."""
    match = _REFERENCE.fullmatch(url)
    source = _sources.get(match[1]) if match else None
    return source.path_of(int(match[2])) if match and source else ""


def validate_link_or_reference(url: str) -> None:
    """Raise ValidationError if the URL is neither safe nor refers to a hotline, as menus may."""
    if reference_key(url) is None:
        validate_link(url)


def reference_choices(at: dt.datetime) -> list[Choice]:
    """Return the hotlines that a menu can refer to."""
    source = _sources.get(HOTLINE)
    return source.choices(at) if source else []


def reference_choices_url(*, scheme: str = HOTLINE) -> str:
    """Return the URL of the choices, "" if no app has rows to refer to."""
    source = _sources.get(scheme)
    return reverse(source.choices_url) if source else ""


def fill_references(html: str, *, at: dt.datetime) -> str:
    """Return clean HTML with links to what its references show at the time `at`. Takes no query if it has none."""
    keys: dict[str, set[int]] = {}
    for match in _LINK.finditer(html):
        keys.setdefault(match[2], set()).add(int(match[3]))
    found: dict[tuple[str, int], Reference] = {}
    for scheme, source in _sources.items():
        if scheme in keys:
            found |= {(scheme, pk): reference for pk, reference in source.find(keys[scheme], at).items()}
    return _LINK.sub(lambda link: _fill(link, found.get((link[2], int(link[3])))), html) if keys else html


def without_references(html: str) -> str:
    """Return the text without its references and their words."""
    return _LINK.sub("", html)


def unlink_references(html: str, *, scheme: str) -> str:
    """Return the text with the words of its references of a kind, and without their links."""
    return _LINK.sub(lambda link: link[5] if link[2] == scheme else link[0], html)


def _fill(link: re.Match[str], reference: Reference | None) -> str:
    words = link[5]
    if reference is None:
        return words
    if reference.words and "<img" not in words:
        words = escape(reference.words)
    return f'<a {link[1]}href="{escape(reference.url)}"{link[4]}>{words}</a>'
