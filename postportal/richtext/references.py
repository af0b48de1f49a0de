"""References from texts to rows whose words change: links with the URL “hotline:12”, which show the number of today.

The words in the link are what an editor saw when it was made. Readers get them if the row is not public any more. This
package knows no content: the app of the row says what its references show."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from html import escape
from typing import NamedTuple

from django.urls import reverse

from postportal.richtext.safe_links import validate_link

SCHEME = "hotline"
_REFERENCE = re.compile(rf"{SCHEME}:([1-9][0-9]{{0,17}})")
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
    rows to choose from, and `choices_url` names the view that returns them as JSON."""

    find: Callable[[Collection[int], dt.datetime], Mapping[int, Reference]]
    choices: Callable[[dt.datetime], list[Choice]]
    choices_url: str


_sources: list[Source] = []


def register_references(source: Source) -> None:
    _sources[:] = [source]


def reference_to(pk: int | str) -> str:
    """Return the URL with which texts and menus refer to the row."""
    return f"{SCHEME}:{pk}"


def reference_key(url: str) -> int | None:
    """Return the key of the row that the URL refers to, None for other URLs."""
    match = _REFERENCE.fullmatch(url)
    return int(match[1]) if match else None


def validate_link_or_reference(url: str) -> None:
    """Raise ValidationError if the URL is neither safe nor refers to a row."""
    if reference_key(url) is None:
        validate_link(url)


def reference_choices(at: dt.datetime) -> list[Choice]:
    """Return the rows that a text can refer to."""
    return [choice for source in _sources for choice in source.choices(at)]


def reference_choices_url() -> str:
    """Return the URL of the choices, "" if no app has rows to refer to."""
    return next((reverse(source.choices_url) for source in _sources), "")


def fill_references(html: str, *, at: dt.datetime) -> str:
    """Return clean HTML with links to what its references show at the time `at`. Takes no query if it has none."""
    keys = {int(match[2]) for match in _LINK.finditer(html)}
    found: dict[int, Reference] = {}
    for source in _sources if keys else ():
        found |= source.find(keys, at)
    return _LINK.sub(lambda link: _fill(link, found.get(int(link[2]))), html) if keys else html


def without_references(html: str) -> str:
    """Return the text without its references and their words."""
    return _LINK.sub("", html)


def _fill(link: re.Match[str], reference: Reference | None) -> str:
    words = link[4]
    if reference is None:
        return words
    if reference.words and "<img" not in words:
        words = escape(reference.words)
    return f'<a {link[1]}href="{escape(reference.url)}"{link[3]}>{words}</a>'
