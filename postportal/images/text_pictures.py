"""Pictures in texts: which files they have now, and what becomes of the URLs of earlier ones."""

import re
from collections.abc import Collection, Mapping

from django.db.models import Q

from postportal.images.models import Image, ImageFile
from postportal.richtext.current_pictures import CurrentPicture, register_pictures
from postportal.web.media_names import EXTENSIONS, stem_of

# What comes after the stem of a rendition: the ratio of a crop, and the width.
_RENDITION = re.compile(r"(?:-(?P<ratio>\d+x\d+))?-(?P<width>\d{2,5})(?:-[0-9a-z-]*)?\.[a-z]+")
_PRESETS = {"3x2": "tile", "4x5": "portrait", "1200x630": "og"}


def find_pictures(stems: Collection[str]) -> dict[str, CurrentPicture]:
    """Return what texts show of the pictures that have or had files with these stems. One query, or two if a file was
    replaced."""
    names = [f"{stem}.{extension}" for stem in stems for extension in EXTENSIONS]
    found = {image.stem: _current(image) for image in Image.objects.filter(file__in=names).order_by()}
    if missing := set(stems) - found.keys():
        found |= _replaced(missing)
    return found


def current_url(name: str) -> str:
    """Return the URL of the file that a picture has in place of this one, which is of an earlier file or of a crop that
    has been changed; "" if there is none."""
    stem = stem_of(name)
    is_current = Q(file__in=[f"{stem}.{extension}" for extension in EXTENSIONS])
    image = Image.objects.filter(Q(pk__in=ImageFile.objects.filter(stem=stem).values("image")) | is_current).first()
    if image is None or name in _names(image):
        return ""
    match = _RENDITION.fullmatch(name.removeprefix(stem))
    if match is None:
        return image.sources("wide")[-1].url
    sources = image.sources(_PRESETS.get(match["ratio"] or "", "wide"))
    return next((source.url for source in sources if source.width >= int(match["width"])), sources[-1].url)


def _replaced(stems: Collection[str]) -> Mapping[str, CurrentPicture]:
    keys = dict(ImageFile.objects.filter(stem__in=stems).order_by().values_list("stem", "image_id"))
    images = Image.objects.in_bulk(set(keys.values())) if keys else {}
    return {stem: _current(images[key]) for stem, key in keys.items() if key in images}


def _current(image: Image) -> CurrentPicture:
    sources = image.sources("wide")
    srcset = ", ".join(f"{source.url} {source.width}w" for source in sources)
    last = sources[-1]
    return CurrentPicture(image.stem, last.url, srcset, last.width, last.height, _names(image))


def _names(image: Image) -> frozenset[str]:
    """Return the names of the files that readers may have. What was cropped away is not shown by another URL."""
    names = image.current_file_names()
    return frozenset(names - {image.file.name} if image.is_cropped and image.renditions else names)


register_pictures(find_pictures)
