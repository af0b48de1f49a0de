"""Pictures of texts as they are now: a text names the files that a picture had when it was inserted, and readers get
those of today, also if the file was replaced or cropped since.

This package knows no pictures: their app says what has become of them."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from html import escape
from typing import NamedTuple

from postportal.web.media_names import name_in_url, stem_of, stems_in

# In clean HTML.
_IMG = re.compile(r'<img (?:[^<>"]|"[^"]*")*>')
_LINK = re.compile(r'(<a (?:[^<>]*)?href=")([^"]*)("[^<>]*>)')
_ATTRIBUTE = re.compile(r' ?\b(src|srcset|width|height)="([^"]*)"')


class CurrentPicture(NamedTuple):
    """Current files of a picture, as texts show them. `names` are those of all that readers may have."""

    stem: str
    src: str
    srcset: str
    width: int
    height: int
    names: frozenset[str]


Find = Callable[[Collection[str]], Mapping[str, CurrentPicture]]
_finders: list[Find] = []


def register_pictures(find: Find) -> None:
    """Register the function that returns pictures by the stems of files that they have or had."""
    _finders.append(find)


def current_stems(stems: Collection[str]) -> set[str]:
    """Return the stems of the current files of the pictures with these stems, and those that no picture has."""
    found = _find(stems)
    return {found[stem].stem if stem in found else stem for stem in stems}


def fill_pictures(texts: Sequence[str]) -> list[str]:
    """Return the clean texts with the current files of their pictures. Takes one query, or none without pictures."""
    stems = {stem for html in texts for stem in stems_in(html)}
    found = _find(stems) if stems else {}
    if not found:
        return list(texts)
    return [_LINK.sub(lambda a: _fill_link(a, found), _IMG.sub(lambda img: _fill(img[0], found), t)) for t in texts]


def _find(stems: Collection[str]) -> dict[str, CurrentPicture]:
    return {stem: picture for find in _finders for stem, picture in find(stems).items()} if stems else {}


def _fill(img: str, found: Mapping[str, CurrentPicture]) -> str:
    urls = dict(_ATTRIBUTE.findall(img))
    shown = {name_in_url(part.split(" ")[0]) for part in urls.get("srcset", "").split(", ")} - {""}
    name = name_in_url(urls.get("src", ""))
    picture = found.get(stem_of(name))
    if picture is None or {name, *shown} <= picture.names:
        return img
    values = {"src": picture.src, "width": picture.width, "height": picture.height}
    values |= {"srcset": picture.srcset} if shown else {}
    return "<img" + "".join(f' {key}="{escape(str(value))}"' for key, value in values.items()) + _rest(img)


def _rest(img: str) -> str:
    return _ATTRIBUTE.sub("", img.removeprefix("<img"))


def _fill_link(link: re.Match[str], found: Mapping[str, CurrentPicture]) -> str:
    """Lead to the current file of a picture that the text links to."""
    name = name_in_url(link[2])
    picture = found.get(stem_of(name)) if name else None
    return link[0] if picture is None or name in picture.names else f"{link[1]}{escape(picture.src)}{link[3]}"
