"""`img` elements of pictures, for each place on the site."""

from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from postportal.images.models import Image


class ImagePlace(NamedTuple):
    preset: str
    sizes: str
    # In lists the title next to the picture says what it shows: screen readers would only repeat it.
    is_decorative: bool = False
    is_first: bool = False


# The sizes follow the grid of the stylesheet.
IMAGE_PLACES = {
    "lead": ImagePlace("wide", "(min-width:76rem) 71rem, 92vw", is_first=True),
    "cover": ImagePlace("wide", "(min-width:60rem) 34rem, 88vw", is_decorative=True, is_first=True),
    "wide": ImagePlace("wide", "(min-width:44rem) 41rem, 92vw"),
    "row": ImagePlace("tile", "(min-width:44rem) 11rem, 75vw", is_decorative=True),
    "tile": ImagePlace("tile", "(min-width:60rem) 22rem, 92vw", is_decorative=True),
    "hit": ImagePlace("tile", "6rem", is_decorative=True),
    "portrait": ImagePlace("portrait", "6rem"),
    "portrait_large": ImagePlace("portrait", "(min-width:60rem) 15rem, 40vw"),
    "mini": ImagePlace("portrait", "4rem", is_decorative=True),
    "mini_stamp": ImagePlace("stamp", "4rem", is_decorative=True),
    "stamp": ImagePlace("stamp", "(min-width:62rem) 20rem, 45vw"),
    "stamp_large": ImagePlace("stamp", "(min-width:62rem) 34rem, 92vw"),
}


def img_tag(image: Image, place_name: str, *, alt: str | None = None, is_first: bool | None = None) -> SafeString:
    """Return the `img` element for the picture at a place.

    `alt` overrides the alternative text of the picture. `is_first` marks a picture that is visible before scrolling."""
    place = IMAGE_PLACES[place_name]
    sources = image.sources(place.preset)
    if alt is None:
        alt = "" if place.is_decorative or image.is_decorative else image.alt
    # Feed readers and browsers without srcset get the middle size.
    fallback = sources[len(sources) // 2]
    srcset = ", ".join(f"{source.url} {source.width}w" for source in sources)
    attributes: list[tuple[str, Any]] = [("src", fallback.url), ("srcset", srcset), ("sizes", place.sizes)]
    attributes += [("width", sources[-1].width), ("height", sources[-1].height), ("alt", alt)]
    if place.is_first if is_first is None else is_first:
        attributes += [("fetchpriority", "high")]
    else:
        attributes += [("loading", "lazy"), ("decoding", "async")]
    return format_html("<img{}>", format_html_join("", ' {}="{}"', attributes))
