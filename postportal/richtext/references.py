"""References from texts to rows that change: links with the URL “hotline:12”, which show the number of today,
“document:12”, which show title, type and size of a document, and “article:12” and the like, which lead to the current
URL of an item. A snippet (“snippet:12”) is filled in as a block before that.

The words in the link are what an editor saw when it was made. Readers get them if the row is not public any more. This
package knows no content: the app of the row says what its references show."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from html import escape
from typing import NamedTuple

from django.db.models import Model
from django.urls import reverse

from postportal.richtext.current_pictures import fill_pictures
from postportal.richtext.external_videos import mark_videos
from postportal.richtext.gallery_links import link_pictures
from postportal.richtext.safe_links import validate_link
from postportal.richtext.snippets import SNIPPET, fill_snippets

HOTLINE, DOCUMENT = "hotline", "document"
# Of items with a page of their own.
ARTICLE, PAGE, PERSON, ORGANIZATION, STAMP_ISSUE = ITEMS = ("article", "page", "person", "organization", "stampissue")
SCHEMES = (HOTLINE, DOCUMENT, SNIPPET, *ITEMS)
_REFERENCE = re.compile(rf"({'|'.join(SCHEMES)}):([1-9][0-9]{{0,17}})")
# In clean HTML, where no attribute of a link contains a bracket.
_LINK = re.compile(rf'<a ([^<>]*)href="{_REFERENCE.pattern}"([^<>]*)>(.*?)</a>', re.DOTALL)

# A paragraph that is nothing but a reference.
_ALONE = re.compile(rf'<p(?: [^<>]*)?><a (?:[^<>]*)href="{_REFERENCE.pattern}"[^<>]*>[^<]*</a></p>')


class Reference(NamedTuple):
    """URL and words of a reference for readers. Without `words`, those in the text stay. `block` replaces a paragraph
    that is nothing but the reference, such as a player of a recording. It is clean HTML."""

    url: str
    words: str = ""
    block: str = ""


class Choice(NamedTuple):
    """A row that an editor can choose, and the words of a reference to it now."""

    url: str
    label: str
    words: str


class Source(NamedTuple):
    """Functions of the app of the rows: `find` returns what references to these rows of the model show at a time,
    `choices` the rows to choose from, and `choices_url` names the view that returns them as JSON. `path_of` returns the
    path that a reference leads to, if that is always the same."""

    model: type[Model]
    find: Callable[[Collection[int], dt.datetime], Mapping[int, Reference]]
    choices: Callable[[dt.datetime], list[Choice]] = lambda at: []
    choices_url: str = ""
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


def is_item_reference(url: str) -> bool:
    """Return True if the URL refers to an item with a page, which readers may be unable to open."""
    match = _REFERENCE.fullmatch(url)
    return match is not None and match[1] in ITEMS


def split_reference(url: str) -> tuple[str, int] | None:
    """Return scheme and key of a reference, None for other URLs."""
    match = _REFERENCE.fullmatch(url)
    return (match[1], int(match[2])) if match else None


def scheme_of(model: type[Model]) -> str:
    """Return the scheme of references to rows of the model, "" if there are none."""
    return next((scheme for scheme, source in _sources.items() if source.model is model), "")


def kind_of_reference(scheme: str) -> str:
    """Return what the rows are called that references with this scheme lead to."""
    source = _sources.get(scheme)
    return str(source.model._meta.verbose_name) if source else scheme


def has_references(html: str) -> bool:
    """Return True if the text may have references, without reading it in full."""
    return any(f'"{scheme}:' in html for scheme in SCHEMES)


def path_of_reference(url: str) -> str:
    """Return the path on this site that a reference always leads to, or ""."""
    match = _REFERENCE.fullmatch(url)
    source = _sources.get(match[1]) if match else None
    return source.path_of(int(match[2])) if match and source else ""


def validate_link_or_reference(url: str) -> None:
    """Raise ValidationError if the URL is neither safe nor refers to a hotline, a document or an item, as menus may."""
    key = split_reference(url)
    if key is None or key[0] == SNIPPET:
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
    return fill_texts([html], at=at)[0]


def fill_texts(texts: Sequence[str], *, at: dt.datetime) -> list[str]:
    """Return several texts as `fill_references` does, with the queries of one."""
    # Snippets first: they may refer to rows, too.
    texts = [link_pictures(html) for html in fill_pictures(fill_snippets(texts))]
    found = find_references({(link[2], int(link[3])) for html in texts for link in _LINK.finditer(html)}, at=at)
    texts = [_ALONE.sub(lambda alone: _block_of(alone, found), html) for html in texts]
    texts = [_LINK.sub(lambda link: _fill(link, found.get((link[2], int(link[3])))), html) for html in texts]
    return [mark_videos(html) for html in texts]


def _block_of(alone: re.Match[str], found: Mapping[tuple[str, int], Reference]) -> str:
    reference = found.get((alone[1], int(alone[2])))
    return reference.block if reference and reference.block else alone[0]


def find_references(keys: Collection[tuple[str, int]], *, at: dt.datetime) -> dict[tuple[str, int], Reference]:
    """Return what these references, as scheme and key, show at the time `at`: nothing for rows that are not public."""
    found: dict[tuple[str, int], Reference] = {}
    for scheme, source in _sources.items():
        if wanted := {pk for of_scheme, pk in keys if of_scheme == scheme}:
            found |= {(scheme, pk): reference for pk, reference in source.find(wanted, at).items()}
    return found


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
